"""Every fact of the article that the guide grew from has a home in all three languages."""

from pathlib import Path

import pytest
import yaml
from conftest import LANGUAGES

from guide import model

HOMES = yaml.safe_load((Path(__file__).parent / "seed.yml").read_text("utf-8"))


def test_no_fact_of_the_sheet_is_missing():
    assert {f"S{number}" for number in range(1, 39)} <= HOMES.keys()


@pytest.mark.parametrize("fact", HOMES)
def test_a_fact_is_told_in_its_section_in_every_language(fact):
    slug, _, anchor = HOMES[fact]["at"].partition("#")
    says, guide = HOMES[fact]["says"], model.load()
    for code in LANGUAGES:
        section = next((each for each in guide.pages[code, slug].document.sections if each.anchor == anchor), None)
        assert section, f"docs/{code}/{slug} has no section #{anchor}"
        wanted = says if isinstance(says, str) else says[code]
        assert wanted.casefold() in section.source.casefold(), f"docs/{code}/{slug}#{anchor} does not say “{wanted}”"
