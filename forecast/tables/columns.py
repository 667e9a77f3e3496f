"""Columns: what each column of a table means, as the user named it or as names and first rows let guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from forecast.calendars import stamp
from forecast.errors import InputError, near
from forecast.errors import named as listed

NAMES = {
    "series": ("series", "id", "unique_id", "name", "item_id", "指标", "名称"),
    "period": ("period", "date", "ds", "time", "timestamp", "year", "month", "quarter", "时期", "日期", "年份", "月份"),
    "value": ("value", "y", "target", "数值"),
    "unit": ("unit", "单位"),
    "support": ("support",),
    "lower": ("lower", "lower_bound"),
    "upper": ("upper", "upper_bound"),
}
META = ("unit", "support", "lower", "upper")
SHOWN = 12
JOINT = "/"
"""What stands between the parts of an id that comes from several columns."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns the user named for each role; what is left empty is guessed.

    Attributes:
        series: the column of ids, or several, outermost first: together they are the id.
        period: the column of periods.
        value: the column of figures.
        unit: the column of units.
        support: the column that says real, positive, power, share or percent.
        lower: the column of lowest possible values.
        upper: the column of highest possible values.
    """

    series: tuple[str, ...] = ()
    period: str = ""
    value: str = ""
    unit: str = ""
    support: str = ""
    lower: str = ""
    upper: str = ""

    @classmethod
    def parse(cls, text: str | None) -> Columns:
        """Read `series=country+city,period=year,value=usd`.

        Raises:
            InputError: if a part is no ROLE=NAME, or names an unknown role.
        """
        found: dict[str, str] = {}
        roles = [field.name for field in fields(cls)]
        for part in filter(None, (text or "").split(",")):
            role, equals, name = (piece.strip() for piece in part.partition("="))
            if not equals or not name:
                raise InputError(f"'{part.strip()}' names no column; write series=country+city,period=year,value=usd")
            if role not in roles:
                raise InputError(f"role '{role}' is unknown.{near(role, roles)} Known: {', '.join(roles)}")
            if role in found:
                raise InputError(f"'{text}' names two columns for the role {role}; name one, or join ids with +")
            found[role] = name
        series = tuple(name.strip() for name in found.pop("series", "").split("+") if name.strip())
        return cls(series, **found)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where series, periods and values stand in a table.

    Attributes:
        kind: long (a row a value), down (periods down, a column a series) or across (periods across the head).
        columns: the columns that play a role.
        members: the columns with values, where there are several: one a series (down) or a period (across).
        guessed: whether a role was taken from the values because no name told it.
        unused: columns with something in them that play no role, unless the user named the one of values.
    """

    kind: Literal["long", "down", "across"]
    columns: Columns
    members: tuple[str, ...] = ()
    guessed: bool = False
    unused: tuple[str, ...] = ()

    def needed(self) -> frozenset[str]:
        """Return the columns that say anything."""
        named = self.columns
        roles = (named.period, named.value, *(getattr(named, role) for role in META))
        return frozenset(filter(None, (*named.series, *roles, *self.members)))

    @property
    def measure(self) -> str:
        """The name of the column of values, empty where it is one that any values could have."""
        name = self.columns.value
        return "" if name.strip().lower() in NAMES["value"] else name

    def said(self, name: str) -> list[str]:
        """Return what a user should know of how the table of that name is read: guesses, and columns not used."""
        told = [f"{name}: read as {self.described()}"] if self.guessed else []
        if self.unused:
            read = (
                f"values are read from {self.columns.value}" if self.columns.value else "values stand below the periods"
            )
            unused = listed(self.unused, SHOWN)
            told.append(f"{name}: columns that are not used: {unused}; {read}, and no model takes other columns")
        return told

    def described(self) -> str:
        """Say what was taken for what."""
        roles = [("series", f" {JOINT} ".join(self.columns.series)), ("period", self.columns.period)]
        roles += [("value", self.columns.value)]
        said = ", ".join(f"{role} = {name}" for role, name in roles if name)
        if self.kind == "long":
            return said
        what = "series" if self.kind == "down" else "periods"
        return (
            f"{said}{', ' if said else ''}{what} = {self.members[0]} … {self.members[-1]} ({len(self.members)} columns)"
        )


def arrange(name: str, head: Sequence[str], sample: Sequence[Sequence[str]], named: Columns | None = None) -> Layout:
    """Return what the columns of a table mean, given some of its first rows as text.

    Raises:
        InputError: if a column is named that is not there, or roles remain open; the message lists the columns.
    """
    named = named or Columns()
    for column in filter(None, [*named.series, *(getattr(named, role) for role in ("period", "value", *META))]):
        if column not in head:
            raise InputError(f"{name} has no column '{column}'.{near(column, head)} Its columns are {', '.join(head)}")
    known = replace(
        named,
        series=named.series or tuple(filter(None, [_role(head, "series")])),
        **{role: getattr(named, role) or _role(head, role) for role in ("period", "value", *META)},
    )
    cells = {column: [row[at].strip() for row in sample if row[at].strip()] for at, column in enumerate(head)}
    known = _without_series(known, named, cells)
    taken = {known.period, known.value, *known.series, *(getattr(known, role) for role in META)}
    free = [column for column in head if column not in taken]
    across = [column for column in free if stamp(column)]
    filled = [column for column in head if cells[column] or column in across]
    if not known.value and len(across) > 1 and filled[-len(across) :] == across:
        keys = known.series or tuple(column for column in free if column in filled and column not in across)
        keys = keys or tuple(filter(None, [known.period]))
        left = tuple(column for column in free if column in filled and column not in (*keys, *across))
        return Layout("across", replace(known, series=keys, period=""), tuple(across), unused=left)
    guessed = False
    if not known.period:
        found = next((column for column in free if cells[column] and all(map(stamp, cells[column]))), "")
        known, guessed = replace(known, period=found), bool(found)
        free = [column for column in free if column != found]
    numbers = [column for column in free if 2 * sum(map(_is_number, cells[column])) >= len(cells[column])]
    texts = tuple(column for column in free if column not in numbers)
    if not known.period:
        raise _open(name, head, known)
    if not known.value and not known.series and (not texts or not numbers):
        if not free:
            raise _open(name, head, known)
        return Layout("down", known, tuple(free), guessed)
    if not known.series and texts:
        known, guessed = replace(known, series=texts), True
    if not known.value:
        if len(numbers) != 1:
            raise _open(name, head, known)
        known, guessed = replace(known, value=numbers[0]), True
    rest = [column for column in free if column and cells[column] and column not in (*known.series, known.value)]
    return Layout("long", known, (), guessed, () if named.value else tuple(rest))


def _without_series(known: Columns, named: Columns, cells: Mapping[str, Sequence[str]]) -> Columns:
    """Take back the roles of columns of a wide table that hold a series: numbers for units, bounds that move."""
    roles = {role: column for role in META if (column := getattr(known, role)) and not getattr(named, role)}
    others = [column for column in cells if column not in (known.period, *roles.values())]
    if known.value or known.series or any(not all(map(_is_number, cells[column])) for column in others):
        return known
    own: dict[str, Any] = {
        role: ""
        for role, column in roles.items()
        if cells[column]
        and all(map(_is_number, cells[column]))
        and (role in ("unit", "support") or len(set(cells[column])) > 1)
    }
    return replace(known, **own)


def _role(head: Sequence[str], role: str) -> str:
    lower = {column.lower(): column for column in head}
    return next((lower[name] for name in NAMES[role] if name in lower), "")


def _is_number(text: str) -> bool:
    try:
        float(text.rstrip("%").replace(",", ""))
    except ValueError:
        return False
    return True


def _open(name: str, head: Sequence[str], known: Columns) -> InputError:
    wanted = [role for role in ("period", "value") if not getattr(known, role)]
    shown = ", ".join(column or "one without a name" for column in head)
    return InputError(
        f"{name} has no column {' and no column '.join(wanted)}; its columns are {shown}; "
        "give columns series, period, value, or a period column and one column a series, "
        "or name them: --columns series=…,period=…,value=…"
    )
