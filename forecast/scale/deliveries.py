"""Deliveries: the finished run as the user asked for it: a folder of Parquet, or one CSV with its lists beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.longform import rounded
from forecast.quantiles import Forecasts
from forecast.scale import chunks
from forecast.scale.arrays import to_texts, whole
from forecast.scale.runs import Outcome
from forecast.scale.stores import Store
from series.periods import Period

if TYPE_CHECKING:
    import pyarrow as pa

CSV = ".csv"
PARTS = ".parts"
FAILED = ("series", "message")
"""Columns of the list of failures of forecasts that were in memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Forecasts that are in memory.

    Attributes:
        answers: by model, a row a series.
        names: the ids of the series.
        origins: the last known period of each.
        steps: how many steps each is forecast.
    """

    answers: Mapping[str, Forecasts]
    names: Sequence[str]
    origins: Sequence[Period]
    steps: Sequence[int]

    def table(self) -> pa.Table:
        """Return them in the long form with the digits that are shown, texts coded."""
        import pyarrow as pa

        last, steps = np.array([one.start for one in self.origins]), np.array(self.steps)
        tables = [
            chunks.tabulate(
                model,
                self.names,
                last,
                self.origins[0].length,
                replace(answer, quantiles=rounded(answer.quantiles)),
                steps,
            )
            for model, answer in self.answers.items()
        ]
        return pa.concat_tables(tables).unify_dictionaries()


def root_of(out: str) -> str:
    """Return the folder in which a run that is to end in `out` is made, as every process on a machine can find it."""
    folder = out + PARTS if out.lower().endswith(CSV) else out
    return folder if "://" in folder else str(Path(folder).absolute())


def lists_of(out: str) -> tuple[str, str]:
    """Return where the lists of failures and of findings are."""
    stem = f"{out[: -len(CSV)]}." if out.lower().endswith(CSV) else f"{out.rstrip('/')}/"
    return f"{stem}failures.csv", f"{stem}findings.csv"


def failures_of(out: str) -> str:
    """Return where the list of failures is."""
    return lists_of(out)[0]


def place_of(out: str) -> tuple[Store, str]:
    """Return the folder that a file is in, and its name there."""
    folder, slash, name = out.rpartition("/")
    return Store(folder or slash or "."), name


def deliver(outcome: Outcome, out: str) -> Outcome:
    """Return a finished run where it was asked for; a CSV is put together from its parts, and they are removed.

    Where nothing was forecast there is no CSV, only the lists that say why.
    """
    if not out.lower().endswith(CSV):
        return outcome
    parts = Store(root_of(out))
    target, name = place_of(out)
    for one in ("failures", "findings"):
        with parts.open(f"{one}.csv") as file:
            target.write_bytes(f"{name[: -len(CSV)]}.{one}.csv", file.read())
    if outcome.rows:
        target.write(name, lambda file: _join(parts, outcome.chunks, file))
    target.remove(f"{name}{PARTS}")
    return replace(outcome, out=out)


def _join(parts: Store, count: int, file: Any) -> None:
    """Write all forecasts as one CSV; ids that a spreadsheet would run get an apostrophe."""
    from pyarrow import parquet

    for chunk in range(count):
        with parts.open(f"{chunks.FORECASTS}/{chunks.name_of(chunk)}") as opened:
            table = parquet.ParquetFile(opened, read_dictionary=["series"]).read()
        _write_csv(table, file, head=chunk == 0)


def _write_csv(table: pa.Table, file: Any, head: bool) -> None:
    """Write forecasts, their series coded, as text that a spreadsheet opens without running anything."""
    import pyarrow as pa
    from pyarrow.csv import WriteOptions, write_csv

    from forecast.tables.findings import safe

    coded = whole(table["series"])
    names = to_texts([safe(name) for name in coded.dictionary.to_pylist()])
    table = table.set_column(1, "series", pa.DictionaryArray.from_arrays(coded.indices, names))
    written = [(one.name, pa.string() if pa.types.is_dictionary(one.type) else one.type) for one in table.schema]
    write_csv(table.cast(pa.schema(written)), file, WriteOptions(include_header=head, quoting_style="needed"))


def write_answers(held: Held, failures: Mapping[str, str], out: str) -> None:
    """Write forecasts that are in memory, in the long form, as one CSV or a folder with one Parquet file."""
    from forecast.tables.findings import safe

    text = io.StringIO()
    text.write(f"{','.join(FAILED)}\r\n")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows((safe(name), reason) for name, reason in failures.items())
    listed = text.getvalue().encode()
    if out.lower().endswith(CSV):
        store, name = place_of(out)
        store.write(name, lambda file: _write_csv(held.table(), file, head=True))
        store.write_bytes(f"{name[: -len(CSV)]}.failures.csv", listed)
        return
    store = Store(out)
    chunks.write_table(store, f"{chunks.FORECASTS}/{chunks.name_of(0)}", held.table())
    store.write_bytes("failures.csv", listed)
