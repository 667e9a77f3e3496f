"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.errors import InputError
from series.dates import last_day
from series.periods import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from series.ledger import Ledger as Evidence

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Use only statements published by this date (2023-10-31)."),
]
Ledger = Annotated[
    Path | None, typer.Option("--ledger", metavar="DIR", help="A ledger folder of your own instead of the shipped one.")
]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Series ids, as `series list` prints them.")]
Data = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Your own CSV, workbook, Parquet file or folder; long or wide, gaps allowed."),
]
ColumnNames = Annotated[
    str | None,
    typer.Option("--columns", metavar="ROLE=NAME,…", help="Which column is what: series=country+city,period=year,…"),
]
Sheet = Annotated[str | None, typer.Option(metavar="NAME", help="Sheet of a workbook; the first if left out.")]
Models = Annotated[str | None, typer.Option(metavar="A,B", help="Models by name; the default set if left out.")]
Engine = Annotated[str, typer.Option(metavar="NAME", help="Who fits ARIMA and Prophet: reference or batch.")]
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine", metavar="NAME", help="Who fits ARIMA and Prophet: reference, or batch (usual with --out)."
    ),
]
Out = Annotated[
    str | None, typer.Option(metavar="PATH", help="Write a panel of any size, in chunks, to a new folder (or .csv).")
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with what a stopped --out run left.")]
Workers = Annotated[int, typer.Option(metavar="N", help="Processes of its own for --out.")]
Address = Annotated[
    str | None,
    typer.Option("--engine-address", metavar="TCP", help="A running Dask scheduler for --out: tcp://host:8786."),
]
Reconcile = Annotated[
    bool, typer.Option("--reconcile", help="Make forecasts add up: cities to countries, all to a total.")
]
Sums = Annotated[
    str | None, typer.Option(metavar="WHOLE=A+B;…", help="Which series add up to which, where ids do not tell.")
]
Seed = Annotated[int, typer.Option(metavar="N", help="Seed of everything simulated.")]


ARCHIVE = Path("build/archive/runs")
"""Where runs are kept unless another folder is named."""
CACHE = Path("build/cache")
"""Where what was once resolved is kept."""


def names(text: str | None) -> list[str] | None:
    """Read `a,b` as a list of names without repeats; None means the default.

    Raises:
        InputError: if the text names nothing.
    """
    if text is None:
        return None
    found = [part.strip() for part in text.split(",") if part.strip()]
    if not found:
        raise InputError(f"'{text}' names nothing; write names with commas between them, or leave the option out")
    return list(dict.fromkeys(found))


def own_data(data: str | None, columns: str | None, sheet: str | None) -> None:
    """Check that what is said of the user's data has data to be about.

    Raises:
        InputError: if there is none, or a sheet is named of what has no sheets.
    """
    if data is not None and not data.strip():
        raise InputError(
            f"--data '{data}' names nothing; give the path of a CSV or Parquet file, a folder or a workbook"
        )
    if data is None and (columns is not None or sheet is not None):
        option = "--columns" if columns is not None else "--sheet"
        raise InputError(f"{option} is about your own data; name a file with --data, or leave it out")
    if data is None or sheet is None:
        return
    from forecast.tables.files import WORKBOOK

    if not data.lower().endswith(WORKBOOK):
        raise InputError(
            f"'{data}' is no workbook and has no sheet '{sheet}'; leave --sheet out, or give an .xlsx file"
        )


def own_ledger(folder: Path | None) -> Evidence | None:
    """Load a ledger folder of the user's own; None means the shipped one.

    Raises:
        InputError: if the folder has defects (all are told).
    """
    from series import ledger

    return None if folder is None else ledger.load(folder)


def on_disk(data: str | None) -> Path | None:
    """Return the path of data that are to be held in memory.

    Raises:
        InputError: if they stand at an address.
    """
    if data is not None and "://" in data:
        raise InputError(
            f"'{data}' is an address, and what stands there is read in chunks alone: name a place with --out and leave "
            "--reconcile, --sums and --report out, or give a file"
        )
    return None if data is None else Path(data)


def engine_known(name: str | None) -> None:
    """Check the name of an engine before anything else is done, where it may not be needed at all.

    Raises:
        InputError: if there is none of that name.
    """
    from forecast.models import check_engine

    if name is not None:
        check_engine(name)


def kept(archive: Path, there: bool = False) -> Path:
    """Return the folder of an archive; `there` says that one that is named has to exist.

    Raises:
        InputError: if it is a file, or is missing where it has to exist.
    """
    if archive.exists() and not archive.is_dir():
        raise InputError(f"'{archive}' is a file; name the folder where runs are kept")
    if there and archive != ARCHIVE and not archive.exists():
        raise InputError(f"there is no folder '{archive}'; name the one where runs are kept, usually {ARCHIVE}")
    return archive


def day(text: str | None) -> dt.date | None:
    """Read a date as 2023-10-31; a month or a year means its last day.

    Raises:
        InputError: if the text is no date.
    """
    return None if text is None else last_day(text)


def instant(text: str | None) -> dt.datetime:
    """Read a moment with its zone as 2026-12-01T09:00:00+08:00; the clock's where none is given.

    Raises:
        InputError: if the text is no moment, names no zone, or lies in no year that periods have.
    """
    if text is None:
        return dt.datetime.now(dt.UTC)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InputError(f"'{text}' is not a moment with its zone; write it as 2026-12-01T09:00:00+08:00")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise InputError(f"'{text}' is out of reach; give a moment within {FIRST_YEAR}-{LAST_YEAR}")
    return moment.astimezone(dt.UTC)
