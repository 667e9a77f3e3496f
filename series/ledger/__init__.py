"""The ledger: sources, statements and decisions, loaded with every defect named."""

from series.ledger.adding import add, add_all, decide, ensure, next_id, preview, start
from series.ledger.decisions import Decision
from series.ledger.evidence import Ledger
from series.ledger.loading import load, unended
from series.ledger.locking import locked

__all__ = [
    "Decision",
    "Ledger",
    "add",
    "add_all",
    "decide",
    "ensure",
    "load",
    "locked",
    "next_id",
    "preview",
    "start",
    "unended",
]
