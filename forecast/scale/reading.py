"""Reading: the user's data in batches, every row a series, a month, a value and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.calendars import stamp
from forecast.scale.arrays import to_arrow, to_coded, to_numpy, to_texts, whole
from forecast.tables.columns import JOINT, Layout
from forecast.tables.supports import SUPPORTS, bounded
from series.periods import MONTHS

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = tuple(MONTHS)
SOUND, BAD_PERIOD, BAD_NUMBER, BAD_SUPPORT, EMPTY, BAD_NAME = range(6)
"""What is wrong with a row. Empty ones are left out, but one a batch of each series of which it holds nothing else."""
WRONG = {
    BAD_PERIOD: "a period is none like 2019, 2019Q3, 2019-07 or 2019-07-31",
    BAD_NUMBER: "a value is no finite number; leave the cell empty where one is missing",
    BAD_SUPPORT: "its support or bounds are none of " + ", ".join(SUPPORTS),
    BAD_NAME: "the series has no name",
}


@dataclass(slots=True)
class Normaliser:
    """Turns batches as they stand into rows of `schema()`; remembers the periods it has read.

    Attributes:
        layout: what the columns mean.
    """

    layout: Layout
    stamps: dict[str, tuple[int, int]] = field(default_factory=dict)
    supports: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def rows(self, table: pa.Table, file: int) -> Iterator[pa.Table]:
        """Yield the rows of one batch: one table of a long one, one a column of a wide one; then its empty series."""
        named = self.layout.columns
        supports = self._supports(table)
        if self.layout.kind == "across":
            own = _joined([_coded(table, column) for column in named.series], len(table))
            filled = np.zeros(len(table), dtype=np.bool_)
            for column in self._members(table):
                month, kind = self._stamp(column)
                months = np.full(len(table), month, dtype=np.int32)
                kinds = np.full(len(table), kind, dtype=np.int8)
                rows, kept = _rows(own, months, kinds, *_numbers(table[column]), supports, file)
                filled |= kept
                yield rows
            yield from _empty(own, filled, file)
            return
        months, kinds = self._months(table[named.period])
        if self.layout.kind == "long":
            own = _joined([_coded(table, column) for column in named.series], len(table))
            rows, kept = _rows(own, months, kinds, *_numbers(table[named.value]), supports, file)
            yield rows
            yield from _empty(own, kept, file)
            return
        for column in self._members(table):
            own = to_coded(to_texts([column]), np.zeros(len(table)))
            rows, kept = _rows(own, months, kinds, *_numbers(table[column]), supports, file)
            yield rows
            yield from _empty(own, kept, file)

    def _members(self, table: pa.Table) -> list[str]:
        """Return the columns of values that this batch has: files of a folder need not have all of them."""
        here = set(table.column_names)
        return [column for column in self.layout.members if column in here]

    def _stamp(self, text: str) -> tuple[int, int]:
        if text not in self.stamps:
            found = stamp(text)
            self.stamps[text] = (-1, -1) if found is None else (found.month, KINDS.index(found.kind))
        return self.stamps[text]

    def _months(self, column: Any) -> tuple[Any, Any]:
        """Return months and kinds [N]; a text is read once however often it stands."""
        import pyarrow as pa

        if pa.types.is_dictionary(column.type) and column.null_count:
            column = column.cast(column.type.value_type)
        coded = whole(column.dictionary_encode(null_encoding="encode"))
        read = np.array([self._stamp(_cell(one)) for one in coded.dictionary.to_pylist()], dtype=np.int32)
        places = to_numpy(coded.indices)
        return read.reshape(-1, 2)[places, 0], read.reshape(-1, 2)[places, 1].astype(np.int8)

    def _supports(self, table: pa.Table) -> Any:
        """Return [N] the place of the declared support, 1 up; 0 where none is declared, -1 where it is none."""
        named = self.layout.columns
        columns = [column for column in (named.support, named.lower, named.upper) if column]
        if not columns:
            return np.zeros(len(table), dtype=np.int8)
        cells = [
            _coded(table, column).to_pylist() if column in table.column_names else [""] * len(table)
            for column in (named.support, named.lower, named.upper)
        ]
        found = np.empty(len(table), dtype=np.int8)
        for row, key in enumerate(zip(*cells, strict=True)):
            if key not in self.supports:
                declared = key[0].strip() or bounded(key[1].strip(), key[2].strip())
                place = SUPPORTS.index(declared) + 1 if declared in SUPPORTS else -1
                self.supports[key] = 0 if not declared else place
            found[row] = self.supports[key]
        return found


def schema() -> pa.Schema:
    """Return the columns of normalised rows."""
    import pyarrow as pa

    return pa.schema(
        [
            ("series", pa.dictionary(pa.int32(), pa.string())),
            ("month", pa.int32()),
            ("kind", pa.int8()),
            ("support", pa.int8()),
            ("wrong", pa.int8()),
            ("file", pa.int32()),
            ("value", pa.float64()),
        ]
    )


def _rows(
    series: Any, months: Any, kinds: Any, values: Any, bad: Any, supports: Any, file: int
) -> tuple[pa.Table, Any]:
    """Return the rows that are not empty, and which [N] they are."""
    import pyarrow as pa

    wrong = np.where(bad, BAD_NUMBER, SOUND)
    wrong = np.where(supports < 0, BAD_SUPPORT, wrong)
    wrong = np.where(months < 0, BAD_PERIOD, wrong)
    nameless = np.isin(to_numpy(series.indices), np.flatnonzero([not text for text in series.dictionary.to_pylist()]))
    wrong = np.where(nameless, BAD_NAME, wrong).astype(np.int8)
    keep = ~(np.isnan(values) & (nameless | (wrong == SOUND)))  # an empty cell is no value, nor an empty line
    files = np.full(len(values), file, dtype=np.int32)
    numbers = [to_arrow(one) for one in (months, kinds, supports, wrong, files, values)]
    table = pa.Table.from_arrays([series, *numbers], schema=schema())
    return (table if keep.all() else table.filter(to_arrow(keep))), keep


def _empty(series: Any, filled: Any, file: int) -> Iterator[pa.Table]:
    """Yield one row for each series of which no row is filled [N], if there is one."""
    import pyarrow as pa

    if filled.all():
        return
    codes, count = to_numpy(series.indices), len(series.dictionary)
    seen, with_value = (np.bincount(one, minlength=count) > 0 for one in (codes, codes[filled]))
    named = np.array([bool(text) for text in series.dictionary.to_pylist()], dtype=np.bool_)
    alone = np.flatnonzero(seen & ~with_value & named)
    if len(alone):
        own = to_coded(series.dictionary.take(to_arrow(alone)), np.arange(len(alone)))
        wanted = schema()
        told = {"wrong": EMPTY, "file": file}
        numbers = [
            to_arrow(np.full(len(alone), told.get(column.name, 0), dtype=column.type.to_pandas_dtype()))
            for column in list(wanted)[1:]
        ]
        yield pa.Table.from_arrays([own, *numbers], schema=wanted)


def _coded(table: pa.Table, column: str) -> pa.DictionaryArray:
    """Return a column as trimmed texts, each once, by their places; a missing one is empty."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = table[column]
    if pa.types.is_dictionary(found.type) and found.null_count:
        found = found.cast(found.type.value_type)
    if not pa.types.is_dictionary(found.type):
        found = found.dictionary_encode(null_encoding="encode")
    found = whole(found)
    texts = found.dictionary
    if pa.types.is_binary(texts.type) or pa.types.is_large_binary(texts.type):
        texts = to_texts([_cell(one) for one in texts.to_pylist()])
    texts = texts if pa.types.is_string(texts.type) else texts.cast(pa.string())
    if texts.null_count:
        texts = to_texts([text or "" for text in texts.to_pylist()])
    once = pc.utf8_trim_whitespace(texts).dictionary_encode()
    indices = to_numpy(found.indices)
    return to_coded(once.dictionary, indices if len(once.dictionary) == len(texts) else to_numpy(once.indices)[indices])


def _joined(keys: list[Any], count: int) -> Any:
    """Return ids by their places, of one column or several that make them up."""
    if not keys:
        return to_coded(to_texts(["value"]), np.zeros(count))
    joined = keys[0]
    for key in keys[1:]:
        left, right = joined.dictionary.to_pylist(), key.dictionary.to_pylist()
        both = to_numpy(joined.indices).astype(np.int64) * len(right) + to_numpy(key.indices)
        coded = to_arrow(both).dictionary_encode()
        pairs = [divmod(pair, len(right)) for pair in coded.dictionary.to_pylist()]
        texts = to_texts([f"{left[first]}{JOINT}{right[second]}" for first, second in pairs])
        joined = to_coded(texts, to_numpy(coded.indices))
    return joined


def _numbers(column: Any) -> tuple[Any, Any]:
    """Return values [N], NaN where a cell is empty, and which cells hold no finite number."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        trimmed = pc.utf8_trim_whitespace(column)
        empty = to_numpy(pc.fill_null(pc.equal(trimmed, ""), fill_value=True))
        try:
            read = pc.if_else(to_arrow(empty), None, trimmed).cast(pa.float64())
        except pa.ArrowInvalid:
            import pandas as pd

            texts = trimmed.to_pandas().mask(empty)
            read = pa.chunked_array([pa.array(pd.to_numeric(texts, errors="coerce"), from_pandas=True)])
        values = _filled(read)
    else:
        values = _filled(column.cast(pa.float64(), safe=False))
        empty = np.isnan(values)
    bad = ~empty & ~np.isfinite(values)
    return np.where(bad, 0.0, np.where(empty, np.nan, values)) + 0.0, bad  # minus zero is zero


def _filled(column: Any) -> Any:
    """Return values [N], NaN where there is none."""
    return to_numpy(column.fill_null(float("nan")) if column.null_count else column)


def _cell(value: object) -> str:
    from forecast.tables.files import text

    return text(value)
