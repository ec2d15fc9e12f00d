"""The cover of a book as a picture: the mark, the title, the edition, on the deep colour of the site.

PNG, because the shelves of plain readers show no SVG; Pillow, because it sets our own fonts without a system library.
"""

import io
from pathlib import Path

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from lxml import etree
from PIL import Image, ImageDraw, ImageFont

from guide.model import ROOT
from guide.writers import colours, fonts

WIDTH, HEIGHT = 1200, 1600
EDGE = 110
FINE = 3  # shapes are drawn this many times larger, then made smaller: smooth edges
STEPS = 20  # points on a curve
ASSETS = ROOT / "overrides" / "assets"
Point = tuple[float, float]


def png(title: str, lines: tuple[str, ...]) -> bytes:
    """Return the cover with a title and small lines below it."""
    deep, sun, white = (colours.token(name) for name in ("deep", "sun", "on-deep"))
    image = Image.new("RGB", (WIDTH, HEIGHT), deep)
    _place(image, ASSETS / "mark.svg", sun, 11.0, (EDGE - 70, 180))
    quiet = Image.blend(Image.new("RGB", (1, 1), deep), Image.new("RGB", (1, 1), sun), 0.42).getpixel((0, 0))
    for n in range(5):
        _place(image, ASSETS / "ornament.svg", quiet, 2.5, (n * 240, HEIGHT - 160))
    draw = ImageDraw.Draw(image)
    y = 680.0
    for text, family, weight, size, fill in [(title, "literata", 600, 112, white), *_small(lines, sun)]:
        font = ImageFont.truetype(
            io.BytesIO(fonts.truetype(family, weight)), size, layout_engine=ImageFont.Layout.BASIC
        )
        for row in _rows(text, font):
            draw.text((EDGE, y), row, font=font, fill=fill)
            y += size * 1.25
        y += 50
    out = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _small(lines: tuple[str, ...], fill: str) -> list[tuple[str, str, int, int, str]]:
    return [(line, "golos-text", 400, 46, fill) for line in lines]


def _rows(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break a text at spaces into rows that fit between the edges."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and font.getlength(longer) > WIDTH - 2 * EDGE:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def _place(image: Image.Image, path: Path, fill, scale: float, corner: Point) -> None:
    """Draw the lines of an SVG file of ours, `scale` times as large, with its upper left corner at a point."""
    svg = etree.parse(path).getroot()
    _, _, width, height = (float(each) for each in svg.get("viewBox").split())
    mask = Image.new("L", (round(width * scale * FINE), round(height * scale * FINE)))
    draw = ImageDraw.Draw(mask)
    for group in svg.iter("{*}g"):
        pen = float(group.get("stroke-width")) * scale * FINE
        for line in group.iterfind("{*}path"):
            for points in _lines(line.get("d"), scale * FINE):
                _stroke(draw, points, pen)
    mask = mask.resize((round(width * scale), round(height * scale)), Image.Resampling.BOX)
    image.paste(fill, (round(corner[0]), round(corner[1])), mask)


def _stroke(draw: ImageDraw.ImageDraw, points: list[Point], pen: float) -> None:
    """Draw a line with round ends and joints."""
    draw.line(points, fill=255, width=round(pen))
    for x, y in points:
        draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=255)


def _lines(path: str, scale: float) -> list[list[Point]]:
    """Return the lines of an SVG path as points, its curves in short steps."""
    pen = RecordingPen()
    parse_path(path, pen)
    found: list[list[Point]] = []
    for name, places in pen.value:
        places = [(x * scale, y * scale) for x, y in places]
        if name == "moveTo":
            found.append(places)
        elif name == "lineTo":
            found[-1].extend(places)
        elif name == "curveTo":
            found[-1].extend(_curve(found[-1][-1], *places))
    return found


def _curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    points = []
    for step in range(1, STEPS + 1):
        t = step / STEPS
        u = 1 - t
        weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        points.append(tuple(sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1)))
    return points
