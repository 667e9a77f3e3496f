from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.errors import InputError
from forecast.hierarchies.structure import find_structure


def test_series_without_parts_in_their_ids_have_one_total() -> None:
    found = find_structure(["a", "b", "c"])
    assert found.names == ("total", "a", "b", "c")
    np.testing.assert_array_equal(found.sums.toarray(), [[1, 1, 1]])
    assert find_structure(["a", "World", "b"]).names == ("World", "a", "b")


def test_ids_of_several_parts_have_a_whole_for_every_beginning() -> None:
    names = ["CN/Dalian/ITO", "CN/Dalian/BPO", "CN/Xiamen/ITO", "CN/Xiamen/BPO", "IN/Pune/ITO"]
    found = find_structure(names, ("country", "city", "type"))
    assert found.wholes == ("total", "CN", "CN/Dalian", "CN/Xiamen")
    assert found.levels == ("total", "country", "country / city", "country / city")
    parts = dict(found.parts())
    assert parts["CN"] == tuple(names[:4])
    assert parts["CN/Xiamen"] == tuple(names[2:4])


def test_given_wholes_keep_their_names() -> None:
    found = find_structure(["CN/", "CN/Dalian", "CN/Xiamen", "Total/", "IN/Pune", "IN/Delhi"])
    assert found.wholes == ("Total/", "CN/", "IN")


def test_an_id_that_others_begin_with_is_their_whole() -> None:
    found = find_structure(["IN/Pune", "CN", "CN/Dalian", "CN/Xiamen", "IN/Delhi"])
    assert dict(found.parts()) == {
        "total": ("IN/Pune", "CN/Dalian", "CN/Xiamen", "IN/Delhi"),
        "CN": ("CN/Dalian", "CN/Xiamen"),
        "IN": ("IN/Pune", "IN/Delhi"),
    }
    assert dict(zip(found.wholes, found.levels, strict=True)) == {"total": "total", "CN": "level 1", "IN": "level 1"}


def test_ids_of_uneven_depth_have_a_whole_for_every_beginning_too() -> None:
    found = find_structure(["CN/a", "CN/b", "IN/a/x", "IN/a/y", "IN/b", "US"])
    assert dict(found.parts()) == {
        "total": ("CN/a", "CN/b", "IN/a/x", "IN/a/y", "IN/b", "US"),
        "IN": ("IN/a/x", "IN/a/y", "IN/b"),
        "CN": ("CN/a", "CN/b"),
        "IN/a": ("IN/a/x", "IN/a/y"),
    }


def test_every_whole_of_the_data_is_used_and_no_other_is_made_for_the_same_parts() -> None:
    assert find_structure(["CN", "CN/Dalian", "CN/Xiamen"]).names == ("CN", "CN/Dalian", "CN/Xiamen")
    assert find_structure(["CN", "CN/Dalian", "IN/Pune"]).wholes == ("total", "CN")
    assert find_structure(["total", "CN/", "CN/Dalian", "CN/Xiamen"]).wholes == ("total", "CN/")


@given(st.permutations(["CN", "CN/a", "CN/b", "CN/b/x", "CN/b/y", "IN/a", "IN/c/z", "IN/c/w", "US"]))
def test_no_series_is_counted_twice_or_left_out(names: list[str]) -> None:
    found = find_structure(names)
    assert set(found.names) >= set(names)
    assert not set(found.wholes) & set(found.bottom)
    for whole, parts in found.parts():
        assert set(parts) == {name for name in found.bottom if whole == "total" or name.startswith(f"{whole}/")}


def test_the_same_hierarchy_by_name_is_the_same_for_every_order() -> None:
    names = ["IN/Pune", "CN/Dalian", "IN/Delhi", "CN/Xiamen", "CN"]
    (one, order), (two, _) = (find_structure(some).by_name() for some in (names, names[::-1]))
    assert one.names == two.names == ("CN", "IN", "total", "CN/Dalian", "CN/Xiamen", "IN/Delhi", "IN/Pune")
    assert tuple(np.array(find_structure(names).names)[order]) == one.names
    np.testing.assert_array_equal(one.sums.toarray(), [[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]])
    np.testing.assert_array_equal(one.sums.toarray(), two.sums.toarray())


def test_sums_are_declared() -> None:
    found = find_structure(["a", "b", "c", "d"], declared="ab=a+b; all = ab + c")
    assert found.names == ("all", "ab", "a", "b", "c")
    np.testing.assert_array_equal(found.sums.toarray(), [[1, 1, 1], [1, 1, 0]])


def test_the_hierarchy_of_some() -> None:
    found = find_structure(["x/a", "x/b", "y/a", "y/b"]).only(["x/a", "y/a", "y/b"])
    assert found.names == ("total", "y", "x/a", "y/a", "y/b")


@pytest.mark.parametrize(
    ("names", "declared", "said"),
    [
        (["a"], None, "nothing to add up"),
        (["total"], None, "nothing to add up"),
        (["CN", "CN/", "CN/a", "CN/b"], None, "series 'CN' and 'CN/' stand for the same whole"),
        (["World", "a", "total", "b"], None, "series 'World' and 'total' stand for the same whole"),
        (["a", "b"], "ab", "'ab' is no sum"),
        (["a", "b"], "ab=a", "is no sum"),
        (["a", "b"], "", "nothing to add up"),
        (["alpha", "b"], "ab=alpa+b", "Did you mean 'alpha'"),
        (["a", "b"], "x=a+y;y=b+x", "a part of itself"),
        (["a", "b"], "=a+b", "'=a\\+b' is no sum"),
        (["a", "b", "c"], "x=a+b;x=b+c", "'x' is declared twice; write one sum for it"),
        (["a", "b"], "x=a+a+b", "'a' is counted twice in 'x'; name each part once"),
        (["a", "b"], "x=a+a", "'a' is counted twice in 'x'"),
        (["a", "b"], "x=a+y;y=a+b", "'a' is counted twice in 'x'; name each part once, itself or within another"),
    ],
)
def test_what_is_no_hierarchy_is_told(names: list[str], declared: str | None, said: str) -> None:
    with pytest.raises(InputError, match=said):
        find_structure(names, declared=declared)
