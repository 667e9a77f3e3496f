"""Digits: the figures from which a print can have come by a slip of one digit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal


def swapped(value: Decimal, exponent: int) -> Iterator[Decimal]:
    """Yield the figures with two neighbouring digits exchanged."""
    text = _text(value, exponent)
    for i in range(len(text) - 1):
        if text[i] != text[i + 1]:
            yield from _figure(value, exponent, text[:i] + text[i + 1] + text[i] + text[i + 2 :])


def restored(value: Decimal, exponent: int) -> Iterator[Decimal]:
    """Yield the figures from which dropping one digit gives this print."""
    text = _text(value, exponent)
    seen = set()
    for i in range(len(text) + 1):
        for digit in "0123456789":
            seen.add(text[:i] + digit + text[i:])
    for other in sorted(seen):
        if not other.startswith("0") or text.startswith("0"):
            yield from _figure(value, exponent, other)


def single(value: Decimal, exponent: int) -> Iterator[Decimal]:
    """Yield the figures from which printing one digit twice gives this print."""
    text = _text(value, exponent)
    for i in range(len(text) - 1):
        if text[i] == text[i + 1] and (i == 0 or text[i - 1] != text[i]):
            yield from _figure(value, exponent, text[:i] + text[i + 1 :])


def misread(value: Decimal, exponent: int) -> Iterator[Decimal]:
    """Yield the figures that differ in one digit."""
    text = _text(value, exponent)
    for i, own in enumerate(text):
        for digit in "0123456789":
            if digit != own:
                yield from _figure(value, exponent, text[:i] + digit + text[i + 1 :])


def _text(value: Decimal, exponent: int) -> str:
    return str(int(abs(value).scaleb(-exponent)))


def _figure(value: Decimal, exponent: int, text: str) -> Iterator[Decimal]:
    if text:
        size = Decimal(int(text)).scaleb(exponent)
        yield -size if value < 0 else size
