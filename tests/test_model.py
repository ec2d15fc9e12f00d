"""The guide is read from a folder or from a dictionary; what cannot be read is one clear sentence."""

import pytest

from guide import model

CONFIG = """
nav: [index.md, {part: [part/index.md, part/leaf.md]}]
plugins: [{i18n: {languages: [{locale: kk, name: Қазақша, default: true}, {locale: ru, name: Русский}]}}]
"""


def test_pages_have_one_identity_in_all_languages():
    guide = model.parse(
        {
            "mkdocs.yml": CONFIG,
            "docs/kk/part/leaf.md": "# Бет {#leaf}",
            "docs/ru/part/leaf.md": "# Лист {#leaf}",
            "docs/kk/extra.md": "",
            "docs/assets/a.png": "",
        }
    )
    assert guide.nav == ("index.md", "part/index.md", "part/leaf.md")
    assert guide.slugs == ["index.md", "part/index.md", "part/leaf.md", "extra.md"]
    assert {code: page.title for code, page in guide.topic("part/leaf.md").items()} == {"kk": "Бет", "ru": "Лист"}
    assert [page.path for page in guide.in_language("kk")] == ["docs/kk/part/leaf.md", "docs/kk/extra.md"]
    assert guide.files == {"assets/a.png"}
    assert [language.url for language in guide.languages] == ["", "ru/"]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("other.md", ("part/other.md", "")),
        ("../start/a.md#b", ("start/a.md", "b")),
        ("#b", ("part/leaf.md", "b")),
        ("../../outside.md", ("../outside.md", "")),
    ],
)
def test_links_resolve_from_the_page(target, expected):
    assert model.Page("kk", "part/leaf.md", "").resolve(target) == expected


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "mkdocs.yml: the file is missing"),
        ({"mkdocs.yml": "nav: ["}, "mkdocs.yml: not valid YAML"),
        ({"mkdocs.yml": "- a"}, "mkdocs.yml: must hold `key: value` lines"),
        ({"mkdocs.yml": "nav: []"}, "mkdocs.yml: plugins: i18n: languages"),
        ({"mkdocs.yml": CONFIG, "docs/words.yml": "a: ["}, "docs/words.yml: not valid YAML"),
        (
            {"mkdocs.yml": CONFIG, "docs/words.yml": "a: 1\nb: 2\na: 3"},
            "docs/words.yml: not valid YAML: line 3: “a” stands already",
        ),
        ({"mkdocs.yml": CONFIG, "docs/words.yml": "glossary: {a: b}"}, "docs/words.yml: glossary: a: must be"),
        ({"mkdocs.yml": CONFIG, "docs/words.yml": "glossary: [a]"}, "docs/words.yml: glossary: must hold"),
        (
            {"mkdocs.yml": CONFIG, "docs/words.yml": "glossary: {a: {kk: 1}}"},
            "docs/words.yml: glossary: a: kk: must be a word",
        ),
        (
            {"mkdocs.yml": CONFIG, "docs/words.yml": "glossary: {a: {also: b}}"},
            "docs/words.yml: glossary: a: also: must be",
        ),
        (
            {"mkdocs.yml": CONFIG, "docs/words.yml": "acts: {a: {version: soon}}"},
            "docs/words.yml: acts: a: version must be",
        ),
    ],
)
def test_what_cannot_be_read_is_one_sentence(files, message):
    with pytest.raises(model.GuideError, match="^" + message.replace("[", r"\[")):
        model.parse(files)


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path):
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "docs" / "ru").mkdir(parents=True)
    (tmp_path / "docs" / "ru" / "page.md").write_bytes(b"# Page\n\n" + "волонтер".encode("cp1251"))
    with pytest.raises(model.GuideError, match=r"^docs/ru/page.md:3: the file is not UTF-8"):
        model.load(tmp_path)


def test_a_byte_order_mark_is_not_text(tmp_path):
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "docs" / "ru").mkdir(parents=True)
    (tmp_path / "docs" / "words.yml").write_text("interface: {}", "utf-8")
    (tmp_path / "docs" / "ru" / "page.md").write_text("---\ndescription: Зачем.\n---\n", "utf-8-sig")
    assert model.load(tmp_path).pages["ru", "page.md"].meta == {"description": "Зачем."}


def test_a_folder_that_is_not_the_guide(tmp_path):
    with pytest.raises(model.GuideError, match="there is no such folder"):
        model.load(tmp_path)


def test_a_guide_without_words(tmp_path):
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "docs").mkdir()
    with pytest.raises(model.GuideError, match=r"^docs/words.yml: the file is missing"):
        model.load(tmp_path)


def test_a_folder_without_a_configuration(tmp_path):
    (tmp_path / "docs").mkdir()
    with pytest.raises(model.GuideError, match=r"^mkdocs.yml: cannot be read: No such file"):
        model.load(tmp_path)


def test_tags_of_a_configuration_are_not_run(tmp_path):
    run = f'x: !!python/object/apply:os.mkdir ["{tmp_path}/made"]\nsite_url: !ENV [SITE_URL, ""]\n'
    assert model.parse({"mkdocs.yml": CONFIG + run}).nav
    assert not (tmp_path / "made").exists()


def test_brackets_that_are_nested_too_deeply_are_named_with_their_line(tmp_path):
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "docs" / "ru").mkdir(parents=True)
    (tmp_path / "docs" / "ru" / "page.md").write_text("[a](b) {#c}\n\n" + "{ [\n" * 25, "utf-8")
    with pytest.raises(model.GuideError, match=r"^docs/ru/page.md:3: brackets are nested"):
        model.load(tmp_path)
    (tmp_path / "docs" / "ru" / "page.md").write_text("[ ] " * 60 + "[ " * 49, "utf-8")
    (tmp_path / "docs" / "words.yml").write_text("interface: {}", "utf-8")
    assert model.load(tmp_path).pages


def test_links_into_the_guide_have_targets():
    text = "# Лист\n\n[a](../start/a.md#b), [b](#b), [c](https://example.org/#c), [d](mailto:d@example.org)"
    assert model.Page("ru", "part/leaf.md", text).targets == {
        "../start/a.md#b": ("start/a.md", "b"),
        "#b": ("part/leaf.md", "b"),
    }
