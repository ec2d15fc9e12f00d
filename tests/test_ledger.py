"""The ledger: what counts as a change, what follows from who attested what, and what readers see of it."""

import re
import time
from datetime import date

import pytest
from conftest import ROOTS, TINY_NAV, build, tiny_guide, write_guide
from markdown import Markdown

import attest
from guide import fingerprints, ledger, model, notices, site, translations
from guide.ledger import Debt, Entry
from guide.rules import law

CONFIG = """
nav: [page.md]
plugins: [{i18n: {languages: [{locale: kk, name: Қазақша, default: true}, {locale: ru, name: Русский},
  {locale: en, name: English}]}}]
"""
HEAD = "# Page {#page}\n\n"


def prints(text: str, **files: str) -> dict[str, str]:
    guide = model.parse({"mkdocs.yml": CONFIG, "docs/en/page.md": text} | files)
    return fingerprints.fingerprints(guide, guide.pages["en", "page.md"])


# ---------------------------------------------------------------- What counts as a change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b\nc", "a  b c"),
        ("5 000 tenge", "5\u00a0000 tenge"),
        ("one. Two", "one.\n\nTwo"),
        ("**must** and *may*", "__must__ and may"),
        ("“yes” it’s", '"yes" it\'s'),
        ("«иә» – 5–10 …", "„иә“ — 5-10 ..."),
        ("co\u00adordinator", "coordinator"),
        ("и\u0306", "й"),
        ("[law](https://zan.gov.kz/doc#12)", "[law](http://adilet.zan.kz/doc#12)"),
        ("see https://zan.gov.kz/doc", "see https://adilet.kz/doc"),
        ("[a](page.md#b)", "[a](./page.md#b)"),
        ("- a\n- b", "* a\n\n* b"),
        ("| a | b |\n|---|---|\n| c | d |", "|a|b|\n|:--|--:|\n|c|d|"),
        ("a <!-- note to editors -->", "a"),
        ("a[^x]\n\n[^x]: Note.", "a[^y]\n\n[^y]: Note."),
    ],
)
def test_another_look_is_no_change(before, after):
    assert prints(HEAD + before) == prints(HEAD + after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("may", "must"),
        ("a, b", "a b"),
        ("Article 12", "Article 13"),
        ("6-1", "6"),
        ("- a\n- b", "1. a\n2. b"),
        ("- a\n- b", "- a b"),
        ("- [ ] a", "- a"),
        ('!!! law "a"\n\n    b', '!!! warning "a"\n\n    b'),
        ("[law](https://zan.gov.kz/1)", "[law](https://zan.gov.kz/2)"),
        ("[a](page.md#b)", "[a](page.md#c)"),
        ("a[^x]\n\n[^x]: Article 12.", "a[^x]\n\n[^x]: Article 13."),
        ("a[^x]\n\n[^x]: [L](l.md#a), 1.", "a[^x]\n\n[^x]: [L](l.md#b), 1."),
        ("a[^x] b\n\n[^x]: Note.", "a b"),
        ("write `help`", "write `stop`"),
        ("```text\nCome at 9\n```", "```text\nCome at 10\n```"),
        ('<span lang="ru">да</span>', '<span lang="ru">нет</span>'),
        ("![a](a.png)", "![b](a.png)"),
    ],
)
def test_another_word_is_a_change(before, after):
    assert prints(HEAD + before) != prints(HEAD + after)


def test_a_change_belongs_to_its_section_and_a_note_to_each_section_that_refers_to_it():
    page = (
        '---\ndescription: "d"\n---\n# A {#a}\n\nx[^n]\n\n## B {#b}\n\ny\n\n## C {#c}\n\nz[^n]\n\n'
        "## D {#d}\n\n[^n]: note [l](l.md)\n"
    )
    was = prints(page)

    def changed(before: str, after: str) -> set[str]:
        return {anchor for anchor, found in prints(page.replace(before, after)).items() if found != was[anchor]}

    assert list(was) == ["a", "b", "c", "d"]
    assert changed("\ny\n", "\nw\n") == {"b"}
    assert changed("note", "word") == {"a", "c"}
    assert changed("l.md", "m.md") == {"a", "c"}
    assert changed('"d"', '"e"') == {"a"}
    assert changed("## B {#b}", "## B") == {"a"}  # what has no anchor belongs to the section above it


@pytest.mark.parametrize("text", ["", "text without a title", "# A title without an anchor"])
def test_a_page_without_sections_has_no_fingerprints(text):
    assert prints(text) == {}


def test_terms_of_the_glossary_are_sections_of_its_page():
    words = "glossary: {hour: {en: %s, also: {en: [time]}, definition: {en: Sixty minutes, kk: А}}}\n"
    text = HEAD + model.GLOSSARY_MARK
    was = prints(text, **{"docs/words.yml": words % "hour"})
    assert list(was) == ["page", "hour"]
    assert was != prints(text, **{"docs/words.yml": words % "hours"})
    assert was == prints(text, **{"docs/words.yml": (words % "hour").replace("kk: А", "kk: Б")})


def test_fingerprints_stay_as_they_are_in_every_ledger():
    text = HEAD + "«Иә» — 5–10.[^a]\n\n- [ ] [a](b.md)\n\n| a | b |\n|---|---|\n| c | d |\n\n[^a]: Note.\n"
    assert prints(text) == {"page": "c03d16325b54"}, "this change makes every section of every guide unattested"


# ---------------------------------------------------------------- The file


ENTRIES = {
    "plain": Entry({"kk": "0a0a0a0a0a0a", "ru": "123456789012", "en": "12345e678901"}, "Айгерім", date(2026, 11, 22)),
    "odd": Entry({"kk": "a"}, 'Ann "A", {b}: #c', date(2026, 1, 1), "no", {"kk": "b"}),
    "owed": Entry({"kk": "a"}, owed={"kk": Debt(date(2026, 1, 2), "on", "- a: b, \\ “c” {d} & é\t")}),
}


def test_what_is_written_can_be_read():
    text = ledger.write(ENTRIES)
    found = ledger.read(text)
    assert found.faults == ()
    lines = {anchor: entry.line for anchor, entry in found.entries.items()}
    assert found.entries == {a: type(e)(**{**vars(e), "line": lines[a]}) for a, e in ENTRIES.items()}
    assert ledger.write(found.entries) == text
    assert [text.split("\n")[line - 1].partition(":")[0] for line in lines.values()] == list(ENTRIES)


@pytest.mark.parametrize("text", ["[" * 5_000_000, "a: {" + "[" * 3900 + "}", "a: {" * 900 + "}" * 900, "\0"])
def test_a_hostile_file_is_a_fault_and_nothing_worse(text):
    began = time.monotonic()
    found = ledger.read(text)
    assert len(found.faults) == 1 and not found.entries
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(("given", "expected"), [("2026-12-31", date(2026, 12, 31)), ("", date.today())])
def test_the_day_comes_from_the_environment_or_from_the_clock(monkeypatch, given, expected):
    monkeypatch.setenv("GUIDE_TODAY", given)
    assert ledger.today() == expected


def test_a_day_that_is_none(monkeypatch):
    monkeypatch.setenv("GUIDE_TODAY", "tomorrow")
    with pytest.raises(model.GuideError, match=r"^GUIDE_TODAY=tomorrow: not a day"):
        ledger.today()


# ---------------------------------------------------------------- What follows

DEBT = Debt(date(2026, 11, 1), "Dana", "ill")


@pytest.mark.parametrize(
    ("now", "owed", "seen", "leads", "owes", "confirm"),
    [
        ("kre", "", "", "", "", ""),
        ("Kre", "", "", "k", "re", ""),
        ("KRe", "", "", "kr", "e", "kr"),
        ("KRE", "", "", "", "", "kre"),
        ("Kre", "re", "K", "k", "re", ""),
        ("Kre", "re", "", "k", "re", ""),  # written by hand
        ("kre", "e", "", "kr", "e", ""),  # nothing has changed, but a person says that one is behind
        ("Kre", "re", "X", "k", "re", ""),  # the leading language goes on
        ("Kre", "e", "K", "kr", "e", ""),  # a person said that the second agrees with the first as it is
        ("KRe", "re", "K", "kr", "e", "kr"),  # one of the two has been worked on
        ("KRE", "re", "K", "", "", "kre"),
        ("KRe", "e", "KR", "kr", "e", ""),
        ("KRe", "e", "XR", "k", "re", ""),  # one of those that lead has gone on: the other is behind too
        ("KRe", "e", "XX", "kr", "e", "kr"),
    ],
)
def test_states_follow_from_the_fingerprints(now, owed, seen, leads, owes, confirm):
    codes = "kre"
    given = dict(zip(codes, seen, strict=False))
    entry = Entry(dict(zip(codes, codes, strict=True)), "A", date(2026, 1, 1), "", given, dict.fromkeys(owed, DEBT))
    state = ledger.state(entry, dict(zip(codes, now, strict=True)))
    assert ("".join(state.leads), "".join(state.owes), "".join(state.confirm)) == (leads, owes, confirm)
    assert state.agreed == (not leads and not confirm)
    assert set(state.undeclared) == set(owes) - set(owed)


@pytest.mark.parametrize("entry", [None, Entry({"kk": "a"}, "A", date(2026, 1, 1))])
def test_a_section_or_a_language_without_an_entry_waits_for_a_person(entry):
    assert ledger.state(entry, {"kk": "a", "ru": "b"}).confirm == ("kk", "ru")


# ---------------------------------------------------------------- What readers see


def written(root, edits: dict[str, tuple[str, str]]) -> model.Guide:
    """Attest the tiny guide and then change some of its pages; return it as read."""
    write_guide(root, tiny_guide(), TINY_NAV)
    assert attest.main(["--root", str(root), "--all", "--by", "Aigerim"]) == 0
    for path, (before, after) in edits.items():
        text = (root / path).read_text("utf-8")
        assert before in text
        (root / path).write_text(text.replace(before, after), "utf-8")
    return model.load(root)


def test_readers_of_the_late_languages_see_where_and_the_way_to_the_new_text(tmp_path):
    guide = written(tmp_path, {"docs/ru/part/leaf.md": ("## Лист 2 {#two}", "## Лист второй {#two}")})
    assert ledger.notices(guide, guide.pages["kk", "part/leaf.md"]) == {"two": "ru"}
    assert ledger.notices(guide, guide.pages["ru", "part/leaf.md"]) == {}
    done = build(tmp_path, "http://127.0.0.1:8000/")
    assert done.returncode == 0, done.stderr
    expected = {
        "kk": ("Бұл бөлім орыс тілінде жаңартылды", "../../ru/part/leaf/#two"),
        "ru": None,
        "en": ("This section has been updated in Russian", "../../../ru/part/leaf/#two"),
    }
    for language, wanted in expected.items():
        html = (tmp_path / "site" / ROOTS[language] / "part/leaf/index.html").read_text("utf-8")
        late = re.findall(r'</h2>\s*<div class="guide-late"[^>]*>(.*?)</div>', html)
        assert html.count('class="guide-late"') == len(late) == (wanted is not None)
        if wanted:
            assert html.index('id="two"') < html.index('class="guide-late"')
            assert late[0].startswith(wanted[0]) and f'<a href="{wanted[1]}" hreflang="ru">' in late[0]
        bound = (tmp_path / "site" / "downloads" / f"volunteer-guide-{language}.html").read_text("utf-8")
        assert bound.count('<div class="guide-late"') == len(late)


def test_no_notice_outlives_its_page():
    extension = notices.Notices()
    extension.late = {"a": notices.Element("div", {"class": "guide-late"})}
    assert "guide-late" in Markdown(extensions=["attr_list", extension]).convert("# A {#a}\n\nb")
    extension.late = {}
    assert "guide-late" not in Markdown(extensions=["attr_list", extension]).convert("# A {#a}\n\nb")


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (("kk", "index.md"), ("ru", "index.md", ""), "ru/"),
        (("ru", "index.md"), ("kk", "index.md", "a"), "..#a"),
        (("kk", "a/b.md"), ("en", "a/b.md", "c"), "../../en/a/b/#c"),
        (("en", "a/index.md"), ("ru", "a/b.md", ""), "../../ru/a/b/"),
    ],
)
def test_addresses_lead_from_one_language_to_another(here, there, expected):
    guide = model.parse({"mkdocs.yml": CONFIG})
    assert site.address_from(guide, model.Page(*here, ""))(*there) == expected


def state_page(root, edits: dict) -> str:
    guide = written(root, edits)
    made = model.Page("en", "part/state.md", "")
    return translations.page(guide, made, site.address_from(guide, made))


def test_the_state_of_a_guide_that_agrees(tmp_path, monkeypatch):
    monkeypatch.setenv("GUIDE_TODAY", "2026-11-22")
    text = state_page(tmp_path, {})
    assert text.startswith("Sections: 5. All agree in the three languages. Last compared: 22 November 2026.\n")
    assert '| <a href="../leaf/">Leaf</a> | 3 | agrees | agrees | agrees |' in text
    assert text.count("\n- ") == 0


def test_the_state_of_a_guide_that_differs(tmp_path):
    text = state_page(
        tmp_path,
        {
            "docs/ru/part/leaf.md": ("Лист 2 {#two}", "Лист [второй] {#two}"),
            "docs/kk/part/index.md": ("Бөлім 1", "Бөлім"),
            "docs/ru/part/index.md": ("Часть 1", "Часть"),
            "docs/en/part/index.md": ("Part 1", "Part | part"),
        },
    )
    assert text.startswith("Sections: 5. The three languages agree: 3, a language is behind: 1, to be confirmed: 1.")
    assert '| <a href="../leaf/">Leaf</a> | 3 | behind: 1 | updated: 1 | behind: 1 |' in text
    assert '| <a href="../">Part &#124; part</a> | 1 | to be confirmed: 1 |' in text
    assert (
        '\n- <a href="../leaf/#two">Leaf: Leaf 2</a>: '
        'behind: <span lang="kk">Қазақша</span>, <span lang="en">English</span>; '
        'updated: <a href="../../../ru/part/leaf/#two" hreflang="ru" lang="ru">Русский</a>'
    ) in text
    assert '\n- <a href="../#part">Part &#124; part: Part &#124; part</a>: to be confirmed: ' in text


# ---------------------------------------------------------------- The law


def test_what_rests_on_an_article():
    files = {
        "mkdocs.yml": CONFIG,
        "docs/words.yml": "acts: {law: {kk: Заң}}\nglossary:\n  a: {act: law, articles: [12]}\n"
        "  b: {act: law, articles: [2]}\n",
        "docs/kk/page.md": "---\nlaw: {law: [12]}\n---\n# Бет {#page}\n\n## Бөлім {#a}\n\n- бір[^a]\n- екі[^b]\n\n"
        "[^a]: [Заң](reference/sources.md#law), 12-бап.\n[^b]: [Заң](reference/sources.md#law), 2-бап.\n",
        "docs/ru/page.md": "---\nlaw: {law: [12]}\n---\n# Лист {#page}\n",
    }
    guide = model.parse(files)
    twelve = [
        ("docs/kk/page.md", 8, "Бөлім: Заң, 12-бап."),
        ("docs/ru/page.md", 2, "Лист: law: law: 12"),
        ("docs/words.yml", 3, "glossary: a"),
    ]
    assert law.resting_on(guide, "law", "12") == twelve
    assert law.resting_on(guide, "law", "12(3)") == twelve
    assert [place[:2] for place in law.resting_on(guide, "law", "2")] == [("docs/kk/page.md", 9), ("docs/words.yml", 4)]
    assert len(law.resting_on(guide, "law")) == 5
    assert law.resting_on(guide, "law", "6-1") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Article 12(2) and (2-1)", "12"),
        ("Articles 12(3)(5) and 14(7); 3 copies", "12 14"),
        ("Article 12, 3 copies of 2026", "12"),
        ("Articles 7–9, 2024", "7 8 9"),
        ("подпункт 2) пункта 1 статьи 5 и пункт 1 статьи 6-1", "5 6-1"),
        ("ст. 22, 23", "22 23"),
        ("статьи 7–9 в редакции 2024 года", "7 8 9"),
        ("статьи 1, 2) и 3)", "1"),
        ("12-баптың 2 және 14-баптың 7-тармағы", "12 14"),
        ("13, 14 және 15-баптар", "13 14 15"),
        ("9-баптың 7-1) және 7-2) тармақшалары, 6-1-бап", "9 6-1"),
        ("7–9-баптар", "7 8 9"),
        ("5 адам, 12 бала", ""),
        ("ст. 5 " + "1, " * 2_000_000, "5"),
    ],
)
def test_articles_that_a_text_names(text, expected):
    assert law.articles(text) == set(expected.split())
