"""Printed: the text of a claim as it can be read, no longer than a claim is and without what a terminal leaves."""

from __future__ import annotations

import re

from forecast.errors import InputError

LONGEST = 2000
CODES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-_]?")
UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def readable(text: str) -> str:
    """Return the text without colour codes and other characters that are not printed.

    Raises:
        InputError: if the text is longer than a paragraph.
    """
    plain = UNPRINTED.sub("", CODES.sub("", text))
    if len(plain) > LONGEST:
        raise InputError(
            f"the text has {len(plain):,} characters, and a claim is a sentence or a paragraph of at most {LONGEST:,}; "
            "give the sentence that makes the claim, or use `forecast extract` for a whole document"
        )
    return plain
