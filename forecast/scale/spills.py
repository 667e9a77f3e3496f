"""Spills: the first pass, which brings the rows of a series together however they lie in the source.

A series goes to the chunk that a hash of its id names. The source is read piece by piece; rows are gathered up to a
bound, sorted by chunk and written as one file, a spill, with a stretch a chunk, whose place is kept. So no more than
one spill is in memory, no more than one file is open, and a chunk holds its series whole.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

import numpy as np

from forecast.errors import EvidenceError, InputError
from forecast.scale.arrays import to_arrow, to_coded, to_numpy, whole
from forecast.scale.reading import EMPTY, schema
from forecast.scale.sources import Source
from forecast.scale.stores import Store

if TYPE_CHECKING:
    import pyarrow as pa

SPILL = 1 << 22
"""Rows that are gathered before they are written."""
CHUNK = 1 << 18
"""Rows of a chunk, about; a single series is never cut."""
FOLDER = "work"
INDEX, NOTES = f"{FOLDER}/scatter.json", f"{FOLDER}/notes"
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""Spreads neighbouring hashes (Knuth's multiplicative hashing)."""

Told = Callable[[int], None]


class Spread(Protocol):
    """Works through the pieces of a source by a function of their numbers, and yields each answer."""

    def __call__(self, work: Callable[[Any, int], Any], pieces: list[int]) -> Any:
        """Yield the answers as they come."""
        ...


def scatter(
    source: Source, store: Store, chunk: int = CHUNK, told: Told = lambda _: None, spread: Spread | None = None
) -> Any:
    """Write the spills and their index, and return the index; pieces whose note is there are done.

    `told` hears the rows read so far. With `spread` the pieces are read by others, else by this process.

    Raises:
        EvidenceError: if the source has no row.
        InputError: if no file of it can be read.
    """
    count = max(1, round(source.size / chunk))
    pieces = source.pieces(SPILL)
    there = store.names(NOTES)
    done = [store.read_json(_note(number)) for number in range(len(pieces)) if f"{number:05d}.json" in there]
    todo = sorted(set(range(len(pieces))) - {one["piece"] for one in done})
    total = sum(one["rows"] for one in done)
    told(total)
    if spread is not None and len(todo) > 1:
        for answer in spread(partial(_elsewhere, source, count, store), todo):
            done.append(answer)
            total += answer["rows"]
            told(total)
    else:
        for number in todo:
            before = total
            done.append(spill(source, count, store, number, lambda rows, before=before: told(before + rows)))  # type: ignore[misc]
            total += done[-1]["rows"]
    told(max(total, source.size))
    done.sort(key=lambda one: one["piece"])
    broken = {number: reason for one in done for number, reason in one["broken"].items()}
    if len(broken) == len(source.files):
        raise InputError(f"{source.address} is not readable ({next(iter(broken.values()))[1]}); save it anew")
    if not total:
        raise EvidenceError(f"{source.address} holds no value; give columns series, period, value")
    index = {
        "chunks": count,
        "rows": total,
        "spills": [one for answer in done for one in answer["spills"]],
        "broken": broken,
        "skipped": sum(one["skipped"] for one in done),
    }
    store.write_json(INDEX, index)
    return index


def spill(source: Source, count: int, store: Store, number: int, told: Told = lambda _: None) -> dict[str, Any]:
    """Write the spills of one piece of a source, and last the note that says where everything is."""
    pending: list[pa.Table] = []
    spills: list[Any] = []
    rows = total = skipped = 0
    skipped -= source.skipped
    for table in source.batches(source.pieces(SPILL)[number]):
        pending.append(table)
        rows += len(table)
        total += int(np.count_nonzero(to_numpy(table["wrong"]) != EMPTY))
        if rows >= SPILL:
            spills.append(_written(pending, count, store, f"{number:05d}-{len(spills):03d}"))
            rows, pending = 0, []
            told(total)
    if rows:
        spills.append(_written(pending, count, store, f"{number:05d}-{len(spills):03d}"))
    broken = {str(file): [source.files[file], reason] for file, reason in source.broken.items()}
    note = {"piece": number, "rows": total, "spills": spills, "broken": broken, "skipped": skipped + source.skipped}
    store.write_json(_note(number), note)
    return note


def gather(store: Store, index: Any, chunk: int) -> pa.Table:
    """Return the rows of a chunk from all spills."""
    import pyarrow as pa
    from pyarrow import ipc

    parts = []
    for name, places in index["spills"]:
        start, end = places[chunk], places[chunk + 1]
        if end > start:
            with store.open(f"{FOLDER}/{name}") as file:
                file.seek(start)
                parts.append(ipc.open_stream(pa.py_buffer(file.read(end - start))).read_all())
    return pa.concat_tables(parts) if parts else schema().empty_table()


def chunk_of(names: list[str], count: int) -> Any:
    """Return the chunk [N] that each id belongs to: a hash, the same on every machine."""
    hashes = np.array([crc32(name.encode()) for name in names], dtype=np.uint64)
    return ((hashes * GOLDEN >> np.uint64(32)) % np.uint64(count)).astype(np.int64)


def _elsewhere(source: Source, count: int, store: Store, _: Any, number: int) -> dict[str, Any]:
    return spill(source, count, store, number)


def _written(tables: list[pa.Table], count: int, store: Store, number: str) -> list[Any]:
    """Write one spill, and return its name and where the stretch of each chunk begins and ends.

    Ids are numbered in the order of their chunks, so that those of a chunk are a stretch too.
    """
    import pyarrow as pa
    from pyarrow import ipc

    table = pa.concat_tables(tables)
    coded = whole(table["series"])
    home = chunk_of(coded.dictionary.to_pylist(), count)
    order = np.argsort(home, kind="stable")
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    texts = coded.dictionary.take(to_arrow(order))
    firsts = np.searchsorted(home[order], np.arange(count + 1))
    code = to_numpy(coded.indices)
    narrow = np.uint16 if count <= 1 << 16 else np.int64  # short keys are sorted without comparing
    placed = np.argsort(home.astype(narrow)[code], kind="stable")
    code = rank[code[placed]]
    starts = np.searchsorted(home[order[code]], np.arange(count + 1))
    columns = [to_numpy(table[column])[placed] for column in table.column_names[1:]]
    places = [0]

    def body(file: Any) -> None:
        options = ipc.IpcWriteOptions(compression="lz4")
        for chunk in range(count):
            start, end, first = int(starts[chunk]), int(starts[chunk + 1]), int(firsts[chunk])
            if end > start:
                own = to_coded(texts.slice(first, int(firsts[chunk + 1]) - first), code[start:end] - first)
                stretch = [own, *(to_arrow(column[start:end]) for column in columns)]
                with ipc.new_stream(file, table.schema, options=options) as writer:
                    writer.write_table(pa.Table.from_arrays(stretch, schema=table.schema))
            places.append(file.tell())

    name = f"spill-{number}.arrow"
    store.write(f"{FOLDER}/{name}", body)
    return [name, places]


def _note(number: int) -> str:
    return f"{NOTES}/{number:05d}.json"
