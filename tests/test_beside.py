"""Two languages side by side: a reader sets another language beside a page, in a real browser and on paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOTS
from playwright.sync_api import expect

PAIRS = [("kk", "ru"), ("kk", "en"), ("ru", "en")]
PHONE = {"width": 360, "height": 740}
CONTRACT = "toolkit/volunteer-agreement/"
ARTICLE = """document.querySelector("article").outerHTML.replace(/<span role="status".*?<\\/span>/, "")"""
# For each heading: its id, how far its top is from that of its counterpart, the gap between them, the other language.
HEADINGS = """() => [...document.querySelectorAll("article > :is(h1, h2, h3, h4)")].map(mine => {
  const theirs = document.getElementById("beside:" + mine.id)
  const [a, b] = [mine, theirs].map(each => each.getBoundingClientRect())
  return [mine.id, Math.abs(a.top - b.top), b.left - a.right, theirs.closest("[lang]").lang]
})"""
REPEATED_IDS = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(element => element.id)
  return ids.filter((id, place) => ids.indexOf(id) !== place)
}"""
LEVEL = """selector => {
  const found = root => [...document.querySelectorAll(`${root} > ${selector}`)]
  const tops = root => found(root).map(each => each.getBoundingClientRect().top)
  return [tops(".guide-two"), tops(".guide-other")]
}"""


def both(page):
    """Wait until the page stands in two languages."""
    expect(page.locator("article.guide-two .guide-other h1")).to_be_visible()


@pytest.mark.parametrize(("own", "other"), PAIRS)
def test_every_section_stands_level_in_the_two_languages(reader, serve, real_site, own, other):
    page = reader(serve(real_site), ROOTS[own] + CONTRACT)
    page.locator(f".guide-beside button[value={other}]").click()
    both(page)
    headings = page.evaluate(HEADINGS)
    assert len(headings) > 15
    for anchor, apart, gap, lang in headings:
        assert apart < 1 and gap > 0 and lang == other, anchor
    order = page.locator(".guide-other :is(h1, h2, h3, h4)").evaluate_all("all => all.map(each => each.id)")
    assert order == [f"beside:{anchor}" for anchor, *_ in headings]
    for blocks in ("ol.guide-document > li", "p.guide-document", "table tr"):
        mine, theirs = page.evaluate(LEVEL, blocks)
        assert mine and all(abs(a - b) < 1 for a, b in zip(mine, theirs, strict=True)), blocks
    assert not page.evaluate(REPEATED_IDS)
    assert page.evaluate("new URL(location.href).searchParams.get('beside')") == other


def test_terms_stand_beside_their_translation_whatever_the_alphabet(reader, serve, real_site):
    page = reader(serve(real_site), "reference/glossary/?beside=en", viewport={"width": 1000, "height": 900})
    both(page)
    headings = page.evaluate(HEADINGS)
    assert len(headings) > 100 and all(apart < 1 for _, apart, _, _ in headings)


def test_links_footnotes_and_definitions_of_the_second_language_work(reader, serve, real_site):
    url = serve(real_site)
    page = reader(url, f"{CONTRACT}?beside=ru")
    both(page)
    hrefs = page.locator(".guide-other a").evaluate_all("all => all.map(each => each.href)")
    ids = set(page.locator("[id]").evaluate_all("all => all.map(each => each.id)"))
    here = [href.partition("#")[2] for href in hrefs if href.startswith(f"{url}{CONTRACT}")]
    assert len(here) > 10 and set(here) <= ids
    there = {href.partition("#")[0] for href in hrefs if href.startswith(url) and f"/{CONTRACT}" not in href}
    assert len(there) > 5
    for href in there:
        path = href.removeprefix(url)
        assert path.startswith(("ru/", "downloads/")), href
        assert (real_site.folder / path / ("index.html" if path.endswith("/") else "")).is_file(), href
    page.locator(".guide-other .footnote-ref").first.click()
    expect(page.locator(".guide-other .footnote li").first).to_be_in_viewport()
    term = page.locator(".guide-other .guide-term").first
    term.focus()
    expect(term.locator(".guide-note")).to_be_visible()


def test_the_drawing_of_each_language_has_its_own_arrowheads_and_name(reader, serve, real_site):
    page = reader(serve(real_site), "context/who-does-what/?beside=en")
    both(page)
    svg = page.locator(".guide-other svg")
    assert svg.get_attribute("aria-labelledby").startswith("beside:")
    assert "url(#beside:" in svg.locator("path[marker-end]").first.get_attribute("marker-end")
    assert not page.evaluate(REPEATED_IDS)


def test_the_choice_is_remembered_changed_and_taken_back_without_a_trace(reader, serve, real_site):
    url = serve(real_site)
    page = reader(url, "practices/roles/")
    before = page.evaluate(ARTICLE)
    ru, en = page.locator(".guide-beside button[value=ru]"), page.locator(".guide-beside button[value=en]")
    ru.focus()
    page.keyboard.press("Enter")
    both(page)
    expect(page.locator(".guide-beside [role=status]")).to_have_text("Мәтіннің орыс тіліндегі нұсқасы қатар тұр.")
    page.goto(f"{url}practices/recruitment/")
    both(page)
    expect(ru).to_have_attribute("aria-pressed", "true")
    page.goto(f"{url}ru/practices/roles/")
    expect(page.locator(".guide-other").first).to_have_attribute("lang", "kk")
    page.goto(f"{url}practices/roles/")
    both(page)
    en.click()
    expect(page.locator(".guide-other").first).to_have_attribute("lang", "en")
    expect(ru).to_have_attribute("aria-pressed", "false")
    en.click()
    expect(page.locator(".guide-other")).to_have_count(0)
    assert page.evaluate(ARTICLE) == before
    expect(page).to_have_url(f"{url}practices/roles/")
    page.reload(wait_until="networkidle")
    expect(page.locator(".guide-other")).to_have_count(0)


def test_the_section_that_is_being_read_stays_in_view(reader, serve, real_site):
    url = serve(real_site)
    page = reader(url, "context/law/?beside=ru#contract")
    both(page)
    expect(page.locator("#contract")).to_be_in_viewport()
    page.locator(".guide-beside button[value=ru]").evaluate("button => button.click()")
    expect(page.locator(".guide-other")).to_have_count(0)
    expect(page.locator("#contract")).to_be_in_viewport()
    page.locator(".guide-beside button[value=ru]").evaluate("button => button.click()")
    both(page)
    page.locator(".guide-languages a[hreflang=en]").click()
    expect(page).to_have_url(re.compile(r"/en/context/law/(\?beside=ru)?#contract$"))


def test_a_box_is_ticked_in_both_languages(reader, serve, real_site):
    page = reader(serve(real_site), "start/first-action/?beside=en#day-checklist")
    both(page)
    mine = page.locator("article > ul .task-list-item [type=checkbox], article > .task-list [type=checkbox]")
    theirs = page.locator(".guide-other .task-list-item [type=checkbox]")
    assert mine.count() == theirs.count() > 3
    theirs.nth(1).press("Space")
    expect(mine.nth(1)).to_be_checked()
    mine.nth(2).press("Space")
    expect(theirs.nth(2)).to_be_checked()
    page.reload(wait_until="networkidle")
    both(page)
    assert [theirs.nth(n).is_checked() for n in range(4)] == [mine.nth(n).is_checked() for n in range(4)]
    expect(theirs.nth(1)).to_be_checked()


def test_on_a_phone_each_section_is_followed_by_the_other_language(reader, serve, real_site):
    page = reader(serve(real_site), "context/law/?beside=ru", viewport=PHONE)
    both(page)
    places = page.locator("article > h2, .guide-other > h2").evaluate_all(
        "all => all.map(each => [each.id.replace('beside:', ''), getComputedStyle(each, '::before').content])"
    )
    assert len(places) > 20
    for (mine, name), (theirs, other_name) in zip(places[::2], places[1::2], strict=True):
        assert mine == theirs and '"Қазақша"' in name and '"Русский"' in other_name
    tops = page.locator("article > h2, .guide-other > h2").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().top)"
    )
    assert tops == sorted(tops)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_paper_there_are_two_columns_and_nothing_to_press(reader, serve, real_site):
    page = reader(serve(real_site), f"{CONTRACT}?beside=ru", viewport=PHONE)
    both(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 between its margins
    expect(page.locator(".guide-beside")).to_be_hidden()
    for anchor, apart, gap, _ in page.evaluate(HEADINGS):
        assert apart < 1 and gap > 0, anchor
    mine, theirs = page.evaluate(LEVEL, "ol.guide-document > li")
    assert mine and all(abs(a - b) < 1 for a, b in zip(mine, theirs, strict=True))
    assert page.evaluate("document.documentElement.scrollWidth") <= 680


def test_an_address_may_ask_for_a_language_of_the_guide_and_nothing_else(reader, serve, tiny_site):
    url = serve(tiny_site)
    page = reader(url, "part/leaf/")
    requests = []
    page.on("request", lambda request: requests.append(request.resource_type))
    for asked in ("<script>alert(1)</script>", "kk", "de", "//example.org/", "constructor"):
        page.goto(f"{url}part/leaf/?beside={asked}", wait_until="load")
        assert page.locator(".guide-other").count() == 0
    assert "document" in requests and "fetch" not in requests
    page.goto(f"{url}part/leaf/?beside=en", wait_until="load")
    both(page)
    assert "fetch" in requests


def test_what_could_act_by_itself_does_not_come_over(reader, serve, tiny_site):
    url = serve(tiny_site)
    page = reader(url, "part/leaf/")
    hostile = (
        '<html lang="ru"><article class="md-content__inner"><h1 id="leaf">Лист</h1><script>window.hit = 1</script>'
        '<p onclick="hit = 2">Да <a href="javascript:hit=3">нет</a><img src="x" onerror="window.hit = 4"></p>'
        '<iframe srcdoc="<script>parent.hit = 5</script>"></iframe></article></html>'
    )
    image = f"{url}ru/part/leaf/x"
    page.route(image, lambda route: route.fulfill(content_type="image/png", body=b""))
    page.route(
        f"{url}ru/part/leaf/", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=hostile)
    )
    page.locator(".guide-beside button[value=ru]").click()
    expect(page.locator(".guide-other p")).to_have_text("Да нет")
    page.locator(".guide-other a").evaluate("link => link.click()")
    page.locator(".guide-other p").click()
    assert page.evaluate("window.hit") is None
    assert page.locator(".guide-other :is(script, iframe, [onclick], [onerror], [href])").count() == 0


def test_what_only_one_language_has_stands_alone_in_its_place(reader, serve, tiny_site):
    url = serve(tiny_site)
    page = reader(url, "part/leaf/")
    other = (
        '<html lang="ru"><article class="md-content__inner"><h1 id="leaf">Лист</h1><p>Раз</p><p>Два</p>'
        '<h2 id="new">Новое</h2><p>Да</p><h2 id="two">Два</h2><ul class="task-list"><li>Один</li></ul></article></html>'
    )
    page.route(f"{url}ru/part/leaf/", lambda r: r.fulfill(content_type="text/html; charset=utf-8", body=other))
    page.locator(".guide-beside button[value=ru]").click()
    both(page)
    tops = {
        heading.get_attribute("id"): heading.bounding_box()["y"]
        for heading in page.locator("article :is(h1, h2)").all()
    }
    assert abs(tops["leaf"] - tops["beside:leaf"]) < 1 and abs(tops["two"] - tops["beside:two"]) < 1
    assert sorted(tops, key=tops.get)[2:4] == ["beside:new", "one"]
    assert page.locator(".guide-level").count() == 0  # two items and one: the lists are level at the top only


def test_a_page_that_does_not_come_is_said_in_one_line(reader, serve, tiny_site):
    url = serve(tiny_site)
    page = reader(url, "en/part/leaf/", locale="en-GB")
    before = page.evaluate(ARTICLE)
    portal = '<html lang="en"><p>Sign in to the network of the hotel</p></html>'
    page.route(f"{url}ru/part/leaf/", lambda route: route.fulfill(content_type="text/html", body=portal))
    page.locator(".guide-beside button[value=ru]").click()
    status = page.locator(".guide-beside [role=status]")
    expect(status).to_have_text("The text in Russian did not load. Check the connection and try again.")
    expect(status).to_be_visible()
    assert page.evaluate(ARTICLE) == before
    page.unroute(f"{url}ru/part/leaf/")
    page.locator(".guide-beside button[value=ru]").click()
    both(page)


def test_pages_opened_from_files_stand_side_by_side_too(browser, preview):
    page = (
        browser.new_page()
    )  # not `reader`: Material asks for an index of the search that only the offline edition has
    page.goto(f"{preview.folder.as_uri()}/context/law.html")
    page.locator(".guide-beside button[value=ru]").click()
    both(page)
    assert all(apart < 1 for _, apart, _, _ in page.evaluate(HEADINGS))
    assert page.locator("iframe").count() == 0
    assert not page.evaluate(REPEATED_IDS)
    page.close()


def test_home_and_404_have_no_control(reader, serve, real_site):
    url = serve(real_site)
    page = reader(url)
    assert page.locator(".guide-beside").count() == 0
    page = reader(url, "nothing/", expect_404=True)
    assert page.locator(".guide-beside").count() == 0


def test_without_scripts_the_control_is_not_there(reader, serve, tiny_site):
    page = reader(serve(tiny_site), "part/leaf/", java_script_enabled=False)
    expect(page.locator(".guide-beside")).to_be_hidden()


@pytest.mark.parametrize("options", [{"viewport": PHONE}, {"color_scheme": "dark"}])
def test_accessibility_wcag_aa(reader, serve, real_site, options):
    page = reader(serve(real_site), "start/first-action/?beside=ru", **options)
    both(page)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()
