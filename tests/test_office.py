"""Word files of the guide, of every kind and language, opened in LibreOffice and printed: nothing of them is lost.

Without LibreOffice the tests are skipped; with GUIDE_OFFICE=required, as on GitHub, its absence is an error.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import downloading
import pypdfium2
import pytest
from conftest import ROOT

from guide import clauses, model
from guide.writers import fonts
from guide.writers.docx import WIDE

GUIDE = model.load(ROOT)
WRITTEN = ("paragraph", "item")
MOST_PAGES = 15
LONG, SHORT = 842, 595  # the sides of A4 in points
LEVEL = 2  # points by which two columns may differ

# (page, languages): each kind of document, each language alone and the two columns.
FILES = [
    ("toolkit/volunteer-agreement.md", ("kk", "ru")),
    ("toolkit/volunteer-agreement.md", ("en",)),
    ("toolkit/parent-consent.md", ("kk",)),
    ("toolkit/application-form.md", ("kk", "ru")),
    ("toolkit/attendance-log.md", ("ru",)),
    ("toolkit/risk-assessment.md", ("kk",)),
    ("toolkit/thank-you-letter.md", ("kk",)),
]


def name_of(slug: str, codes: tuple[str, ...]) -> str:
    return Path(clauses.files(GUIDE, slug)[codes]).name


def kind_of(slug: str) -> str:
    return GUIDE.pages["kk", slug].meta["document"]


@pytest.fixture(scope="module")
def printed(real_downloads, tmp_path_factory) -> Path:
    """Return the folder with the files as LibreOffice prints them to PDF, all in one run."""
    office, folder = shutil.which("soffice"), tmp_path_factory.mktemp("office")
    if not office and os.environ.get("GUIDE_OFFICE") == "required":
        pytest.fail("GUIDE_OFFICE=required, but there is no soffice; install it: scripts/office.sh")
    if not office:
        pytest.skip("no LibreOffice (soffice); install it: scripts/office.sh, or your system's package manager")
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # not the settings of who runs the tests
    files = [real_downloads / name_of(*each) for each in FILES]
    command = [office, "--headless", own, "--convert-to", "pdf", "--outdir", folder, *files]
    environment = os.environ | {"FONTCONFIG_FILE": str(_own_fonts(folder))}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def _own_fonts(folder: Path) -> Path:
    """Return a configuration with our fonts alone, so that files are printed alike on every machine.

    Many a Times New Roman of Linux lacks Kazakh letters, and one that comes from another font is not found in its word.
    """
    path = folder / "fonts.conf"
    path.write_text(
        f"<fontconfig><dir>{fonts.folder()}</dir><cachedir>{folder / 'fonts'}</cachedir><match><edit name='family' "
        "mode='prepend' binding='strong'><string>Golos Text</string></edit></match></fontconfig>",
        "utf-8",
    )
    return path


def test_the_files_are_of_every_kind():
    assert {kind_of(slug) for slug, _ in FILES} == {kind_of(slug) for slug in clauses.slugs(GUIDE)}


@pytest.mark.parametrize(("slug", "codes"), FILES)
def test_a_file_opens_with_every_clause_on_a4(printed, slug, codes):
    path = (printed / name_of(slug, codes)).with_suffix(".pdf")
    with pypdfium2.PdfDocument(path) as file:
        sides = {tuple(round(side) for side in page.get_size()) for page in file}
        assert 1 <= len(file) <= MOST_PAGES
    assert sides == {(LONG, SHORT) if kind_of(slug) in WIDE else (SHORT, LONG)}
    text = downloading.text_of(path)
    for code in codes:
        sections = list(clauses.sections(GUIDE.pages[code, slug]))
        assert downloading.missing(downloading.marks(sections, WRITTEN), text) == []
        assert GUIDE.words["interface"]["paper_notes"][code][:20] in " ".join(text.split())


def test_clauses_of_two_columns_stand_side_by_side(printed):
    slug = "toolkit/volunteer-agreement.md"
    left, right = ([each.title for each in clauses.sections(GUIDE.pages[code, slug])][1:] for code in ("kk", "ru"))
    with pypdfium2.PdfDocument(printed / "volunteer-agreement-kk-ru.pdf") as file:
        pairs = [(_places(file, kazakh), _places(file, russian)) for kazakh, russian in zip(left, right, strict=True)]
    assert len(pairs) > 8
    for title, (kazakh, russian) in zip(left, pairs, strict=True):
        beside = [
            (one, other)
            for one in kazakh
            for other in russian
            if one.page == other.page and abs(one.top - other.top) < LEVEL and one.left < SHORT / 2 < other.left
        ]
        assert beside, (title, kazakh, russian)


class Place(NamedTuple):
    page: int
    left: float  # in points from the left side of the page
    top: float  # in points from its lower side


def _places(file: pypdfium2.PdfDocument, title: str) -> list[Place]:
    """Return where the words of a heading begin, wherever they stand in a file."""
    found = []
    for number, page in enumerate(file):
        text = page.get_textpage()
        search = text.search(title[:16], match_case=True)  # what stands in its first line
        while match := search.get_next():
            left, _, _, top = text.get_charbox(match[0], loose=True)
            found.append(Place(number, left, top))
    return found
