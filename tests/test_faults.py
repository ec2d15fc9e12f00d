"""The gate finds faults that people make, and minds no harmless edit: the short form of `scripts/seed_faults.py`."""

from itertools import groupby

import pytest
from conftest import ROOT

from guide import faults, model, rules

GUIDE = model.load(ROOT)


@pytest.fixture(scope="module")
def outcomes() -> list[faults.Outcome]:
    return list(faults.measure(GUIDE, faults.FAULTS, each=2, seed=1))


def test_recall_over_all_kinds_and_languages(outcomes):
    missed = [f"{o.planted.kind.name}: {o.planted.page.path}" for o in outcomes if not o.good]
    assert len(outcomes) >= 110
    assert {o.planted.page.language for o in outcomes} == {"kk", "ru", "en"}
    assert len(missed) <= 0.02 * len(outcomes), missed


def test_no_kind_is_missed_altogether(outcomes):
    by_kind = groupby(outcomes, lambda outcome: outcome.planted.kind.name)
    assert [name for name, some in by_kind if not any(outcome.good for outcome in some)] == []


def test_there_are_enough_kinds_and_they_reach_every_rule_that_reads_a_page():
    assert len(faults.FAULTS) >= 40
    reached = {name for kind in faults.FAULTS for name in kind.rules}
    # Planted in other files than pages, or named by a page's path; tests/rules/*.yml break these.
    elsewhere = {"every-language", "in-navigation", "file-names", "words", "search-words", "own-words"}
    assert set(rules.RULES) - reached <= elsewhere
    assert reached <= set(rules.RULES)


def test_harmless_edits_raise_no_alarm():
    minded = [
        f"{o.planted.kind.name}: {o.planted.page.path}: {[str(problem) for problem in o.found]}"
        for o in faults.measure(GUIDE, faults.HARMLESS, each=4, seed=1)
        if not o.good
    ]
    assert minded == []
