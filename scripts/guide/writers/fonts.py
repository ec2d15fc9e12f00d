"""The site's fonts for a writer that reads no WOFF2: the three subsets of a face joined into one file, in a cache."""

import hashlib
import io
from pathlib import Path

from fontTools import merge
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from guide.kept import keep
from guide.model import ROOT

FOLDER = ROOT / "overrides" / "assets" / "fonts"
SUBSETS = ("latin", "cyrillic", "kazakh")
FACES = {"golos-text": ("Golos Text", (400, 700)), "literata": ("Literata", (600,))}  # as guide.css has them


def folder(kept: Path | None = None) -> Path:
    """Return the folder with the fonts as TTF, made when the site's fonts or this module have changed."""
    kept = kept or ROOT / ".cache" / "fonts"
    sources = {name: [_source(name, subset) for subset in SUBSETS] for name in FACES}
    texts = [Path(__file__).read_bytes(), *(path.read_bytes() for paths in sources.values() for path in paths)]
    found = kept / hashlib.sha256(b"".join(texts)).hexdigest()[:16]
    for name, (family, weights) in FACES.items():
        for weight in weights:
            path = found / f"{name}-{weight}.ttf"
            if not path.exists():
                keep(path, _joined(sources[name], family, weight))
    return found


def truetype(name: str, weight: int) -> bytes:
    """Return `golos-text` at 400 or 700, or `literata` at 600, every letter of the three languages in one file."""
    return (folder() / f"{name}-{weight}.ttf").read_bytes()


def _source(name: str, subset: str) -> Path:
    return FOLDER / f"{name}-{subset}.woff2"


def _joined(paths: list[Path], family: str, weight: int) -> bytes:
    parts = [io.BytesIO(_still(path, weight)) for path in paths]
    font = merge.Merger(merge.Options(drop_tables=["vhea", "vmtx", "STAT", "gasp"])).merge(parts)
    font.recalcTimestamp = False
    made = TTFont(paths[0])["head"].modified  # and not now: the same bytes always
    font["head"].modified = font["head"].created = made
    font["OS/2"].usWeightClass = weight
    bold = weight == 700
    font["head"].macStyle = int(bold)
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    style = "Bold" if bold else "Regular"
    font["name"].names = []
    for number, text in (
        (1, family),
        (2, style),
        (4, f"{family} {weight}"),
        (6, f"{family.replace(' ', '')}-{weight}"),
    ):
        font["name"].setName(text, number, 3, 1, 0x409)
    return _bytes(font)


def _still(path: Path, weight: int) -> bytes:
    """Return a subset at one weight, as TTF."""
    font = TTFont(path, recalcTimestamp=False)
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": weight})
    font.flavor = None
    return _bytes(font)


def _bytes(font: TTFont) -> bytes:
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
