"""Plant faults in the guide, one at a time, and print how many the gate finds, and how many harmless edits it minds.

Exit status: 0 when recall reaches the floor and false alarms stay below the ceiling, else 1.
"""

import argparse
from collections import defaultdict

from guide import faults, model, rules


def main(argv: list[str] | None = None) -> int:
    """Return 0 when every floor is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=8, help="how many edits of each kind (8)")
    parser.add_argument("--seed", type=int, default=2026, help="the same seed plants the same edits (2026)")
    parser.add_argument("--recall", type=float, default=0.98, help="the floor of recall (0.98)")
    parser.add_argument("--false-alarms", type=float, default=0.01, help="the ceiling on harmless edits (0.01)")
    parser.add_argument("--show", action="store_true", help="show what was missed, or minded without need")
    options = parser.parse_args(argv)
    guide = model.load()
    alarms = rules.check(guide)
    found = _table("faults found", guide, faults.FAULTS, options)
    minded = 1 - _table("harmless edits left alone", guide, faults.HARMLESS, options)
    print(f"recall {found:.3f}, alarms on harmless edits {minded:.3f}, alarms on the guide as it is {len(alarms)}")
    return 0 if found >= options.recall and minded <= options.false_alarms and not alarms else 1


def _table(title: str, guide: model.Guide, kinds: list, options: argparse.Namespace) -> float:
    """Print good and all outcomes of each kind and language; return the share of good ones."""
    outcomes = list(faults.measure(guide, kinds, options.each, options.seed))
    by_kind = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.planted.kind.name].append(outcome)
    print(f"{title}: {len(outcomes)} edits of {len(by_kind)} kinds")
    for name, some in by_kind.items():
        languages = " ".join(sorted({outcome.planted.page.language for outcome in some}))
        print(f"  {sum(outcome.good for outcome in some):3} of {len(some):3}  {name} ({languages})")
        for outcome in some if options.show else ():
            if not outcome.good:
                print(f"        {outcome.planted.page.path}: {[str(problem) for problem in outcome.found][:3]}")
    return sum(outcome.good for outcome in outcomes) / len(outcomes)


if __name__ == "__main__":
    raise SystemExit(main())
