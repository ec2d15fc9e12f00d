"""Pages: the same in every language, in the navigation, with a front matter that can be read."""

from collections.abc import Iterator

from guide.model import Guide
from guide.rules.registry import Finding, rule


@rule(stops_build=True)
def every_language(guide: Guide) -> Iterator[Finding]:
    """A page exists in every language.

    Add the missing file under the same name, or delete the page in all languages. A reader is never shown
    another language's text in its place.
    """
    for slug in guide.slugs:
        topic = guide.topic(slug)
        for language in guide.languages:
            if topic and language.code not in topic:
                there = next(iter(topic.values())).path
                yield f"docs/{language.code}/{slug}", 1, f"the page is missing in {language.name}; it exists as {there}"


@rule(stops_build=True)
def in_navigation(guide: Guide) -> Iterator[Finding]:
    """Every page stands in the navigation, and everything in the navigation is a page.

    Add the page's path to `nav:` in mkdocs.yml, without the language, or take it out there.
    """
    written = {slug for _, slug in guide.pages}
    for slug in guide.nav:
        if slug not in written:
            yield "mkdocs.yml", 1, f"nav: there is no page {slug} in any language"
    for page in guide.checked:
        if page.slug not in guide.nav:
            yield page.path, 1, f"the page is not in the navigation; add `- {page.slug}` to nav: in mkdocs.yml"


@rule(stops_build=True)
def front_matter(guide: Guide) -> Iterator[Finding]:
    """The front matter can be read, and says in `description` what the page is for.

    Write `description: "…"` between the two lines of three dashes at the top of the page; the index.md of a
    part also says in `part: "…"` how the part is called in the navigation.
    """
    for page in guide.checked:
        folder, _, name = page.slug.rpartition("/")
        if page.document.meta_error:
            yield page.path, 1, f"the front matter is not YAML: {page.document.meta_error}"
            continue
        for key in ["description"] + ["part"] * (bool(folder) and name == "index.md"):
            if not isinstance(page.meta.get(key), str) or not page.meta[key].strip():
                yield page.path, 1, f"the front matter has no `{key}`"
