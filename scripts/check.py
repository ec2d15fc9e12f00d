"""Check the guide against the rules of scripts/guide/rules.py and print every problem of every rule."""

import argparse
import sys
from pathlib import Path

from guide import model, rules


def main(argv: list[str] | None = None) -> int:
    """Return 0 when the guide keeps every rule, 1 when it breaks one, 2 when it cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=model.ROOT, help="the repository of the guide to check")
    try:
        problems = rules.check(model.load(parser.parse_args(argv).root))
    except model.GuideError as error:
        print(error, file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "The guide keeps every rule.", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
