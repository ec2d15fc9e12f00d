"""What the site says, the files say: every heading and every section of the guide, in order, in each format."""

from pathlib import Path

import downloading
import pytest
from conftest import LANGUAGES, ROOT

from guide import clauses, model

GUIDE = model.load(ROOT)
WRITTEN = ("paragraph", "item")  # of a paper: fields to fill in stand there without the titles of their table


def in_book(code: str) -> list[str]:
    """Return the marks of every page that a book holds."""
    pages = [page for page in GUIDE.in_language(code) if page.meta.get("template") != "home.html"]
    return [mark for page in pages for mark in downloading.marks(page.document.sections)]


@pytest.mark.parametrize("kind", ["pdf", "epub"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_book_holds_every_heading_and_section_in_order(real_downloads, code, kind):
    wanted = in_book(code)
    assert len(wanted) > len(GUIDE.slugs)
    text = downloading.text_of(real_downloads / Path(GUIDE.language(code).book(kind)).name)
    assert downloading.missing(wanted, text) == []


def test_a_word_file_holds_every_clause_of_each_of_its_languages_in_order(real_downloads):
    lost = {}
    for slug in clauses.slugs(GUIDE):
        for codes, path in clauses.files(GUIDE, slug).items():
            text = downloading.text_of(real_downloads / Path(path).name)
            for code in codes:
                wanted = downloading.marks(clauses.sections(GUIDE.pages[code, slug]), WRITTEN)
                lost[path, code] = downloading.missing(wanted, text)
    assert len(lost) == 5 * len(clauses.slugs(GUIDE))  # three alone, and two in two columns
    assert not {place: marks for place, marks in lost.items() if marks}


def test_a_book_of_another_language_or_without_a_page_would_be_found_out(real_downloads):
    text = downloading.letters(downloading.text_of(real_downloads / Path(GUIDE.language("kk").book("epub")).name))
    assert downloading.missing(in_book("ru"), text)
    first, *_, last = (mark for mark in map(downloading.letters, in_book("kk")) if text.count(mark) == 1)
    assert downloading.missing([last, first], text) == [first]
    assert downloading.missing([first, last], text.replace(last, "")) == [last]


def test_files_of_one_language_are_in_it(real_downloads: Path):
    """Letters that only one of the languages has stand in its files alone, or nearly."""
    kazakh, russian = set("әғқңөұүһі"), set("абвгдежзийклмнопрстуфхцчшщъыьэюя")
    for slug in clauses.slugs(GUIDE):
        share = {}
        for codes, path in clauses.files(GUIDE, slug).items():
            letters = downloading.letters(downloading.text_of(real_downloads / Path(path).name))
            share[codes] = [sum(each in own for each in letters) / len(letters) for own in (kazakh, russian)]
        assert share["kk",][0] > 0.1 and share["ru",][0] < 0.02 and share["en",][1] < 0.05, (slug, share)
