"""The search: what a reader finds in a real browser, the index, and that browser and build agree."""

import functools
import gzip
import http.server
import json
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import unquote

import pytest
import quickjs
import snowballstemmer
import yaml
from conftest import LANGUAGES, ROOT, ROOTS
from playwright.sync_api import expect

from guide import model
from guide.search import asked, index, sections, stemming
from guide.search.console import Console

GUIDE = model.load(ROOT)
WORD = {"kk": "волонтер", "ru": "волонтер", "en": "volunteer"}
LEAST = 0.95  # of the queries in tests/search lead to the right section among the first three
KILOBYTES = 120  # of a first search, for 50,000 words of text
BOX = "[data-md-component=search-query]"
ROW = ".md-search-result__link"
NOTE = ".guide-search-note"
HOSTILE = [
    "волонтер " * 1200,
    "ж" * 10_000,
    "<img src=x onerror=alert(1)> <script>alert(1)</script> волонтер",
    '"><svg/onload=alert(1)>&lt;b&gt;',
    "(?:[a-z]+)+$ .* \\ ^ [волонтер] {2,} |||",
    "\u202eретноловолонтер\u202d\u200f волонтер\u200b",
    "   \t   ",
    "+волонтер -заң title:шарт *~2",
    "\u0000\ud7ff\U0001f600 волонтер \U0010ffff",
    "__proto__ constructor toString hasOwnProperty",
    "-=-=0(){}\"';",
]

# Says which query was answered last; types queries one after another: {query: rows of the list as a reader sees it}.
SPY = """(() => {
  const Own = window.Worker
  window.Worker = class extends Own {
    constructor(...options) {
      super(...options)
      this.addEventListener("message", ({ data }) => { if (data.type === 3) window.answered = data.data.query })
    }
  }
})()"""
TYPE_ALL = """async queries => {
  const box = document.querySelector("[data-md-component=search-query]")
  const found = {}
  for (const query of queries) {
    box.value = query
    box.dispatchEvent(new InputEvent("input"))
    while (window.answered !== query) await new Promise(done => setTimeout(done, 2))
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
    found[query] = Array.from(document.querySelectorAll(".md-search-result__link"))
      .filter(link => !link.closest("details") && new URL(link.href).searchParams.get("h"))
      .map(link => link.href)
  }
  return found
}"""


@pytest.fixture
def searching(reader, serve, real_site):
    """Return a function that opens a page of a language with its search box in use."""

    def open_box(language: str, path: str = "start/", **options):
        page = reader(serve(real_site), ROOTS[language] + path, **options)
        page.locator(BOX).focus()
        return page

    return open_box


@pytest.fixture(scope="module")
def consoles(real_site) -> dict[str, Console]:
    return {language.code: Console(real_site.folder, language) for language in GUIDE.languages}


def section_of(location: str) -> str:
    """Return a location below the root of a language as the query lists name it: page, then anchor if it has one."""
    path, _, anchor = location.partition("#")
    page = path.strip("/")
    page = page if f"{page}.md" in GUIDE.slugs else f"{page}/index".lstrip("/")
    return f"{page}.md#{anchor}" if anchor else f"{page}.md"


def wanted(found: str, language: str) -> str:
    """Return where a section of a query list is among the results: the first anchor of a page is the page."""
    path, _, anchor = found.partition("#")
    heading = re.search(r"(?m)^# .*\{#([\w-]+)\}", GUIDE.pages[language, path].text)
    return path if heading and heading[1] == anchor else found


# ---------------------------------------------------------------- What a reader finds


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_section_is_among_the_first_three(reader, serve, real_site, language):
    queries = yaml.safe_load((ROOT / "tests" / "search" / f"{language}.yml").read_text("utf-8"))
    assert len(queries) >= 100
    url = real_site.url + ROOTS[language]
    page = reader(serve(real_site), f"{ROOTS[language]}start/", init_script=SPY)
    page.locator(BOX).focus()
    found = page.evaluate(TYPE_ALL, [each["query"] for each in queries])
    kinds, missed = {}, []
    for each in queries:
        rows = [section_of(unquote(re.sub(r"\?[^#]*", "", row.removeprefix(url)))) for row in found[each["query"]]]
        right = {wanted(name, language) for name in each["finds"]}
        hits = kinds.setdefault(each["kind"], [])
        hits.append(bool(right & set(rows[:3])))
        if not hits[-1]:
            missed.append(f"{each['query']} → {rows[:3]}, not {sorted(right)}")
    share = sum(map(sum, kinds.values())) / len(queries)
    print(
        f"\n{language}: {share:.1%}", *(f"{kind} {sum(hits)}/{len(hits)}" for kind, hits in kinds.items()), sep="\n  "
    )
    print(*missed, sep="\n")
    assert share >= LEAST, missed


@pytest.mark.parametrize(
    ("language", "query", "said"),
    [
        ("kk", "казакстан", "қазақстан"),
        ("kk", "djkjynth", "волонтер"),
        ("kk", "rbnfg", "кітап"),
        ("kk", "volonterlik", "волонтерлік"),
        ("kk", "волантер", "волонтер"),
        ("ru", "ljujdjh", "договор"),
        ("en", "мщдгтеуук", "volunteer"),
    ],
)
def test_a_guess_is_said(searching, language, query, said):
    page = searching(language)
    page.locator(BOX).fill(query)
    expect(page.locator(NOTE)).to_contain_text(said)
    before, after = GUIDE.words["interface"]["search_shown"][language].split("{}")
    assert page.locator(NOTE).inner_text() == f"{before}{said}{after}".strip()
    expect(page.locator(ROW).first).to_be_visible()


@pytest.mark.parametrize("query", ["волонтерлермен", "қауіпсіздікке", "волонтер"])
def test_what_is_no_guess_is_not_said(searching, query):
    page = searching("kk")
    page.locator(BOX).fill(query)
    expect(page.locator(ROW).first).to_be_visible()
    assert page.locator(NOTE).inner_text() == ""


def test_words_are_marked_as_the_text_has_them(searching):
    page = searching("kk")
    page.locator(BOX).fill("kitaptardan")
    marks = page.locator(".md-search-result__list p mark")
    expect(marks.first).to_be_visible()
    written = set(marks.all_inner_texts())
    assert len(written) > 1 and all(word.lower().startswith(("кітап", "кітаб")) for word in written)


def test_another_name_finds_the_term(consoles):
    for query in ("ерікті", "доброволец"):
        titles = [each.title.lower() for each in consoles["kk"].search(query).results[:3]]
        assert any("волонтер" in title for title in titles), query
    assert consoles["kk"].search("ерікті").also == "волонтер"


@pytest.mark.parametrize(
    ("language", "query", "section"),
    [
        ("kk", "аптечка", "practices/safety/#first-aid"),
        ("ru", "уволить волонтера", "reference/faq/#ask-to-leave"),
        ("en", "sack a volunteer", "practices/conflicts/#end-cooperation"),
    ],
)
def test_a_section_is_found_by_what_its_readers_call_it(consoles, language, query, section):
    found = [each.location for each in consoles[language].search(query).results if not each.hidden]
    assert section in found[:3]


@pytest.mark.parametrize("address", ["part/leaf/", "part/leaf.html"])
def test_words_of_readers_go_to_their_section(address):
    files = {
        "mkdocs.yml": "plugins: [{i18n: {languages: [{locale: kk, name: Қазақша, default: true}]}}]",
        "docs/kk/part/leaf.md": "# Жапырақ {#leaf}\n\n## Шай {#tea}",
        "docs/search.yml": "part/leaf.md:\n  leaf: {kk: парақ}\n  tea: {kk: самауыр}",
    }
    built = sections.Page(address, (sections.Section("", "Жапырақ", ""), sections.Section("tea", "Шай", "")))
    (page,) = asked.added([built], model.parse(files), "kk")
    assert [each.asked for each in page.sections] == ["парақ", "самауыр"]


@pytest.mark.parametrize("text", ["a: [", "- a", "page.md: words", "page.md: {anchor: words}"])
def test_a_file_of_words_that_is_something_else_is_refused_in_a_line(text):
    with pytest.raises(model.GuideError) as caught:
        asked.read(text)
    assert str(caught.value).startswith("docs/search.yml: ") and "\n" not in str(caught.value)


def test_one_word_or_two_is_the_same(consoles):
    found = {each.location for each in consoles["en"].search("nonprofit").results}
    assert found & {each.location for each in consoles["en"].search("non-profit").results[:3]}
    assert consoles["en"].search("safe guarding").results[0].location.startswith("practices/safeguarding/")


@pytest.mark.parametrize(
    ("language", "query", "first", "shown", "also"),
    [
        ("ru", "закон РК о волонтерах", "context/law/", "", ""),  # “РК” is no “hr” on the wrong keyboard
        ("ru", "дагавор с валантером", "toolkit/volunteer-agreement/", None, None),
        ("kk", "мүгедек волонтер", "practices/inclusion/", "мүгедектігі волонтер", ""),
        ("kk", "еріктімен шарт", None, "", "волонтер"),
        ("kk", "шарт contract договор", "toolkit/volunteer-agreement/", "", ""),
    ],
)
def test_what_a_hostile_reader_found(consoles, language, query, first, shown, also):
    answer = consoles[language].search(query)
    assert also is None or answer.also == also
    assert shown is None or answer.shown == shown
    assert first is None or answer.results[0].location.startswith(first)


def test_the_word_itself_stands_above_a_guess(consoles):
    exact = consoles["kk"].search("шарт")
    assert not exact.shown and "шарт" in exact.results[0].title.lower()
    assert consoles["ru"].search("согласие").shown == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_nothing_is_found_in_any_language_is_said(searching, language):
    words = {key: word[language] for key, word in GUIDE.words["interface"].items()}
    page = searching(language)
    page.locator(BOX).fill("qqqqqqqq")
    expect(page.locator(NOTE)).to_contain_text(words["search_none"].format("qqqqqqqq"))
    expect(page.locator(NOTE)).to_contain_text(words["search_nowhere"])
    assert page.locator(ROW).count() == 0


def test_what_only_another_language_has_is_a_link_into_it(searching):
    page = searching("en")
    page.locator(BOX).fill("жексенбілік")
    note = page.locator(NOTE)
    expect(note.locator("a[lang=kk]")).to_be_visible()
    count = int(re.search(r"\d+", note.locator("a[lang=kk]").inner_text())[0])
    page.locator(BOX).press("Enter")
    assert "/en/" in page.url
    note.locator("a[lang=kk]").click()
    expect(page.locator(BOX)).to_have_value("жексенбілік")
    expect(page.locator(".md-search-result__item")).to_have_count(count)
    assert page.evaluate("document.documentElement.lang") == "kk"


def test_the_keyboard_leads_to_the_section_and_its_words_are_marked(searching):
    page = searching("ru")
    page.locator(BOX).fill("договор")
    expect(page.locator(ROW).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
    page.keyboard.press("ArrowUp")
    best = page.locator(ROW).evaluate_all(
        "links => links.map(a => [+a.firstElementChild.dataset.mdScore, a.href]).sort((a, b) => b[0] - a[0])[0][1]"
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(best)
    expect(page.locator("article mark").first).to_be_attached()


def test_a_query_in_the_address_is_searched(searching):
    page = searching("kk", "?q=волонтер")
    expect(page.locator(ROW).first).to_be_visible()
    expect(page.locator(BOX)).to_have_value("волонтер")


@pytest.mark.parametrize(("language", "query"), [("kk", "волонтер"), ("ru", "координатора"), ("en", "volunteers")])
def test_a_site_below_a_path_is_searched(reader, serve, tiny_site, language, query):
    url = serve(tiny_site) + ROOTS[language]
    page = reader(serve(tiny_site), f"{ROOTS[language]}part/leaf/")
    page.locator(BOX).fill(query)
    expect(page.locator(f"{ROW}[href^='{url}part/leaf/?'] p mark").first).to_be_visible()


class SlowHost(http.server.SimpleHTTPRequestHandler):
    """A host that sends the head of an index late, and the rest when it is told to."""

    go_on = threading.Event()

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.name.startswith("index-"):
            return super().do_GET()
        head, _, rest = path.read_bytes().partition(b"\n")
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript")
        self.end_headers()
        time.sleep(0.4)
        for part, after in ((head, 0), (b"\n", 20), (rest, 0)):
            self.wfile.write(part)
            self.wfile.flush()
            self.go_on.wait(after)

    def log_message(self, *_):
        pass


def test_titles_answer_until_the_index_is_there(reader, real_site):
    SlowHost.go_on.clear()
    host = functools.partial(SlowHost, directory=str(real_site.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = reader(f"http://127.0.0.1:{server.server_address[1]}/", "ru/start/")
        page.locator(BOX).fill("приглашение на вст")
        page.wait_for_timeout(600)  # no title has this, and nobody is told that nothing was found
        assert page.locator(ROW).count() == 0 and page.locator(NOTE).inner_text() == ""
        page.locator(BOX).fill("<персональные> данн")
        expect(page.locator(f"{ROW} h1").first).to_have_text("Персональные данные")
        assert page.locator(".md-search-result__list p").count() == 0
        page.locator(BOX).fill("ljujdjh")  # of which no title knows: what was found before must not stay
        expect(page.locator(ROW)).to_have_count(0)
        expect(page.locator(".md-search-result__meta")).to_have_text(GUIDE.words["interface"]["search_loading"]["ru"])
        page.locator(BOX).fill("персональные данн")
        SlowHost.go_on.set()
        expect(page.locator(".md-search-result__list p mark").first).to_be_visible()
        server.shutdown()


def test_a_search_that_was_not_loaded_says_so_and_goes_on_by_itself(reader, serve, real_site):
    page = reader(serve(real_site), "ru/start/", expect_404=True)
    page.context.route("**/search/index-*.js", lambda route: route.fulfill(status=503))
    page.locator(BOX).fill("договор")
    expect(page.locator(NOTE)).to_contain_text(GUIDE.words["interface"]["search_failed"]["ru"])
    page.context.unroute("**/search/index-*.js")
    expect(page.locator(ROW).first).to_be_visible(timeout=15_000)
    assert page.locator(NOTE).inner_text() == ""


def test_enter_opens_the_section_that_was_found(searching):
    page = searching("kk")
    page.locator(BOX).fill("шарт")
    expect(page.locator(f"{ROW} p mark").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#\w"))
    expect(page.locator("article mark").first).to_be_attached()


def test_clearing_the_box_clears_the_results(searching):
    page = searching("ru")
    page.locator(BOX).fill("договор")
    expect(page.locator(ROW).first).to_be_visible()
    page.locator(".md-search__options [type=reset]").click()
    expect(page.locator(ROW)).to_have_count(0)


def test_further_results_get_their_excerpts_when_the_reader_looks_at_them(searching):
    page = searching("ru")
    page.locator(BOX).fill("волонтер")
    summary = page.locator("summary").first
    expect(summary).to_be_visible()
    summary.click()
    expect(page.locator("details[open] article p").first).to_be_visible()


# ---------------------------------------------------------------- Hostile input


def test_hostile_input_neither_breaks_nor_slows(searching):
    page = searching("kk")
    asked = []
    page.on("request", lambda request: asked.append(unquote(request.url)))
    for text in HOSTILE:
        started = time.perf_counter()
        page.locator(BOX).evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')) }", text)
        page.locator(BOX).fill("волонтер")
        expect(page.locator(ROW).first).to_be_visible()
        assert time.perf_counter() - started < 3, text[:40]
    assert page.locator(".md-search img, .md-search-result script, .md-search-result svg[onload]").count() == 0
    assert not [url for url in asked if "alert" in url or "волонтер" in url]


def test_hostile_input_is_answered_at_once(consoles):
    for language, console in consoles.items():
        for text in HOSTILE:
            started = time.perf_counter()
            answer = console.search(text)
            assert time.perf_counter() - started < 2, (
                language,
                text[:40],
            )  # QuickJS is many times slower than a browser
            assert "<script" not in json.dumps([answer.shown, *(each.excerpt for each in answer.results)])


# ---------------------------------------------------------------- What is loaded


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_comes_with_the_first_use_and_is_small(reader, serve, real_site, language):
    page = reader(serve(real_site), f"{ROOTS[language]}start/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    early = [url for url in asked if "search" in url]
    assert {Path(url).name for url in early} == {"box.js", "worker.js", "search_index.json"}
    page.locator(BOX).fill(WORD[language])
    expect(page.locator(".md-search-result__list p mark").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    files = {
        url.partition(
            "/",
        )[2]
        and url
        for url in asked
        if "search" in url
    }
    paths = [real_site.folder / url.removeprefix(real_site.url) for url in files]
    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)
    folder = real_site.folder / ROOTS[language] / "search"
    texts = [json.loads(path.read_text("utf-8").partition("(")[2][:-1])[1] for path in folder.glob("text-*.js")]
    count = sum(len(sections.words(text)) for held in texts for text in held)
    assert count > 50_000 and size / count * 50_000 < KILOBYTES * 1000


def test_nothing_of_the_search_that_ours_replaces_is_published(real_site):
    assert not list(real_site.folder.rglob("lunr*"))
    assert not (real_site.folder / "assets" / "javascripts" / "workers").exists()


# ---------------------------------------------------------------- The index


ENTRIES = [
    {"location": "", "title": "Home", "text": ""},
    {"location": "#home", "title": "The guide", "text": "<p>A guide for volunteers &amp; friends.<sup>1</sup></p>"},
    {
        "location": "law/",
        "title": "Law",
        "text": "<p>What is allowed.</p><ul><li>Shoes</li><li>A <b>shoe</b></li></ul>",
    },
    {"location": "law/#notes", "title": "Next", "text": "<p>Go on.</p> <ol> <li> <p>A footnote. ↩</p> </li> </ol>"},
]


def test_sections_are_plain_text_without_footnotes():
    home, law = sections.pages(ENTRIES)
    assert home == sections.Page("", (sections.Section("", "The guide", "A guide for volunteers & friends."),))
    assert [each.text for each in law.sections] == ["What is allowed.\nShoes\nA shoe", "Go on."]


def test_the_same_pages_give_the_same_files_and_a_changed_text_another_name():
    first = index.files(sections.pages(ENTRIES), "en", [])
    assert first == index.files(sections.pages(ENTRIES), "en", [])
    changed = [each | {"text": each["text"].replace("Go on", "Stop")} for each in ENTRIES]
    assert (
        len(first.keys() & index.files(sections.pages(changed), "en", []).keys()) == 1
    )  # the text of the other page stays


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_guide_is_found_where_it_stands(consoles, real_site, language):
    folder = real_site.folder / ROOTS[language] / "search"
    texts = {}
    for path in folder.glob("text-*.js"):
        location, held = json.loads(path.read_text("utf-8").partition("(")[2][:-1])
        texts[location] = sections.words(held[0])
    for location, found in sorted(texts.items())[::4]:
        word = max(found, key=lambda each: (len(each), each), default="")
        if len(word) < 5:
            continue
        answer = consoles[language].search(f"{word} ")
        assert answer.shown == "", word
        page = location.partition("#")[0]
        assert any(each.location.partition("#")[0] == page for each in answer.results), (word, location)


@pytest.mark.parametrize(("language", "name"), [("ru", "russian"), ("en", "english")])
def test_browser_and_build_find_the_same_stems(language, name):
    words = sorted(dictionary_words(language))[:: max(1, len(dictionary_words(language)) // 20_000)]
    assert len(words) >= 20_000
    stem = stemming.stemmer({}, language)
    context = quickjs.Context()
    context.eval(index.engine(language))
    data = {"language": language, "pages": "", "titles": "", "anchors": "", "lengths": "#", "stems": "", "endings": "0"}
    data |= {
        "forms": "",
        "counts": "",
        "postings": "",
        "texts": "",
        "held": "$",
        "terms": "",
        "common": "",
        "irregular": stemming.IRREGULAR[language],
    }
    context.eval(f"guideSearchIndex({json.dumps(data)})")
    stems = context.eval(f"words => JSON.stringify(JSON.parse(words).map(word => guideSearches.{language}.stem(word)))")
    browser = json.loads(stems(json.dumps(words)))
    assert [each for each in zip(words, map(stem, words), browser, strict=True) if each[1] != each[2]] == []
    assert snowballstemmer.stemmer(name).stemWord(words[100]) == stem(words[100])


def dictionary_words(language: str) -> set[str]:
    """Return words of our Hunspell dictionary, in small letters."""
    path = next((ROOT / "scripts" / "guide" / "dictionaries").glob(f"{language}_*.dic"))
    lines = path.read_text("utf-8").splitlines()[1:]
    return {word for line in lines if (word := line.partition("/")[0].lower().replace("ё", "е")).isalpha()}


# ---------------------------------------------------------------- The command


def test_the_command_prints_what_the_browser_shows(searching, real_site):
    query = "волонтермен шарт"
    command = [sys.executable, str(ROOT / "scripts" / "search.py"), "--language", "kk", "--site", str(real_site.folder)]
    done = subprocess.run([*command, "--json", "--limit", "999", query], capture_output=True, text=True, check=True)
    printed = [each for each in json.loads(done.stdout)["results"] if not each["hidden"]]
    page = searching("kk")
    page.locator(BOX).fill(query)
    expect(page.locator(ROW).first).to_be_visible()
    rows = page.evaluate("""() => Array.from(document.querySelectorAll('.md-search-result__link'))
      .filter(link => !link.closest('details') && new URL(link.href).searchParams.get('h')).map(link => link.href)""")
    locations = [each["location"] for each in printed]
    shown = [unquote(re.sub(r"\?[^#]*", "", row.removeprefix(real_site.url))) for row in rows]
    pages = [list(dict.fromkeys(each.partition("#")[0] for each in rows)) for rows in (shown, locations)]
    assert len(shown) > 5 and pages[0] == pages[1][: len(pages[0])]  # the browser shows the first ten pages
    assert set(shown) <= set(locations)  # a page stands above its sections, whatever their order
    text = subprocess.run([*command, "--limit", "2", query], capture_output=True, text=True, check=True).stdout
    assert text.startswith("1. ") and "\n2. " in text and "\n3. " not in text


def test_the_command_says_what_is_missing(tmp_path):
    command = [sys.executable, str(ROOT / "scripts" / "search.py"), "--site", str(tmp_path), "шарт"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "is no built site" in done.stderr and "Traceback" not in done.stderr
