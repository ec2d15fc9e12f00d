"""What MkDocs asks of us while it builds the site, once for each language. The thinking is in scripts/guide/."""

import os
from contextlib import contextmanager
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Section
from mkdocs.utils import get_relative_url

from guide import (
    bridges,
    checklists,
    documents,
    downloads,
    drawings,
    frontmatter,
    glossary,
    model,
    my_copy,
    notices,
    press,
    rules,
    shelf,
    site,
    tables,
    timeline,
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
    config.waiting = getattr(config, "waiting", {})  # pages whose tables of files wait for the built site
    return config


@contextmanager
def _stopping_the_build():
    """Let MkDocs say in one line what is wrong with the guide."""
    try:
        yield
    except model.GuideError as error:
        raise PluginError(str(error)) from None


def _extend_markdown(config) -> None:
    config.mdx_configs.setdefault("pymdownx.superfences", {})["custom_fences"] = [drawings.FENCE]
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


def on_files(files, config):
    """Leave out what Material brings for the search that ours replaces."""
    for file in [file for file in files if file.src_uri.startswith(site.UNUSED)]:
        files.remove(file)
    return files


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
    with _stopping_the_build():
        markdown = my_copy.fill(markdown, guide, written, address)
        markdown = timeline.fill(markdown, guide, written)
    return with_notes_in_order(markdown)


def on_env(env, config, files):
    """Give the templates our words in this language; write the books that the home page offers."""
    guide, code = config.guide, config.theme["language"]
    env.globals |= site.template_words(guide, code)
    env.globals["addresses"] = lambda file: _addresses(file, config)
    env.globals["page_url"] = lambda each, slug: site.page_url(each, slug, config.use_directory_urls)
    env.globals["stages"] = frontmatter.STAGES
    env.globals["stage_of"] = lambda file: guide.pages[code, file.norm_src_uri].meta.get("stage")
    env.filters["own_search"] = site.own_search
    env.filters["long_date"] = lambda day: site.long_date(day, code)
    for option in config.theme["palette"]:
        key = option["toggle"].setdefault("key", option["toggle"]["name"])
        option["toggle"]["name"] = env.globals["words"][key]
    config.copyright = env.globals["words"]["licence"]
    if not config.plugins["i18n"].building:
        config.shelf = _write_downloads(config)
    config.env = env  # on_page_context and on_post_build fill the tables of files with it
    env.globals["shelf"], env.globals["slugs"] = config.shelf, guide.slugs
    env.globals["part_name"] = lambda folder: downloads.part_name(guide, code, folder)
    return env


def _publishes() -> bool:
    """Return whether all files are asked for: `make build` does; `make serve` would wait for them too long."""
    return bool(os.environ.get("GUIDE_DOWNLOADS"))


def _write_downloads(config) -> shelf.Shelf:
    """Write the files that do not wait for the site; without GUIDE_DOWNLOADS those that every build has."""
    files = downloads.plan(config.guide)
    if not _publishes():
        files = [file for file in files if file.format in ("docx", "html")]
    with _stopping_the_build():
        config.press = _press(config)
        made = press.get(config.press, _cache(config), files)
    downloads.put(made, Path(config.site_dir) / downloads.FOLDER)
    names = {code: edition.lines[0] for code, edition in config.press.editions.items()}
    return shelf.Shelf(config.guide, names, made)


def _press(config) -> press.Press:
    named = tuple(each for each in config.markdown_extensions if isinstance(each, str))
    return press.of(config.guide, named, config.mdx_configs, site.public(config.site_url))


def _cache(config) -> Path:
    return Path(config.config_file_path).parent / ".cache" / "downloads"


def on_page_context(context, page, config, nav):
    """Give the head absolute addresses of the page in the languages that have it, and the switcher relative ones."""
    files, code = page.file.alternates, config.theme["language"]
    context["page_languages"] = [(each, files[each.code].url) for each in config.guide.languages if each.code in files]
    config.extra.alternate = _addresses(
        page.file, config
    )  # the attribute: static-i18n sets it, and templates see it first
    if model.DOWNLOADS_MARK.search(page.content):
        words = site.template_words(config.guide, code)
        page.content = shelf.fill(page.content, config.env, context, words)
        config.waiting[page.file.abs_dest_path] = context, words
    return context


def _addresses(file, config) -> list[dict]:
    urls = {code: alternate.url for code, alternate in file.alternates.items()}
    return site.alternates(urls, config.guide.languages, config.site_url)


@event_priority(-200)  # after static-i18n has built the other languages
def on_post_build(config):
    """Give each language its own search index; then write what is made from the built site: copies to carry away."""
    if config.plugins["i18n"].building:
        return
    folder = Path(config.site_dir)
    site.write_search_indexes(folder, config.guide)
    if not _publishes():
        return
    with _stopping_the_build():
        made = press.get_copies(config.press, _cache(config), folder, config.site_url)
    downloads.put(made, folder / downloads.FOLDER)
    config.shelf.add(made)
    for path, (context, words) in config.waiting.items():
        text = shelf.fill(Path(path).read_text("utf-8"), config.env, context, words, late=True)
        Path(path).write_text(text, "utf-8")
    manifest = config.press.manifest(config.shelf.made)
    (folder / downloads.FOLDER / downloads.MANIFEST).write_text(manifest, "utf-8")
