"""Links that are meant to lead into another language."""

import pytest
from conftest import TINY_NAV, build, tiny_guide, write_guide

LEAF = "docs/kk/part/leaf.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("bridges")
    files = tiny_guide()
    files[LEAF] += "\n[Лист](../../ru/part/leaf.md#one){hreflang=ru}\n"
    write_guide(root, files, TINY_NAV)
    done = build(root, "https://example.org/")
    assert done.returncode == 0, done.stderr
    return root / "site"


def test_the_link_leads_to_the_other_language_and_says_so(site):
    html = (site / "part" / "leaf" / "index.html").read_text("utf-8")
    assert '<a href="../../ru/part/leaf/#one" hreflang="ru">Лист</a>' in html


def test_in_the_book_it_leads_to_the_book_of_that_language(site):
    html = (site / "downloads" / "volunteer-guide-kk.html").read_text("utf-8")
    assert 'href="volunteer-guide-ru.html#part-leaf--one"' in html
