"""Arrays: between NumPy and Arrow by their buffers: no copy, and none of the pandas that pyarrow's own ways import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa


def to_arrow(values: Any) -> pa.Array:
    """Return numbers [N] as an Arrow array on the same memory; truths are packed."""
    import pyarrow as pa

    if values.dtype == np.bool_:
        packed = pa.py_buffer(np.packbits(values, bitorder="little"))
        return pa.Array.from_buffers(pa.bool_(), len(values), [None, packed])
    flat = np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.from_numpy_dtype(flat.dtype), len(flat), [None, pa.py_buffer(flat)])


def to_numpy(column: Any) -> Any:
    """Return the numbers [N] of an Arrow column without nulls; those of one piece are not copied."""
    pieces = getattr(column, "chunks", [column])
    if len(pieces) == 1:
        return _plain(pieces[0])
    return np.concatenate([_plain(one) for one in pieces]) if pieces else np.zeros(0, column.type.to_pandas_dtype())


def to_texts(values: Sequence[str]) -> pa.Array:
    """Return texts as an Arrow array."""
    import pyarrow as pa

    written = [value.encode() for value in values]
    ends = np.zeros(len(written) + 1, dtype=np.int32)
    np.cumsum([len(one) for one in written], out=ends[1:])
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(written))]
    return pa.Array.from_buffers(pa.string(), len(written), buffers)


def to_coded(texts: pa.Array, places: Any) -> pa.DictionaryArray:
    """Return texts by their places [N] in a short array of them."""
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(to_arrow(places.astype(np.int32, copy=False)), texts)


def whole(column: Any) -> Any:
    """Return a column of coded texts as one array, whatever pieces and dictionaries it had."""
    import pyarrow as pa

    if not isinstance(column, pa.ChunkedArray):
        return column
    joined = column.unify_dictionaries().combine_chunks()
    return joined.chunk(0) if isinstance(joined, pa.ChunkedArray) and joined.num_chunks else joined


def _plain(array: Any) -> Any:
    if not len(array):
        return np.zeros(0, array.type.to_pandas_dtype())
    kind = np.dtype(array.type.to_pandas_dtype())
    if kind == np.bool_:
        bits = np.frombuffer(array.buffers()[1], np.uint8)
        return np.unpackbits(bits, bitorder="little")[array.offset : array.offset + len(array)].astype(np.bool_)
    return np.frombuffer(array.buffers()[1], kind, len(array), array.offset * kind.itemsize)
