"""What an editor meets on the way in: a paragraph for every rule, and the forms on GitHub, in each language."""

import re

import pytest
import yaml
from conftest import LANGUAGES, ROOT

from guide import model, rules

PAGE = "reference/contributing.md"
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
KINDS = ("mistake", "example", "law")
OWN_LETTERS = {"kk": "[әғқңөұүһі]", "ru": "[а-я]", "en": "[a-z]"}


@pytest.fixture(scope="module")
def explained() -> dict[str, dict]:
    """Return {language: {anchor: section}} of the sections that explain one thing each."""
    topic = model.load(ROOT).topic(PAGE)
    return {
        code: {section.anchor: section for section in page.document.sections if section.level == 3}
        for code, page in topic.items()
    }


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", rules.RULES)
def test_every_rule_is_explained_under_its_name(name, code, explained):
    section = explained[code].get(name)
    assert section, f"docs/{code}/{PAGE} has no section ### … {{#{name}}}"
    assert section.source.strip().startswith(f"`{name}`: "), "an editor searches for the name that the remark gives"
    assert len(section.source.split()) > 20, "the promise, a mistake and what to do"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_rule_is_explained_that_does_not_exist(code, explained):
    assert set(explained[code]) <= set(rules.RULES)


# ---------------------------------------------------------------- Forms on GitHub


def form(code: str, kind: str) -> dict:
    (path,) = FORMS.glob(f"?-{code}-{kind}.yml")
    return yaml.safe_load(path.read_text("utf-8"))


def words(value) -> list[str]:
    """Return what a person reads in a form."""
    if isinstance(value, dict):
        return [text for key, each in value.items() if key not in ("id", "type") for text in words(each)]
    if isinstance(value, list):
        return [text for each in value for text in words(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_asks_the_same_in_each_language(kind):
    asked = [
        [(field["type"], field.get("id"), field.get("validations")) for field in form(code, kind)["body"]]
        for code in LANGUAGES
    ]
    assert asked[0] == asked[1] == asked[2]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_form_is_in_its_language(code, kind):
    text = " ".join(words(form(code, kind)))
    assert form(code, kind)["title"].startswith(f"[{code}] ")
    assert len(re.findall(OWN_LETTERS[code], text)) > 20
    if code == "ru":
        assert not re.search(OWN_LETTERS["kk"], text)


def test_there_are_no_other_forms():
    names = {path.name[2:] for path in FORMS.glob("?-*.yml")}
    assert names == {f"{code}-{kind}.yml" for code in LANGUAGES for kind in KINDS}


def test_the_form_of_a_proposal_is_short_and_in_each_language():
    template = (ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md").read_text("utf-8")
    blocks = template.strip().split("\n\n")
    assert len(blocks) == len(LANGUAGES)
    for block in blocks:
        assert len(block.splitlines()) == 2
        assert "☐ kk ☐ ru ☐ en" in block


def test_every_language_has_owners():
    owned = (ROOT / ".github" / "CODEOWNERS").read_text("utf-8")
    for code in LANGUAGES:
        assert re.search(rf"^/docs/{code}/\s+@\S+/{code}-editors$", owned, re.MULTILINE)
