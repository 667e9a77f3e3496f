from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest

from forecast.scale.arrays import to_arrow, to_coded, to_numpy, to_texts, whole


@pytest.mark.parametrize("values", [[1.5, np.nan, 3.0], [1, 2, 3], [True, False, True, True] * 5], ids=str)
def test_numbers_go_there_and_back(values: list[float]) -> None:
    array = to_arrow(np.array(values))
    np.testing.assert_array_equal(np.array(array.to_pylist()), values)
    np.testing.assert_array_equal(to_numpy(array), values)
    np.testing.assert_array_equal(to_numpy(array[1:]), values[1:])
    np.testing.assert_array_equal(to_numpy(pa.chunked_array([array[2:], array])), values[2:] + values)
    assert len(to_numpy(array[:0])) == 0


def test_texts_are_kept_once_whatever_pieces_they_come_in() -> None:
    first = to_coded(to_texts(["大连", "b"]), np.array([0, 1, 1]))
    second = to_coded(to_texts(["b", ""]), np.array([1, 0]))
    found = whole(pa.chunked_array([first, second]))
    assert found.to_pylist() == ["大连", "b", "b", "", "b"]
    assert found.dictionary.to_pylist() == ["大连", "b", ""]
    assert whole(first) is first


def test_nothing_here_imports_pandas() -> None:
    program = (
        "import sys, numpy as np; from forecast.scale.arrays import *; "
        "to_numpy(to_arrow(np.arange(3))); whole(to_coded(to_texts(['a']), np.zeros(2))); "
        "sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
