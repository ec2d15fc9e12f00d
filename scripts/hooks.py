"""What MkDocs asks of us while it builds the site, once for each language. The thinking is in scripts/guide/."""

import os
from contextlib import contextmanager
from pathlib import Path

from babel.numbers import format_decimal
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Section
from mkdocs.utils import get_build_datetime, get_relative_url

from guide import (
    book,
    bridges,
    checklists,
    documents,
    downloads,
    drawings,
    frontmatter,
    glossary,
    model,
    notices,
    rules,
    site,
    tables,
    translations,
)
from guide.markdown import with_notes_in_order


def on_config(config):
    """Read the guide; stop one that breaks a promise, in any language, before anything is built."""
    with _stopping_the_build():
        config.guide = model.load(Path(config.config_file_path).parent)
    needed = [name for name, rule in rules.RULES.items() if rule.stops_build]
    if not config.plugins["i18n"].building and (problems := rules.check(config.guide, needed)):
        raise PluginError(
            "\n".join([f"The guide breaks {len(problems)} promises to its readers:", *map(str, problems)])
        )
    _extend_markdown(config)
    return config


@contextmanager
def _stopping_the_build():
    """Let MkDocs say in one line what is wrong with the guide."""
    try:
        yield
    except model.GuideError as error:
        raise PluginError(str(error)) from None


def _extend_markdown(config) -> None:
    fence = {"name": "diagram", "class": "diagram", "format": drawings.fence}
    config.mdx_configs.setdefault("pymdownx.superfences", {})["custom_fences"] = [fence]
    definitions = glossary.Definitions(config.guide.words, lambda: config.theme["language"])
    named = [each for each in config.markdown_extensions if isinstance(each, str)]
    config.notices = notices.Notices()  # on_page_markdown fills it for each page
    config.bridges = bridges.Bridges()  # and this
    config.documents = documents.Documents()  # and this
    ours = [
        tables.PhoneTables(),
        checklists.Checklists(),
        definitions,
        config.notices,
        config.bridges,
        config.documents,
    ]
    config.markdown_extensions = [*named, *ours]


def on_nav(nav, config, files):
    """Call each part of the navigation as its index.md says, in this language."""
    guide, code = config.guide, config.theme["language"]
    for item in nav.items:
        if isinstance(item, Section):
            folder = item.children[0].file.norm_src_uri.partition("/")[0]
            item.title = guide.pages[code, f"{folder}/index.md"].meta["part"]
        else:
            item.title = guide.words["interface"]["home"][code]
    return nav


def on_page_markdown(markdown, page, config, files):
    """Put in what is made at every build: the glossary, the state of the languages, notices, footnotes in order."""
    guide, code = config.guide, config.theme["language"]
    written = guide.pages[code, page.file.norm_src_uri]
    address = site.address_from(guide, written, config.use_directory_urls)
    config.notices.late = notices.notices(guide, written, address)
    config.bridges.lead = bridges.lead(guide, written, address)
    config.documents.now(guide, written, lambda path: get_relative_url(path, page.url))
    if model.GLOSSARY_MARK in markdown:
        made = glossary.page(guide.words, code, lambda act: address(code, "reference/sources.md", act))
        markdown = markdown.replace(model.GLOSSARY_MARK, made)
    if model.TRANSLATIONS_MARK in markdown:
        markdown = markdown.replace(model.TRANSLATIONS_MARK, translations.page(guide, written, address))
    return with_notes_in_order(markdown)


def on_env(env, config, files):
    """Give the templates our words in this language; write the books that the home page offers."""
    guide, code = config.guide, config.theme["language"]
    env.globals |= site.template_words(guide, code)
    env.globals["addresses"] = lambda file: _addresses(file, config)
    env.globals["page_url"] = lambda each, slug: site.page_url(each, slug, config.use_directory_urls)
    env.globals["stages"] = frontmatter.STAGES
    env.globals["stage_of"] = lambda file: guide.pages[code, file.norm_src_uri].meta.get("stage")
    env.filters["long_date"] = lambda day: site.long_date(day, code)
    for option in config.theme["palette"]:
        key = option["toggle"].setdefault("key", option["toggle"]["name"])
        option["toggle"]["name"] = env.globals["words"][key]
    config.copyright = env.globals["words"]["licence"]
    if not config.plugins["i18n"].building:
        _write_books(env, config)
    env.globals["book_formats"] = downloads.FORMATS if _wants_books() else ()
    env.globals["book_kilobytes"] = lambda path: round((Path(config.site_dir) / path).stat().st_size / 1024)
    env.filters["megabytes"] = lambda kilobytes, to: format_decimal(kilobytes / 1024, "0.0", locale=to)
    return env


def _wants_books() -> bool:
    """Return whether PDF and EPUB are asked for: `make build` does; `make serve` would wait for them too long."""
    return bool(os.environ.get("GUIDE_BOOKS"))


def _write_books(env, config) -> None:
    books = {}
    for language in config.guide.languages:
        bound = book.bind(config.guide, language.code, config.markdown_extensions, config.mdx_configs)
        books[language.code] = bound
        path = Path(config.site_dir) / language.book_path
        path.parent.mkdir(parents=True, exist_ok=True)
        words = site.template_words(config.guide, language.code)
        text = env.get_template("book.html").render(words, book=bound, config=config, data_uri=book.data_uri)
        path.write_text(text, "utf-8")
    if _wants_books():
        with _stopping_the_build():
            folder, day = Path(config.site_dir), get_build_datetime()
            downloads.write_books(config.guide, books, folder, _cache(config), config.site_url, day)


def _cache(config) -> Path:
    return Path(config.config_file_path).parent / ".cache" / "downloads"


def on_page_context(context, page, config, nav):
    """Give the head absolute addresses of the page in the languages that have it, and the switcher relative ones."""
    files = page.file.alternates
    context["page_languages"] = [(each, files[each.code].url) for each in config.guide.languages if each.code in files]
    config.extra.alternate = _addresses(
        page.file, config
    )  # the attribute: static-i18n sets it, and templates see it first
    return context


def _addresses(file, config) -> list[dict]:
    urls = {code: alternate.url for code, alternate in file.alternates.items()}
    return site.alternates(urls, config.guide.languages, config.site_url)


@event_priority(-200)  # after static-i18n has built the other languages
def on_post_build(config):
    """Give each language its own search index, and write the documents to download, once all are built."""
    if config.plugins["i18n"].building:
        return
    folder, cache = Path(config.site_dir), _cache(config)
    site.write_search_indexes(folder, config.guide)
    markdown = config.markdown_extensions, config.mdx_configs
    with _stopping_the_build():
        downloads.write(config.guide, folder, cache, *markdown, config.site_url, get_build_datetime())
