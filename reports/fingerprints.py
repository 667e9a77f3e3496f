"""Fingerprints: one hash of the evidence, and one of everything that the files of a run follow from."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable, Iterator

from forecast.claims import load as load_claims
from reports.schedule import Job
from series.ledger import Ledger

LIBRARIES = ("numpy", "scipy", "pandas", "statsmodels", "altair", "vl-convert-python", "typst", "xlsxwriter")
PRODUCT = "outsourcing-forecast"


def of_evidence(ledger: Ledger) -> str:
    """Return a hash of what is known: sources, statements, decisions and claims."""
    return _hash(
        [
            *(repr(source) for _, source in sorted(ledger.sources.items())),
            *sorted(repr(statement) for statement in ledger.statements),
            *sorted(repr(decision) for decision in ledger.decisions),
            *(repr(claim) for _, claim in sorted(load_claims().items())),
        ]
    )


def of_inputs(job: Job, evidence: str, engine: str, seed: int) -> str:
    """Return a hash of the evidence, of what the job asks for, and of what works it out."""
    asked = repr((job.reports, job.languages, job.formats, engine, seed, *((job.series,) if job.series else ())))
    return _hash([evidence, asked, *(f"{name} {version}" for name, version in versions())])


def versions() -> Iterator[tuple[str, str]]:
    """Yield the version of our code and of each library that the figures and files depend on."""
    for name in (PRODUCT, *LIBRARIES):
        try:
            yield name, importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield name, "not installed"


def _hash(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
