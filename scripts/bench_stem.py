"""Measure the Kazakh stemmer on words whose dictionary forms are known: bench_stem.py --gold ../shared/kazakh-search

The folder holds eval_stem.py and its data. The words of the split are the vocabulary. Printed are, in F1: pairs of
words that belong together; sentences found by a dictionary form, and by another form of the word; the same two for
queries typed without Kazakh letters. `kept aside` is the third of the dictionary forms (by a hash) that was not looked
at while the rules were written, `looked at` the rest. Then sizes, and seconds of this process.
"""

import argparse
import gzip
import importlib.util
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Callable
from copy import copy
from functools import cache
from pathlib import Path
from types import ModuleType

import kazakh_stemmer
from guide import model

_PARTS = {"all": (0, 1, 2), "kept aside": (0,), "looked at": (1, 2)}  # remainders of the hash of a dictionary form


def main(argv: list[str] | None = None) -> int:
    """Print the figures; return 0, or 2 when there is no such data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, metavar="FOLDER", help="eval_stem.py and data/ are there")
    parser.add_argument("--split", choices=("dev", "holdout"), default="dev")
    options = parser.parse_args(argv)
    try:
        judge = _judge(options.gold)
        forms = (options.gold / f"{options.split}_forms.txt").read_text("utf-8").split()
        gold = judge.load(options.split)
    except (model.GuideError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    known = kazakh_stemmer.lexicon(forms)
    stem = cache(lambda word: kazakh_stemmer.stem(word, known))
    print(f"{options.split}: {len(forms)} words, {len(known)} stems")
    print(f"{'':12}  pairs  retrieval  inflected | without Kazakh letters: retrieval  inflected")
    for name, remainders in _PARTS.items():
        part = _part(gold, remainders)
        print(f"{name:12}  {'  '.join(f'{figure:.4f}' for figure in _figures(judge, part, stem, known))}")
    _print_costs(forms, known)
    return 0


def _judge(folder: Path) -> ModuleType:
    """Return eval_stem.py of the folder."""
    path = folder / "eval_stem.py"
    if not path.is_file():
        raise model.GuideError(f"{path} is missing; give the folder that holds eval_stem.py and data/.")
    spec = importlib.util.spec_from_file_location("eval_stem", path)
    judge = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True  # the folder is not ours
    spec.loader.exec_module(judge)
    return judge


def _part(gold, remainders: tuple[int, ...]):
    """Return the gold data of the dictionary forms whose hash leaves one of the remainders when divided by three."""

    def belongs(lemma: str) -> bool:
        return zlib.crc32(lemma.encode()) % 3 in remainders

    part = copy(gold)
    part.rows = [row for row in gold.rows if belongs(row[1])]
    part.forms = [form for form in gold.forms if all(belongs(lemma) for lemma, _ in gold.lem[form])]
    kept = set(part.forms)
    part.pos = {(one, other) for one, other in gold.pos if one in kept and other in kept}
    return part


def _figures(judge: ModuleType, gold, stem: Callable[[str], str], known: kazakh_stemmer.Lexicon) -> list[float]:
    hits, wrong, missed, *_ = judge.pairs(gold, stem)
    by_stem = defaultdict(set)
    for sentence in gold.sents:
        for form, _, _ in sentence:
            by_stem[stem(form)].add(form)

    @cache
    def found(query: str) -> set[str]:
        """Return the forms that a query finds which is typed without Kazakh letters."""
        return by_stem[next(iter(kazakh_stemmer.resolve(query, known)), "")]

    typed = [judge.retrieval(gold, stem, lambda query, form: form in found(query), inflected) for inflected in (0, 1)]
    plain = [judge.retrieval(gold, stem, inflected=inflected) for inflected in (False, True)]
    return [judge.prf(hits, wrong, missed)[2], *(each["f1"] for each in plain + typed)]


def _print_costs(forms: list[str], known: kazakh_stemmer.Lexicon) -> None:
    """Print sizes in bytes and seconds."""
    code = Path(kazakh_stemmer.__file__).with_name("stemmer.js").read_bytes()
    table, dumped = kazakh_stemmer.browser_table().encode(), kazakh_stemmer.dump(known).encode()
    print(f"gzip: stemmer.js and table {len(gzip.compress(code + table))}, lexicon {len(gzip.compress(dumped))} bytes")
    for name, work in (
        ("lexicon", lambda: kazakh_stemmer.lexicon(forms)),
        ("stem", lambda: [kazakh_stemmer.stem(form, known) for form in forms]),
        ("resolve", lambda: [kazakh_stemmer.resolve(form, known) for form in forms]),
    ):
        started = time.process_time()
        work()
        print(f"{name}: {(time.process_time() - started) / len(forms) * 20_000:.2f} s for 20 000 words")


if __name__ == "__main__":
    raise SystemExit(main())
