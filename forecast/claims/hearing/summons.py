"""Summons: the one claim of a sentence made ready for the court, or a refusal that says what was understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from forecast.claims.hearing.heard import Heard
from forecast.claims.hearing.listening import listen
from forecast.claims.hearing.printed import readable
from forecast.claims.records import Claim
from forecast.errors import EvidenceError, InputError

LISTED = 12
EXAMPLE = '"offshore execution will reach USD 200 bn by 2030"'
STOPS = tuple(".!?…。！？")


def summon(text: str, made: dt.date | None = None, pick: int | None = None) -> tuple[Claim, Heard]:
    """Return the claim of a sentence and how it was understood.

    A sentence with several claims needs `pick`, the number of one of them: a verdict is on one claim.

    Raises:
        InputError: if the text is too long, or has no claim, several, or one that lacks what nobody can enumerate.
        EvidenceError: if the claim is whole but the evidence can never judge it.
    """
    text = readable(text)
    heard = one_claim(listen(text, made), pick)
    if heard.missing:
        raise InputError(f"understood: {heard}; missing: {'; '.join(heard.missing)}. Say it with the sentence")
    if heard.beyond:
        raise EvidenceError(f"understood: {heard}; not checkable, it would need {'; '.join(heard.beyond)}")
    return _claim(text, made, heard), heard


def one_claim(heard: Sequence[Heard], pick: int | None) -> Heard:
    """Return the picked claim.

    Raises:
        InputError: if there is none, or several and none is picked.
    """
    if not heard:
        raise InputError(
            "no claim is found in the sentence: a claim has a figure (growth, level, multiple or share), what it is "
            f"about and a year, such as {EXAMPLE}. Put 'flat', 'back to' or '130% of' an earlier level and growth that "
            "doubles as one of these"
        )
    if pick is not None and not 1 <= pick <= len(heard):
        raise InputError(f"--pick {pick} is not among the {len(heard)} claim(s) of the sentence; count from 1")
    if pick is None and len(heard) > 1:
        listed = "; ".join(f"({number}) {one}" for number, one in enumerate(heard[:LISTED], start=1))
        listed += f"; and {len(heard) - LISTED} more" if len(heard) > LISTED else ""
        raise InputError(f"{len(heard)} claims are understood: {listed}. Judge one at a time: add --pick 1")
    return heard[(pick or 1) - 1]


def _claim(text: str, made: dt.date | None, heard: Heard) -> Claim:
    return Claim(
        id="text",
        claimant="",
        made=made,
        printed_date=made.isoformat() if made else "undated",
        source="",
        kind=heard.kind,
        subjects=heard.subjects,
        bases=heard.bases,
        end=heard.end,
        value=heard.value,
        unit=heard.unit,
        hedge=heard.hedge,
        wording=heard.wording,
        statements=(),
        settled_by="",
        not_checkable="",
        en=_quoted(text, "."),
        zh=_quoted(text, "。"),
        tense="" if made else "foretold" if heard.foretold else "stated",
    )


def _quoted(text: str, stop: str) -> str:
    """Return the sentence in quotation marks, with a full stop where it has none, so that another can follow."""
    said = text.strip()
    return f"“{said}”" if said.endswith(STOPS) else f"“{said}”{stop}"
