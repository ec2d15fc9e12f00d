"""Record that a page or a section says the same in every language, or that a language owes it.

  attest.py context/law#minors --by NAME                      the languages agree as they stand
  attest.py context/law --by NAME                             the same of every section that waits for a person’s word
  attest.py context/law --by NAME --meaning-unchanged         only the wording of a language changed
  attest.py context/law#minors --owed kk,en --by NAME --reason "the Kazakh editor is ill"

Exit status: 0 recorded, 2 cannot run (one line says why).
"""

import argparse
import sys
from pathlib import Path

from guide import attestation, model


def main(argv: list[str] | None = None) -> int:
    """Return 0 when the ledger is written, 2 when it cannot be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", nargs="?", metavar="PAGE[#section]", help="context/law or docs/kk/context/law.md")
    parser.add_argument("--all", action="store_true", help="every page of the guide")
    parser.add_argument("--by", required=True, metavar="NAME", help="the person who has compared the languages")
    parser.add_argument("--meaning-unchanged", action="store_true", help="a language was only reworded")
    parser.add_argument("--owed", metavar="CODES", help="the languages that are behind in this section: kk,en")
    parser.add_argument("--reason", metavar="TEXT", help="why they are behind")
    parser.add_argument("--root", type=Path, default=model.ROOT, help="the repository of another guide")
    try:
        print("\n".join(attestation.run(parser.parse_args(argv))))
    except (model.GuideError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
