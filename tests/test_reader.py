"""A reader walks through the built guide in a real browser. The fixture `reader` fails on any error in the browser."""

import re
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOTS
from playwright.sync_api import expect

LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
QUERIES = {"kk": "үйлестіруші", "ru": "координатор", "en": "coordinator"}
PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("language", ROOTS)
def test_walk_from_home_to_a_section_and_into_another_language(reader, serve, real_site, language):
    url = serve(real_site)
    page = reader(url, ROOTS[language], locale=LOCALES[language])
    page.locator(".guide-paths a").nth(2).click()
    expect(page).to_have_url(re.compile(rf"/{ROOTS[language]}start/paths/#ngo-coordinator$"))
    page.locator("#ngo-coordinator").scroll_into_view_if_needed()
    page.goto(f"{url}{ROOTS[language]}context/law/#minors")
    other = "en" if language != "en" else "kk"
    page.locator(f".guide-languages a[hreflang={other}]").click()
    expect(page).to_have_url(f"{url}{ROOTS[other]}context/law/#minors")
    assert page.evaluate("document.documentElement.lang") == other
    expect(page.locator("#minors")).to_be_in_viewport()


def test_switcher_leads_to_the_section_that_is_being_read(reader, serve, real_site):
    url = serve(real_site)
    page = reader(url, "ru/context/law/", locale="ru-RU")
    page.evaluate("document.getElementById('contract').scrollIntoView()")
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(200)
    page.locator(".guide-languages a[hreflang=kk]").click()
    expect(page).to_have_url(f"{url}context/law/#contract")


def test_switcher_follows_the_section_that_the_reader_goes_to(reader, serve, tiny_site):
    url = serve(tiny_site)
    page = reader(url, "part/leaf/#one")
    page.evaluate("location.hash = 'two'")
    page.locator(".guide-languages a[hreflang=ru]").click()
    expect(page).to_have_url(f"{url}ru/part/leaf/#two")


@pytest.mark.parametrize("language", ROOTS)
def test_search_finds_pages_of_the_readers_language_only(reader, serve, real_site, language):
    url = serve(real_site)
    page = reader(url, f"{ROOTS[language]}start/", locale=LOCALES[language])
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "search_index" in request.url else None)
    page.reload(wait_until="networkidle")
    page.locator("[data-md-component=search-query]").fill(QUERIES[language])
    first = page.locator(f".md-search-result__link[href*='{quote(QUERIES[language])}']").first
    expect(first).to_be_visible()
    links = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")
    assert len(links) >= 3
    for link in links:
        assert link.startswith(url + ROOTS[language])
        assert language != "kk" or not re.match(re.escape(url) + "(ru|en)/", link)
    assert set(asked) == {f"{url}{ROOTS[language]}search/search_index.json"}
    first.click()
    expect(page.locator("article mark").first).to_be_visible()


@pytest.mark.parametrize(
    ("path", "language", "heading"),
    [
        ("nothing/here/", "kk", "Мұндай бет жоқ"),
        ("ru/nothing/here/", "ru", "Такой страницы нет"),
        ("en/nothing", "en", "There is no such page"),
        ("enormous/", "kk", "Мұндай бет жоқ"),
    ],
)
@pytest.mark.parametrize("which", ["real_site", "tiny_site"])
def test_404_speaks_the_language_of_the_address(reader, serve, request, which, path, language, heading):
    url = serve(request.getfixturevalue(which))
    page = reader(url, path, expect_404=True)
    expect(page.locator("h1:visible")).to_have_text(heading)
    assert page.evaluate("document.documentElement.lang") == language
    page.locator("main a:visible").first.click()
    expect(page).to_have_url(url + ROOTS[language])


@pytest.mark.parametrize(("locale", "offered"), [("ru-RU", "ru"), ("en-US", "en"), ("kk-KZ", None), ("de-DE", None)])
def test_a_first_time_visitor_is_offered_the_language_of_the_browser(reader, serve, real_site, locale, offered):
    page = reader(serve(real_site), "context/", locale=locale)
    visible = page.locator(".guide-offer:visible").evaluate_all("offers => offers.map(offer => offer.lang)")
    assert visible == ([offered] if offered else [])


def test_the_offer_leads_to_the_same_section_and_is_not_made_again(reader, serve, real_site):
    url = serve(real_site)
    page = reader(url, "context/law/#expenses", locale="ru-RU")
    page.locator(".guide-offer:visible a").click()
    expect(page).to_have_url(f"{url}ru/context/law/#expenses")
    page.goto(f"{url}context/")
    expect(page.locator(".guide-offer:visible")).to_have_count(0)


def test_a_declined_offer_stays_declined(reader, serve, real_site):
    url = serve(real_site)
    page = reader(url, locale="en-GB")
    page.locator(".guide-offer:visible button").click()
    page.goto(f"{url}context/")
    expect(page.locator(".guide-offer:visible")).to_have_count(0)


def test_ticks_stay_on_the_device_and_are_the_same_in_every_language(reader, serve, real_site):
    url = serve(real_site)
    page = reader(url, "start/first-action/#day-checklist")
    boxes = page.locator(".task-list-item label [type=checkbox]")
    boxes.nth(1).press("Space")
    page.goto(f"{url}en/start/first-action/")
    expect(boxes.nth(1)).to_be_checked()
    expect(boxes.nth(0)).not_to_be_checked()


@pytest.mark.parametrize("width", [1000, 1221, 1400])
def test_no_definition_leaves_the_screen(reader, serve, real_site, width):
    page = reader(
        serve(real_site), "en/context/national-network/", locale="en-GB", viewport={"width": width, "height": 900}
    )
    for term in page.locator(".guide-term").all():
        term.focus()
        box = term.locator(".guide-note").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_pointer_reaches_the_definition(reader, serve, real_site):
    page = reader(serve(real_site), "en/context/law/", locale="en-GB", viewport={"width": 1400, "height": 900})
    term = page.locator(".guide-term").first
    term.hover()
    note = term.locator(".guide-note").bounding_box()
    for step in range(12):
        page.mouse.move(note["x"] + 8, note["y"] - 6 + step)
        expect(term.locator(".guide-note")).to_be_visible()


def test_dark_pages_print_dark_on_light(reader, serve, real_site):
    page = reader(serve(real_site), "en/context/law/", locale="en-GB", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--guide-ink').trim()") == "#17292e"


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}])
def test_a_term_shows_its_definition_on_focus_and_escape_hides_it(reader, serve, real_site, viewport):
    page = reader(serve(real_site), "ru/context/law/", locale="ru-RU", viewport=viewport)
    term = page.locator(".guide-term").first
    note = term.locator(".guide-note")
    expect(note).to_be_hidden()
    term.focus()
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= viewport["width"]
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


@pytest.mark.parametrize("path", ["", "context/who-does-what/", "ru/start/first-action/", "en/reference/sources/"])
def test_nothing_is_wider_than_a_phone(reader, serve, real_site, path):
    page = reader(serve(real_site), path, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_phone_menu_leads_to_a_page(reader, serve, real_site):
    url = serve(real_site)
    page = reader(url, "en/", viewport=PHONE, locale="en-GB")
    page.locator("label.md-header__button[for=__drawer]").click()
    page.locator(".md-nav__link:visible", has_text="Volunteering in Kazakhstan").first.click()
    page.locator(".md-nav__link:visible", has_text="The law in plain words").first.click()
    expect(page).to_have_url(f"{url}en/context/law/")


def test_dark_mode_follows_the_device_and_the_switch(reader, serve, real_site):
    page = reader(serve(real_site), "en/context/law/", color_scheme="dark", locale="en-GB")
    paper = "getComputedStyle(document.body).getPropertyValue('--guide-paper').trim()"
    assert page.evaluate(paper) == "#10191c"
    page.get_by_title("Use the colours of your device").or_(page.get_by_title("Switch to light colours")).first.click()
    page.reload(wait_until="networkidle")
    assert page.evaluate(paper) == "#ffffff"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "start/first-action/", "context/who-does-what/", "reference/glossary/"])
def test_accessibility_wcag_aa(reader, serve, real_site, path, scheme):
    page = reader(serve(real_site), path, color_scheme=scheme)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_the_page_can_be_read_without_scripts(reader, serve, real_site):
    page = reader(serve(real_site), "context/law/", java_script_enabled=False)
    expect(page.locator("#minors")).to_be_visible()
    expect(page.locator(".guide-languages a[hreflang=ru]")).to_be_visible()
