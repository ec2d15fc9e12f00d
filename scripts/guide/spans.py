"""Stretches of a text, as (start, end)."""

from bisect import bisect_right

Span = tuple[int, int]


def merged(spans: list[Span]) -> list[Span]:
    """Return the spans in order, those that overlap or touch as one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def is_inside(place: int, spans: list[Span]) -> bool:
    """Return whether a place is inside one of merged spans."""
    number = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return number >= 0 and place < spans[number][1]
