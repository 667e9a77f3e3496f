"""Written samples: each construction of the language in a sentence or two of our own, with what it says."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from series.extract import Candidate, extract_text
from series.periods import Period

FOLDER = Path(__file__).parent / "samples"
SAMPLES = {
    match["name"].strip(): (match["published"].strip(), match["body"], match["gold"])
    for path in sorted(FOLDER.glob("*.txt"))
    for match in re.finditer(
        r"^=== (?P<name>[^|]+)\|[^|]+\|(?P<published>[^\n]*)\n(?P<body>.*?)^(?P<gold>--- .*?)(?=^===|\Z)",
        path.read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
}


def stated(gold: str) -> Counter[tuple[object, ...]]:
    """Read gold lines: "offshore execution ito = 913 CNY, +46.4, share 47.0" under "--- 2021-01..2021-04"."""
    rows: Counter[tuple[object, ...]] = Counter()
    for block in re.split(r"^--- ", gold, flags=re.MULTILINE)[1:]:
        head, *lines = block.strip().splitlines()
        for line in lines:
            left, _, figures = line.partition(" = ")
            names = left.split()
            area = names.pop(0) if names[0].startswith("cn.") else "cn"
            subject = (area, names[0], names[1], names[2] if len(names) > 2 else None)
            rows.update((*subject, Period.parse(head), *figure(text)) for text in figures.split(", "))
    return rows


def figure(text: str) -> tuple[str, Decimal, str]:
    words = text.split()
    if words[-1] in ("CNY", "USD"):
        return "level", Decimal(words[0]), f"{words[-1]} 100m"
    if words[0] in ("share", "cagr"):
        return words[0], Decimal(words[1]), "percent"
    return ("multiple", Decimal(words[1]), "x") if words[0] == "x" else ("growth", Decimal(words[0]), "percent")


def key(candidate: Candidate) -> tuple[object, ...]:
    subject = candidate.subject
    return (
        *(subject.area, subject.scope, subject.measure, subject.part),
        *(candidate.period, candidate.kind, candidate.value, candidate.unit),
    )


def published(text: str) -> tuple[int, int | None] | None:
    year, _, rest = text.partition("-")
    return (int(year), int(rest[:2]) if rest else None) if year else None


def test_there_are_at_least_forty() -> None:
    assert len(SAMPLES) >= 40


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_yields_what_it_says(name: str) -> None:
    date, body, gold = SAMPLES[name]
    extraction = extract_text(body, published=published(date), source=name)
    assert Counter(map(key, extraction.candidates)) == stated(gold)
    assert all(body[slice(*candidate.span)] == candidate.printed for candidate in extraction.candidates)
