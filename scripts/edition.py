"""Declare an edition of the guide, list the editions, or print what has changed in which section.

  edition.py declare 2026.2              the newest text on this branch, which has to be main's
  edition.py declare 2026.2 --commit C   the text of another commit
  edition.py list
  edition.py changes                     since the newest edition
  edition.py changes --since 900abdc     since the text of a copy with this code, or since an edition: 2026.1

Exit status: 0 done, 2 cannot run (one line says why).
"""

import argparse
import sys
from pathlib import Path

from guide import declaration, model


def main(argv: list[str] | None = None) -> int:
    """Return 0 when it is done, 2 when it cannot be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=model.ROOT, help="the repository of another guide")
    actions = parser.add_subparsers(dest="action", required=True)
    declare = actions.add_parser("declare", help="add an edition to editions.yml")
    declare.add_argument("name", metavar="NAME", help="the year and which edition of that year: 2026.2")
    declare.add_argument("--commit", default="HEAD", metavar="C", help="whose text it is; the one checked out")
    actions.add_parser("list", help="name the editions")
    changes = actions.add_parser("changes", help="print what has changed")
    changes.add_argument("--since", metavar="CODE", help="a code or an edition; the newest edition")
    try:
        print("\n".join(declaration.run(parser.parse_args(argv))))
    except (model.GuideError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
