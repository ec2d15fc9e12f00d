"""Where rules are put by name, and what they find."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guide.model import Guide

Finding = tuple[str, int, str]  # path, line, what is wrong


@dataclass(frozen=True)
class Rule:
    name: str
    find: Callable[[Guide], Iterator[Finding]]
    stops_build: bool  # readers would see a broken site; the other rules stop a pull request, not a preview

    @property
    def promise(self) -> str:
        """Return the first line of the documentation: what readers can rely on."""
        return " ".join(self.find.__doc__.partition("\n\n")[0].split())

    @property
    def advice(self) -> str:
        """Return what an editor should do."""
        return " ".join(self.find.__doc__.partition("\n\n")[2].split())


RULES: dict[str, Rule] = {}


@dataclass(frozen=True, order=True)
class Problem:
    path: str
    line: int
    message: str
    rule: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} [{self.rule}]"


def rule(function=None, *, stops_build: bool = False):
    """Put the function among RULES under its name, with hyphens."""
    if function is None:
        return lambda decorated: rule(decorated, stops_build=stops_build)
    name = function.__name__.replace("_", "-")
    RULES[name] = Rule(name, function, stops_build)
    return function
