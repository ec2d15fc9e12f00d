"""The book: every page of one language in one document, links leading inside it."""

import re

import pytest
from conftest import LANGUAGES

from guide import book, model

CONFIG = """
nav: [index.md, {part: [part/index.md, part/leaf.md]}]
plugins: [{i18n: {languages: [{locale: kk, name: Қазақша, site_name: Нұсқаулық, default: true}]}}]
"""
EXTENSIONS = ["admonition", "attr_list", "footnotes", "tables", "toc", "pymdownx.superfences", "pymdownx.tasklist"]


def bind(files: dict[str, str]) -> book.Book:
    return book.bind(model.parse({"mkdocs.yml": CONFIG} | files), "kk", EXTENSIONS, {})


def test_pages_become_chapters_and_links_lead_inside():
    bound = bind(
        {
            "docs/kk/index.md": "---\ntemplate: home.html\n---\n# Үй {#home}",
            "docs/kk/part/index.md": "---\npart: Бөлім\n---\n\n# Бір {#one}\n\n[екі](leaf.md#two) [бет](leaf.md)",
            "docs/kk/part/leaf.md": "# Б {#leaf}\n\n## Екі {#two}\n\n[осы](#two) [w](https://e.org/#x)[^a]\n\n[^a]: Е",
        }
    )
    assert [(c.anchor, c.title, c.part) for c in bound.chapters] == [
        ("part-index", "Бір", "Бөлім"),
        ("part-leaf", "Б", None),
    ]
    first, second = (chapter.html for chapter in bound.chapters)
    assert 'href="#part-leaf--two"' in first and 'href="#part-leaf"' in first
    assert 'id="part-leaf--two"' in second and 'href="#part-leaf--two"' in second
    assert 'href="https://e.org/#x"' in second
    assert 'id="part-leaf--fn:a"' in second and 'href="#part-leaf--fn:a"' in second


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_stands_alone_and_all_its_links_lead_somewhere(real_site, language):
    html = real_site.read(f"downloads/volunteer-guide-{language}.html")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert len(targets) > 200
    assert targets <= set(ids)
    assert not re.findall(r'(?:src|href)="(?!#|https?:)[^"]*"', html)
    assert f'<html lang="{language}">' in html
    assert "<script" not in html
