from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from forecast.archive import manifests, runs
from forecast.archive.manifests import NAME, Manifest
from forecast.errors import EvidenceError


def make(
    name: str = "20261101T0100Z-outlook-00000000", job: str = "outlook", slot: str = "2026-11-01T01:00:00+00:00"
) -> Manifest:
    return Manifest(name, job, slot, slot, "2026-11-01", "complete", "", "ab", 0, "batch", {"numpy": "2"}, ())


def fill(folder: Path) -> None:
    (folder / "reports").mkdir()
    (folder / "reports" / "index.html").write_text("<p>1634.3</p>")
    (folder / "claims.json").write_text("[]")


def test_a_run_lists_its_files_with_their_hashes(tmp_path: Path) -> None:
    run = runs.write(tmp_path, make(), fill)
    assert [kept.path for kept in run.files] == ["claims.json", "reports/index.html"]
    assert manifests.check(tmp_path / run.id) == run


@pytest.mark.parametrize("harm", ["change", "remove", "add", "half", "edit", "rename"])
def test_any_harm_to_a_run_is_seen(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / runs.write(tmp_path, make(), fill).id
    if harm == "change":
        (folder / "claims.json").write_text("[ ]")
    elif harm == "remove":
        (folder / "claims.json").unlink()
    elif harm == "add":
        (folder / "more.txt").write_text("x")
    elif harm == "half":
        text = (folder / NAME).read_text()
        (folder / NAME).write_text(text[: len(text) // 2])
    elif harm == "edit":
        body = json.loads((folder / NAME).read_text())
        (folder / NAME).write_text(json.dumps(body | {"as_of": "2020-01-01"}))
    else:
        folder = folder.rename(tmp_path / "other")
    with pytest.raises(EvidenceError):
        manifests.check(folder)
    shelf = runs.scan(tmp_path)
    assert (shelf.runs, len(shelf.findings)) == ((), 1)


def test_what_was_known_is_sealed_and_a_run_from_before_it_was_kept_still_verifies(tmp_path: Path) -> None:
    old = tmp_path / runs.write(tmp_path, make(), fill).id
    assert "evidence" not in json.loads((old / NAME).read_text())
    assert manifests.check(old).evidence == ""
    new = tmp_path / runs.write(tmp_path, dataclasses.replace(make("new"), evidence="ab"), fill).id
    assert manifests.check(new).evidence == "ab"
    body = json.loads((new / NAME).read_text())
    (new / NAME).write_text(json.dumps(body | {"evidence": "cd"}))
    with pytest.raises(EvidenceError, match="not as it was sealed"):
        manifests.check(new)
