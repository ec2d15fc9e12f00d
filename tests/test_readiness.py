"""The self-assessment: answered on the page, drawn by theme, a plan from the gaps; a checklist without scripts."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import LANGUAGES, ROOTS
from playwright.sync_api import expect

from guide import model

PAGE = "strategies/readiness/"
THEMES = ["leadership", "roles", "recruitment", "support", "safety", "recognition", "improvement"]


def answer(page, key: str, choice: str) -> None:
    page.locator(f'input[name="ready-{key}"][value={choice}]').check()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_theme_has_statements_that_lead_to_what_closes_the_gap(code):
    sections = {each.anchor: each for each in model.load().pages[code, "strategies/readiness.md"].document.sections}
    counts = []
    for name in THEMES:
        statements = re.findall(r"^- \[ \] .+$", sections[name].source, re.MULTILINE)
        assert all(re.search(r"\]\([^)]+\.md#[\w-]+\)", each) for each in statements)
        counts.append(len(statements))
    assert 24 <= sum(counts) <= 40 and min(counts) >= 3


@pytest.mark.parametrize("code", LANGUAGES)
def test_answers_are_drawn_and_become_a_plan_that_leads_to_the_sections(reader, serve, real_site, code):
    words = {key: word[code] for key, word in model.load().words["interface"].items()}
    page = reader(serve(real_site), ROOTS[code] + PAGE, locale=f"{code}-KZ")
    expect(page.locator(".guide-ready__bars li")).to_have_count(len(THEMES))
    answer(page, "roles:1", "yes")
    answer(page, "roles:2", "partly")
    answer(page, "safety:1", "no")
    total = page.locator(".guide-ready__choices").count()
    expect(page.locator(".guide-ready [role=status]")).to_have_text(words["ready_progress"].format(3, total))
    rows = page.locator(".guide-ready__plan tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text(f"{words['ready_no']}: ")
    assert "risk-assessment/#document" in rows.nth(0).locator("a").get_attribute("href")
    widths = (
        page.locator(".guide-ready__bars li")
        .nth(1)
        .locator("rect")
        .evaluate_all("all => all.map(each => Number(each.getAttribute('width')))")
    )
    assert widths[0] == 200 and widths[1] == widths[2] == 50


def test_answers_stay_and_follow_into_another_language(reader, serve, real_site):
    page = reader(serve(real_site), PAGE)
    answer(page, "support:4", "partly")
    page.reload()
    expect(page.locator('input[name="ready-support:4"][value=partly]')).to_be_checked()
    page.locator(".guide-languages a[hreflang=ru]").click()
    expect(page).to_have_url(re.compile("/ru/strategies/readiness/"))
    expect(page.locator('input[name="ready-support:4"][value=partly]')).to_be_checked()


def test_answers_go_into_a_file_and_come_back(reader, serve, real_site, tmp_path):
    page = reader(serve(real_site), PAGE, accept_downloads=True)
    answer(page, "roles:1", "no")
    buttons = page.locator(".guide-ready__buttons button")
    with page.expect_download() as started:
        buttons.nth(1).click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    assert json.loads(path.read_text("utf-8"))["answers"] == {"roles:1": "no"}
    page.once("dialog", lambda dialog: dialog.accept())
    buttons.nth(3).click()
    expect(page.locator(".guide-ready__choices :checked")).to_have_count(0)
    page.locator(".guide-ready input[type=file]").set_input_files(path)
    expect(page.locator('input[name="ready-roles:1"][value=no]')).to_be_checked()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"what": "other", "answers": {}}', "null", "x" * 30000, '"guide-readiness"']
)
def test_a_file_that_is_none_is_refused_and_nothing_is_lost(reader, serve, real_site, tmp_path, text):
    page = reader(serve(real_site), PAGE)
    answer(page, "roles:1", "yes")
    path = tmp_path / "answers.json"
    path.write_text(text, "utf-8")
    page.locator(".guide-ready input[type=file]").set_input_files(path)
    expect(page.locator(".guide-ready [role=alert]")).not_to_be_empty()
    expect(page.locator('input[name="ready-roles:1"][value=yes]')).to_be_checked()


def test_answers_that_the_page_does_not_know_are_left_out(reader, serve, real_site, tmp_path):
    page = reader(serve(real_site), PAGE)
    path = tmp_path / "answers.json"
    given = {"roles:1": "yes", "roles:99": "yes", "roles:2": "<img src=x onerror=alert(1)>", "__proto__": "no"}
    path.write_text(json.dumps({"what": "guide-readiness", "answers": given}), "utf-8")
    page.locator(".guide-ready input[type=file]").set_input_files(path)
    expect(page.locator(".guide-ready__choices :checked")).to_have_count(1)
    assert page.evaluate("JSON.parse(localStorage.getItem('guide-readiness'))") == {"roles:1": "yes"}


def test_without_scripts_it_is_a_checklist(reader, serve, real_site):
    page = reader(serve(real_site), PAGE, java_script_enabled=False)
    assert page.locator(".task-list-item input[type=checkbox]").count() >= 24
    assert page.locator(".guide-ready").count() == 0


@pytest.mark.parametrize(
    "options", [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": {"width": 390, "height": 800}}]
)
def test_accessibility_and_width(reader, serve, real_site, options):
    page = reader(serve(real_site), PAGE, **options)
    answer(page, "roles:1", "no")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_paper_the_plan_stands_without_its_buttons(reader, serve, real_site):
    page = reader(serve(real_site), PAGE)
    answer(page, "roles:1", "no")
    page.emulate_media(media="print")
    expect(page.locator(".guide-ready__plan tbody tr")).to_be_visible()
    expect(page.locator(".guide-ready__buttons")).to_be_hidden()
