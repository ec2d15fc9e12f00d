"""Whether a Hunspell dictionary knows a word: a stem of its .dic with affixes of its .aff that the stem's flags allow.

Hunspell says the same, but takes three times as long to read the dictionary. This knows what our dictionaries have of
the format: a prefix, a suffix, or one of each; no affix after another, no compounds. Words are looked up as bytes,
because a dictionary is read faster so.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple


class _Affix(NamedTuple):
    flag: bytes  # a stem that has this flag may have the affix
    signs: str  # how such a stem ends, or begins if the affix is a prefix: [^н]ый
    crosses: bool  # an affix may stand at the other end, too


_Affixes = dict[bytes, list[tuple[bytes, list[_Affix]]]]  # an affix → each text that it may replace, and as which affix


class Dictionary:
    """The words of a language."""

    def __init__(self, path: Path):
        """Read path.dic and path.aff."""
        self.flags = _flags(path.with_suffix(".dic").read_bytes())  # of each stem
        self.prefixes, self.suffixes = _affixes(path.with_suffix(".aff").read_bytes())
        self.sizes = sorted(set(map(len, self.suffixes)))

    def knows(self, word: str) -> bool:
        """Return whether a word is right, with the capitals that it has; or several words with hyphens between."""
        if self._is_right(word):
            return True
        parts = word.split("-")
        starts = {len(parts)}  # from each of these places on, the parts are right
        for start in reversed(range(len(parts) if len(parts) > 1 else 0)):
            if any(self._is_right("-".join(parts[start:end])) for end in starts):
                starts.add(start)
        return 0 in starts

    def _is_right(self, word: str) -> bool:
        if self._has(word.encode()) or word.isdecimal():
            return True
        small = word.lower()
        return word != small and self._has_in_small(word, small)

    def _has_in_small(self, word: str, small: str) -> bool:
        """Return whether capitals that begin a sentence, or all of a title, are those of a right word."""
        if word.isupper():
            forms = [small, small.capitalize()]
            for cut in range(1, len(small)):  # YOUTUBE is YouTube, АВТОВАЗ is АвтоВАЗ
                forms += (small[:cut].capitalize() + end for end in (small[cut:].capitalize(), word[cut:]))
            return any(self._has(form.encode()) for form in forms)
        return word[1:] == small[1:] and self._has(small.encode())

    def _has(self, word: bytes) -> bool:
        return word in self.flags or self._has_suffix(word) or self._has_prefix(word)

    def _has_suffix(self, word: bytes, prefix: bytes = b"") -> bool:
        """Return whether the word is a stem with a suffix; if `prefix` is a flag, a stem that may have both."""
        flags_of, suffixes_of, length = self.flags.get, self.suffixes.get, len(word)
        for size in self.sizes:
            if size >= length:
                return False
            rest = word[: length - size]
            for replaced, affixes in suffixes_of(word[length - size :], ()):
                if flags := flags_of(rest + replaced):
                    for flag, signs, crosses in affixes:
                        if (
                            flag in flags
                            and (not prefix or (crosses and _allows_both(flags, flag, prefix)))
                            and (not signs or _fits((rest + replaced).decode()[::-1], _signs(signs)[::-1]))
                        ):
                            return True
        return False

    def _has_prefix(self, word: bytes) -> bool:
        found = [prefix for prefix in self.prefixes if word.startswith(prefix)]
        return any(
            _fits(stem.decode(), _signs(signs))
            and (flag in self.flags.get(stem, b"") or (crosses and self._has_suffix(stem, flag)))
            for prefix in found
            for replaced, affixes in self.prefixes[prefix]
            for stem in [replaced + word[len(prefix) :]]
            for flag, signs, crosses in affixes
        )


def _allows_both(flags: bytes, one: bytes, other: bytes) -> bool:
    """Return whether an entry of a stem, which may have several, has both flags."""
    return any(one in each and other in each for each in flags.split())


def _fits(text: str, signs: list[tuple[str, bool]]) -> bool:
    """Return whether the text begins with such signs."""
    return len(text) >= len(signs) and all(
        (sign in some) != is_other for sign, (some, is_other) in zip(text, signs, strict=False)
    )


@cache
def _signs(condition: str) -> list[tuple[str, bool]]:
    """Return for each sign of a condition which it may be or, with True, which it may not be."""
    parts = re.findall(r"\[(\^?)(.*?)\]|(.)", condition)
    return [("", True) if one == "." else (some or one, bool(negated)) for negated, some, one in parts]


def _flags(dictionary: bytes) -> dict[bytes, bytes]:
    """Return the flags of each stem; with a space between, if it has several entries."""
    flags: dict[bytes, bytes] = {}
    if b"\t" in dictionary:
        dictionary = re.sub(rb"\t.*", b"", dictionary)  # notes
    for line in dictionary.split(b"\n"):
        stem, _, its = line.partition(b"/")
        flags[stem] = flags[stem] + b" " + its if stem in flags else its
    return flags


def _affixes(text: bytes) -> tuple[_Affixes, _Affixes]:
    """Return the prefixes and the suffixes of an .aff file."""
    rows = [line.split() for line in text.split(b"\n") if line[:4] in (b"PFX ", b"SFX ")]
    crosses = {(row[0], row[1]): row[2] == b"Y" for row in rows if len(row) == 4}  # the first row of each flag
    found: dict[bytes, dict[bytes, dict[bytes, list[_Affix]]]] = {b"PFX": {}, b"SFX": {}}
    for kind, flag, replaced, affix, signs in (row for row in rows if len(row) == 5):
        by_replaced = found[kind].setdefault(affix.removeprefix(b"0"), {})
        affixes = by_replaced.setdefault(replaced.removeprefix(b"0"), [])
        # What is replaced is at hand; that it is there need not be looked for.
        condition = "" if replaced.endswith(signs) and kind == b"SFX" else signs.decode()
        affixes.append(_Affix(flag, condition, crosses[kind, flag]))
    prefixes, suffixes = ({affix: list(each.items()) for affix, each in found[kind].items()} for kind in found)
    return prefixes, suffixes
