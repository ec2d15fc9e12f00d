"""The drawn timeline: the milestones of docs/timeline.yml in one language, wherever a page has its mark."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from guide import drawings, safe_yaml
from guide.model import TIMELINE, TIMELINE_MARK, Guide, GuideError, Page

LONGEST = 90  # letters of a milestone: three lines on a phone


@dataclass(frozen=True)
class Milestone:
    year: int
    text: str


def fill(text: str, guide: Guide, page: Page) -> str:
    """Return the text of a page with the drawing in the place of its mark. Raises GuideError."""
    if TIMELINE_MARK not in text:
        return text
    milestones = list(read(guide, page.language))
    words = guide.words["interface"]["timeline"][page.language]
    title = words.format(milestones[0].year, milestones[-1].year)
    place = page.slug.removesuffix(".md").replace("/", "-")
    return text.replace(TIMELINE_MARK, drawings.figure("timeline", title, {"milestones": milestones}, place))


def read(guide: Guide, code: str) -> Iterator[Milestone]:
    """Yield the milestones in one language, oldest first. Raises GuideError naming the milestone that is wrong."""
    try:
        listed = yaml.load(guide.timeline, Loader=safe_yaml.LOADER)
    except yaml.YAMLError as error:
        raise GuideError(f"{TIMELINE}: not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(listed, list) or not listed:
        raise GuideError(f"{TIMELINE}: must be a list of milestones, each with `year:` and a text in every language")
    codes, before = [language.code for language in guide.languages], 0
    for place, each in enumerate(listed, 1):
        if not isinstance(each, dict) or set(each) != {"year", *codes}:
            raise GuideError(f"{TIMELINE}: milestone {place}: has exactly year, {', '.join(codes)}")
        year, text = each["year"], each[code]
        if not isinstance(year, int) or year < before:
            raise GuideError(f"{TIMELINE}: milestone {place}: the year {year} is not a number after {before}")
        if not isinstance(text, str) or not 0 < len(text) <= LONGEST:
            raise GuideError(f"{TIMELINE}: {year}: {code}: write the milestone in at most {LONGEST} letters")
        before = year
        yield Milestone(year, text)
