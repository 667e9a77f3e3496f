"""Manifests: what a run was made from and what it left, sealed so that a reader can tell whether to trust it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from forecast.errors import EvidenceError

NAME = "manifest.json"
Outcome = Literal["complete", "unchanged"]


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a run."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run was made from and what it left.

    Attributes:
        id: name of the run and of its folder.
        job: the schedule that asked for it, or `manual`.
        slot: the moment it was due, in UTC; for a manual run the moment it was made.
        made: the moment it was made, in UTC.
        as_of: the last day whose publications it used.
        outcome: complete, or unchanged where nothing it rests on had changed since the run `same_as`.
        same_as: that run, or empty.
        inputs: hash of everything it was made from.
        seed: the seed of whatever was simulated.
        engine: reference or batch.
        versions: of our code and of the libraries that compute.
        files: what it left.
        evidence: hash of the statements, decisions, sources and claims it knew; empty in runs made before it was kept.
    """

    id: str
    job: str
    slot: str
    made: str
    as_of: str
    outcome: Outcome
    same_as: str
    inputs: str
    seed: int
    engine: str
    versions: Mapping[str, str]
    files: tuple[Kept, ...]
    evidence: str = ""

    def __post_init__(self) -> None:
        if self.outcome not in get_args(Outcome):
            raise EvidenceError(
                f"run {self.id}: outcome '{self.outcome}' is unknown; use {', '.join(get_args(Outcome))}"
            )

    def sealed(self) -> str:
        """Return the manifest as the text of its file; the seal is the hash of all the rest."""
        body = _body(self)
        return json.dumps(body | {"seal": _seal(body)}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def describe(folder: Path, manifest: Manifest) -> Manifest:
    """Return the manifest with every file under `folder` listed."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return replace(manifest, files=tuple(_kept(folder, path) for path in files))


def read(folder: Path) -> Manifest:
    """Return the manifest of a run folder, its own seal checked.

    Raises:
        EvidenceError: if it is missing, unreadable, or not as it was sealed.
    """
    try:
        body: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        seal = body.pop("seal")
        kept = tuple(Kept(**entry) for entry in body.pop("files"))
        manifest = Manifest(**body, files=kept)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise EvidenceError(f"run {folder.name}: the manifest is missing or cannot be read") from None
    if seal != _seal(_body(manifest)) or manifest.id != folder.name:
        raise EvidenceError(f"run {folder.name}: the manifest is not as it was sealed")
    return manifest


def check(folder: Path) -> Manifest:
    """Return the manifest of a run folder after comparing every file with it.

    Raises:
        EvidenceError: naming the first file that is missing, changed or not listed.
    """
    manifest = read(folder)
    there = describe(folder, manifest).files
    listed = {kept.path: kept for kept in manifest.files}
    for kept in there:
        if kept.path not in listed:
            raise EvidenceError(f"run {folder.name}: {kept.path} is not in the manifest")
        if kept != listed.pop(kept.path):
            raise EvidenceError(f"run {folder.name}: {kept.path} is not as it was written")
    if listed:
        raise EvidenceError(f"run {folder.name}: {min(listed)} is missing")
    return manifest


def _kept(folder: Path, path: Path) -> Kept:
    content = path.read_bytes()
    return Kept(path.relative_to(folder).as_posix(), len(content), hashlib.sha256(content).hexdigest())


def _body(manifest: Manifest) -> dict[str, Any]:
    """Return what is sealed; what an earlier manifest did not have is not in its seal."""
    body = asdict(manifest)
    if not manifest.evidence:
        del body["evidence"]
    return body


def _seal(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
