"""Make a page that is to be written, in every language and in the navigation: new_page.py context/winter-camp

Exit status: 0 made, 2 refused (one line says why).
"""

import argparse
import sys
from pathlib import Path

from guide import model, new_page


def main(argv: list[str] | None = None) -> int:
    """Return 0 when the page is made, 2 when there cannot be such a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", metavar="PATH", help="part/name in English; a new part begins with part/index")
    parser.add_argument("--root", type=Path, default=model.ROOT, help="the repository of another guide")
    options = parser.parse_args(argv)
    try:
        made = new_page.make(options.root, options.path)
    except (model.GuideError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(made))
    print("Replace every line marked TODO; move the page to its place in nav:. `make check` says what is left.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
