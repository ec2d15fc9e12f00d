"""Check the guide against its promises to readers and print every problem of every rule, in every language.

Exit status: 0 clean, 1 problems, 2 cannot run (one line says why).
"""

import argparse
import sys
from pathlib import Path

from guide import model, report, rules


def main(argv: list[str] | None = None) -> int:
    """Return 0 when the guide keeps every rule, 1 when it breaks one, 2 when it cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="report only on these pages")
    parser.add_argument("--root", type=Path, default=model.ROOT, help="the repository of another guide")
    parser.add_argument("--rule", action="append", choices=list(rules.RULES), metavar="RULE", help="run only this rule")
    parser.add_argument("--format", choices=list(report.FORMATS), default="text", help="github: notes on the lines")
    parser.add_argument("--list", action="store_true", help="name the rules and their promises")
    parser.add_argument("--explain", choices=list(rules.RULES), metavar="RULE", help="print the whole advice of a rule")
    parser.add_argument(
        "--law", metavar="“ACT ARTICLE”", help="list what rests on an article: --law “volunteer-law 12”"
    )
    parser.add_argument("--fix", action="store_true", help="mend what is mechanical and certain, and show the diff")
    options = parser.parse_args(argv)
    try:
        return report.run(options)
    except model.GuideError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
