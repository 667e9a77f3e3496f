"""The review of candidates: one by one in the terminal, or by rule, and the write that ends it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.cli.evidence import ahead
from forecast.cli.extract import known, load, printable
from forecast.cli.output import document, note, plain, say, working
from forecast.cli.streams import visible
from forecast.errors import InputError

if TYPE_CHECKING:
    from series.extract import Document
    from series.ledger import Ledger
    from series.review import Answers, Check, Checker, Proposal
    from series.statements import Source, Statement

FOLDER = Path("build/review")
PARTIAL, UNRESOLVED = 3, 4
AROUND = 70  # characters of the text that are shown on either side of a figure
KEYS = {"a": "accept", "r": "reject", "s": "skip", "e": "edit", "q": "quit"}
QUESTION = "[a]ccept [e]dit [r]eject [s]kip [q]uit > "


@dataclass(frozen=True, slots=True)
class Case:
    """One text, its proposals, and the ledger that they may enter; `home` is where what is accepted is written."""

    text: Document
    source: Source
    home: Path
    ledger: Ledger
    checker: Checker
    proposals: list[Proposal]


def opened(
    path: Path,
    home: Path,
    source: str | None,
    publisher: str,
    title: str,
    published: str | None,
    address: str,
    role: str,
) -> Case:
    """Read a text for a review.

    Raises:
        InputError: if the source is new and its publisher or date is not given.
    """
    from series import ledger as ledgers
    from series.dates import date_span
    from series.extract import extract
    from series.review import Checker, propose
    from series.statements import Source

    text = load(path)
    whole = ledgers.load(home) if home.exists() else ledgers.load()
    key = source or path.stem
    named = whole.sources.get(key)
    if named is None:
        if not (publisher and published):
            raise InputError(f"source '{key}' is not in the ledger; give --publisher and --published of the document")
        date, precision = date_span(published)
        language = "zh" if sum("\u4e00" <= one <= "\u9fff" for one in text.text) * 5 > len(text.text) else "en"
        named = Source(key, publisher, title, date, precision, address, language, role)  # type: ignore[arg-type]
        for told in ahead([named]):
            note(told)
    when = known(published) or (named.published.year, named.published.month if named.precision != "year" else None)
    extraction = extract(text, published=when, source=key)
    return Case(text, named, home, whole, Checker(whole), propose(extraction.candidates, whole, named))


def walk(case: Case, as_json: bool) -> int:
    """Ask for each candidate, keep each answer, and write what was accepted when all are answered."""
    from series.review import Answers

    answers = Answers.opened(FOLDER, case.text.text, case.source.id, case.home)
    earlier = sum(answers.of(proposal.candidate) is not None for proposal in case.proposals)
    if earlier:
        _tell(f"{earlier} of {len(case.proposals)} answered before; going on from there.")
    accepted: list[Statement] = []
    for number, proposal in enumerate(case.proposals, start=1):
        final = _answered(case, answers, number, proposal)
        if final is None:
            _tell("Stopped. The answers are kept; the same command goes on from here. Nothing was written.")
            if as_json:
                document({"written": [], "left": len(case.proposals), "conflicts": []})
            return PARTIAL
        accepted += final
    result = _write(case, accepted, as_json, left=len(case.proposals) - len(accepted), conflicts=[])
    answers.forget()
    return result


def take(case: Case, as_json: bool) -> int:
    """Write every candidate that agrees with the ledger or is new to it without a conflict."""
    from series.review import agreeing, consistent

    with working("comparing with the ledger"):
        checks = {
            one.statement.id: case.checker.check(one.statement, case.source)
            for one in case.proposals
            if one.statement is not None
        }
        taken, conflicts = agreeing(case.ledger, consistent(case.proposals, checks), case.source)
    held = sum(check.verdict == "held" for check in checks.values())
    ids = {item.id for item in taken}
    for proposal in case.proposals:
        item = proposal.statement
        if item is None:
            _tell(f"left: {proposal.candidate.understood} ({proposal.obstacle})")
        elif item.id not in ids and checks[item.id].verdict != "held":
            _tell(f"left: {proposal.candidate.understood} ({checks[item.id].verdict}: {checks[item.id].message})")
    left = len(case.proposals) - len(taken) - held
    return _write(case, taken, as_json, left=left, conflicts=conflicts)


def _answered(case: Case, answers: Answers, number: int, proposal: Proposal) -> list[Statement] | None:
    """Return what the answer to one candidate adds: a statement or nothing; None when the reviewer quits."""
    from series.review import revised

    given = answers.of(proposal.candidate)
    if given is not None:
        if given["answer"] != "accept":
            return []
        chosen = revised(proposal, given["changes"], case.ledger, case.source) if given["changes"] else proposal
        return [chosen.statement] if chosen.statement else []
    changes: list[str] = []
    shown = proposal
    while True:
        check = case.checker.check(shown.statement, case.source) if shown.statement else None
        if check and check.verdict == "held" and not changes:
            return []
        _show(case, number, shown, check)
        key = _ask(QUESTION)
        word = KEYS.get(key[:1].lower(), "")
        if word == "quit":
            return None
        if word == "edit":
            wanted = _ask("changes, as name=value; name=value > ").split(";")
            tried = [*changes, *(one for one in wanted if one.strip())]
            try:
                shown, changes = revised(proposal, tried, case.ledger, case.source), tried
            except InputError as error:
                _tell(str(error))
        elif word == "accept" and shown.statement is None:
            _tell(f"It cannot be accepted as it stands: {shown.obstacle}")
        elif word:
            answers.give(proposal.candidate, word, changes if word == "accept" else None)
            return [shown.statement] if word == "accept" and shown.statement else []


def _show(case: Case, number: int, proposal: Proposal, check: Check | None) -> None:
    candidate, item = proposal.candidate, proposal.statement
    _tell("")
    _tell(f"{number}/{len(case.proposals)}  …{_excerpt(case.text.text, *candidate.span)}…")
    _tell(f"  understood: {candidate.understood}; confidence {candidate.confidence:.2f}")
    for doubt in candidate.notes:
        _tell(f"    {doubt}")
    if item is None:
        _tell(f"  obstacle: {proposal.obstacle}")
        return
    base = f" against {item.base}" if item.base else ""
    _tell(f"  statement: {item.subject} {item.period} {item.kind} {item.value:f} {item.unit}{base}, {item.hedge}")
    if check:
        _tell(f"  ledger: {check.verdict}; {check.message}")
        if check.statements:
            _tell(f"    by {', '.join(check.statements[:6])}")
        for one in check.alternatives:
            _tell(f"    or {one['mode']}: {one['about']} would be {one['bounds'][0]} to {one['bounds'][1]}")


def _excerpt(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return " ".join(printable(f"{before}»{text[start:end]}«{after}").split())


def _ask(question: str) -> str:
    """Return what the reviewer typed; the end of the input means to quit."""
    sys.stderr.write(question)
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip() if line else "q"


def _tell(text: str) -> None:
    print(visible(text), file=sys.stderr)


def _write(case: Case, accepted: list[Statement], as_json: bool, *, left: int, conflicts: list[dict[str, Any]]) -> int:
    from series import ledger as ledgers
    from series import review
    from series.review.acceptance import numbered

    written: list[Statement] = []
    if accepted:
        ledgers.ensure(case.home)
        with ledgers.locked(case.home):  # another writer may have taken ids since the review began
            written = numbered(ledgers.load(case.home), accepted)
            review.accept(case.home, written, case.source)
    if as_json:
        document({"written": [item.id for item in written], "left": left, "conflicts": conflicts})
    else:
        for line in _lines(written):
            plain(line)
        say(f"{len(written)} statements of {case.source.id} written to {case.home}; {left} left out.")
    refused = left or conflicts
    return 0 if not refused else PARTIAL if written else UNRESOLVED


def _lines(written: list[Statement]) -> Iterator[str]:
    for item in written:
        yield f"{item.id}  {item.subject}  {item.period}  {item.kind}  {item.value:f} {item.unit}"
