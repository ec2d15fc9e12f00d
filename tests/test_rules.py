"""The rules on guides of three lines: each file in rules/ holds the cases of one rule."""

from pathlib import Path

import pytest
import yaml

from guide import model, report, rules

FOLDER = Path(__file__).parent / "rules"
CONFIG = """
nav: [page.md]
plugins:
  - i18n:
      languages:
        - {locale: kk, name: Қазақша, default: true}
        - {locale: ru, name: Русский}
        - {locale: en, name: English}
"""
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['case']}")
    for path in sorted(FOLDER.glob("*.yml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_rule(name, case, monkeypatch):
    monkeypatch.setenv("GUIDE_TODAY", case.get("today", "2026-11-22"))
    monkeypatch.setenv("GITHUB_EVENT_NAME", case.get("event", "push"))
    guide = model.parse({"mkdocs.yml": CONFIG} | case["files"])
    found = [f"{p.path}:{p.line}: {p.message}" for p in rules.check(guide) if p.rule == name]
    assert found == case["problems"]


@pytest.mark.parametrize("name", rules.RULES)
def test_every_rule_has_a_case_that_breaks_it_and_a_near_miss(name):
    cases = yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))
    assert any(case["problems"] for case in cases)
    assert any(not case["problems"] for case in cases)


@pytest.mark.parametrize("name", rules.RULES)
def test_every_rule_says_what_it_promises_and_what_to_do(name):
    assert rules.RULES[name].promise.endswith(".")
    assert rules.RULES[name].advice.endswith(".")


def test_there_are_no_cases_of_rules_that_do_not_exist():
    assert {path.stem for path in FOLDER.glob("*.yml")} == set(rules.RULES)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_guide_in_parts_has_the_same_problems(name, case, monkeypatch):
    monkeypatch.setenv("GUIDE_TODAY", case.get("today", "2026-11-22"))
    monkeypatch.setenv("GITHUB_EVENT_NAME", case.get("event", "push"))
    guide = model.parse({"mkdocs.yml": CONFIG} | case["files"])
    parts = [guide.limited([slug], pages_only=number > 0) for number, slug in enumerate(guide.slugs)]
    found = {problem for part in parts for problem in rules.check(part, [name])}
    assert sorted(found) == rules.check(guide, [name])


@pytest.mark.parametrize("topics", [120, 121, 1005, 5000])
@pytest.mark.parametrize("processes", [1, 2, 16])
def test_every_topic_is_in_one_part(topics, processes):
    parts = list(report._parts(topics, processes))
    assert [place for first, end in parts for place in range(first, end)] == list(range(topics))
