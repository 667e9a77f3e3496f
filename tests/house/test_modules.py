"""House rules that are read off the tree."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for layer in ("series", "forecast", "reports") for path in (ROOT / layer).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
HOMELESS = {"utils", "helpers", "common", "misc", "core", "core2", "util", "helper"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_one_concept(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert path.stem not in HOMELESS


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_public_function_is_named_like_its_module(path: Path) -> None:
    if path.parent.parent.name == "cli" or path.parent.name == "cli":
        return  # a command is called by its file's name on purpose
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert path.stem not in functions


def test_tests_are_no_packages_and_each_module_is_found_once() -> None:
    assert MODULES
    assert not [path for path in TESTS if path.name == "__init__.py"]


def test_locks_hold_names_versions_and_hashes_only() -> None:
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    assert locks
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"^\s*--(index|extra-index|find|trusted)", text, re.MULTILINE)
        entries = re.split(r"\n(?=\S)", text.strip())
        unhashed = [
            entry.split()[0] for entry in entries if not entry.startswith("#") and "--hash=sha256:" not in entry
        ]
        assert not unhashed


def test_every_dependency_is_justified() -> None:
    declared = set(
        re.findall(r'^  "([a-z0-9-]+)>=', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    )
    extras = re.findall(
        r"^(?:prophet|reports|extract|dask) = \[(.*)\]", (ROOT / "pyproject.toml").read_text("utf-8"), re.M
    )
    declared |= {match for line in extras for match in re.findall(r'"([a-z0-9-]+)>=', line)}
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    missing = [entry for entry in sorted(declared) if f"`{entry}`" not in architecture]
    assert declared
    assert not missing
