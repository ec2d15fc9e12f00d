"""Write the files to download: the whole guide and its parts, the documents, copies of the site to carry away.

Files that have not changed are taken from .cache/downloads. Exit status: 0 written, 2 cannot (one line says why).
"""

import argparse
import sys
from pathlib import Path

from guide import downloads, model, publishing

FORMATS = ("pdf", "epub", "html", "docx", "zip")
KINDS = ("guide", "part", "checklists", "document", "documents", "offline")


def main(argv: list[str] | None = None) -> int:
    """Return 0 when every file is written, 2 when one cannot be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", action="append", metavar="CODE", help="only files in this language; repeatable")
    parser.add_argument("--only", action="append", choices=FORMATS, help="only files of this format; repeatable")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only files of this kind; repeatable")
    parser.add_argument("--out", type=Path, default=model.ROOT / downloads.FOLDER, help="the folder to write to")
    parser.add_argument("--root", type=Path, default=model.ROOT, help="the repository of another guide")
    options = parser.parse_args(argv)
    try:
        return publishing.run(options)
    except (model.GuideError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
