from __future__ import annotations

import errno
from pathlib import Path

import pytest

from forecast.errors import InputError
from reports import documents
from reports.inputs import Inputs
from reports.page import Language


def test_a_build_writes_the_files_it_names_and_nothing_else(inputs: Inputs, tmp_path: Path) -> None:
    written = documents.build(inputs, tmp_path, languages=("en", "zh"))
    assert [path.name for path in written] == ["index.html", "outlook.md", "index.zh.html", "outlook.zh.md"]
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in written}


@pytest.mark.parametrize(
    ("languages", "names"),
    [
        (("zh",), ["index.zh.html", "outlook.zh.md"]),
        (("zh", "en"), ["index.zh.html", "outlook.zh.md", "index.html", "outlook.md"]),
    ],
)
def test_a_name_tells_the_language_whatever_else_is_built(
    inputs: Inputs, tmp_path: Path, languages: tuple[Language, ...], names: list[str]
) -> None:
    assert [path.name for path in documents.build(inputs, tmp_path, languages=languages)] == names


def test_two_builds_are_byte_identical(inputs: Inputs, tmp_path: Path) -> None:
    one = [path.read_bytes() for path in documents.build(inputs, tmp_path / "a", formats=("html", "md"))]
    two = [path.read_bytes() for path in documents.build(inputs, tmp_path / "b", formats=("html", "md"))]
    assert one == two


@pytest.mark.parametrize("wrong", [{"names": ["outlok"]}, {"languages": ["fr"]}, {"formats": ["doc"]}])
def test_what_is_unknown_is_said_and_nothing_is_written(inputs: Inputs, tmp_path: Path, wrong: dict) -> None:
    with pytest.raises(InputError, match="unknown"):
        documents.build(inputs, tmp_path, **wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_named_and_leaves_what_was_there(
    inputs: Inputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = documents.build(inputs, tmp_path, formats=("md",))
    before = old.stat().st_mtime_ns
    left = iter([None])

    def sync(_: int) -> None:
        if next(left, "none") == "none":
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(documents.os, "fsync", sync)
    with pytest.raises(OSError, match=r"No space left on device: .*index\.html"):
        documents.build(inputs, tmp_path, formats=("md", "html"))
    assert list(tmp_path.iterdir()) == [old]
    assert old.stat().st_mtime_ns == before


def test_the_summary_fits_a_terminal(inputs: Inputs) -> None:
    text = documents.summary(inputs, width=78)
    assert "USD\u00a0163.43\u00a0bn" in text
    assert max(len(line) for line in text.splitlines()) <= 90
