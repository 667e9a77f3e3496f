"""The voice of a document: one language's words, numbers, dates and periods."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from forecast.errors import InputError, near
from reports.figures import Figure, Span
from reports.page import LANGUAGES, Basis, Cell, Day, Jump, Language, Literally, Mark, Part, Slot, Text, Words
from series.periods import Period
from series.precision import chance

DASH = "–"
_SLOT = re.compile(r"\{(\w+)\}")


@functools.cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every message by key, in every language."""
    text = importlib.resources.files("reports").joinpath("messages.toml").read_text("utf-8")
    messages: dict[str, Mapping[str, str]] = {}
    _flatten("", tomllib.loads(text), messages)
    return messages


def _flatten(prefix: str, node: Mapping[str, object], into: dict[str, Mapping[str, str]]) -> None:
    """Collect the leaves of the catalogue, which are the tables that hold the languages."""
    if "en" in node:
        into[prefix.rstrip(".")] = {language: str(node[language]) for language in node}
        return
    for name, child in node.items():
        if isinstance(child, Mapping):
            _flatten(f"{prefix}{name}.", child, into)


def of(language: str) -> Voice:
    """Return the voice of `language`.

    Raises:
        InputError: if there is no such language.
    """
    if language not in LANGUAGES:
        raise InputError(f"language '{language}' is unknown.{near(language, LANGUAGES)} Known: {', '.join(LANGUAGES)}")
    return Voice(language)


@dataclass(frozen=True, slots=True)
class Voice:
    """Says texts, figures, periods and days in one language."""

    language: Language

    def template(self, key: str) -> str:
        """Return the message `key`, its slots still open."""
        try:
            return catalogue()[key][self.language]
        except KeyError:
            raise InputError(f"message '{key}' has no words in '{self.language}'; add it to messages.toml") from None

    def parts(self, text: Text) -> Iterator[Part]:
        """Yield the words and the figures of a text in order, so that a renderer can link the figures."""
        if isinstance(text, Literally):
            yield text.zh if self.language == "zh" else text.en
            return
        template = self.template(text.key)
        at = 0
        for match in _SLOT.finditer(template):
            yield template[at : match.start()]
            yield from self._slot(text, match[1])
            at = match.end()
        yield template[at:]

    def _slot(self, text: Words, name: str) -> Iterator[Part]:
        """Yield what goes into one slot."""
        if name not in text.slots:
            raise InputError(f"message '{text.key}' wants '{name}'; it was given {', '.join(text.slots) or 'nothing'}")
        slot: Slot = text.slots[name]
        if isinstance(slot, (Figure, Span, Basis)):
            yield slot
        elif isinstance(slot, (Literally, Words)):
            yield from self.parts(slot)
        elif isinstance(slot, (Period, Day)):
            yield self.when(slot)
        else:
            yield slot

    def say(self, text: Text) -> str:
        """Return the text as a plain string."""
        return "".join(self._plain(part) for part in self.parts(text)).strip()

    def _plain(self, part: Part) -> str:
        """Return a part of a text where nothing can be linked: sources then stay unsaid."""
        if isinstance(part, Basis):
            return ""
        return part if isinstance(part, str) else self.quantity(part)

    def cell(self, cell: Cell, unit: str = "") -> str:
        """Return a table cell as a plain string; figures in the column's own `unit` stand without it."""
        if isinstance(cell, (Figure, Span)):
            first = cell.low if isinstance(cell, Span) else cell
            return self.bare(cell) if unit and first.unit == unit else self.quantity(cell)
        if isinstance(cell, Period):
            return str(cell) if cell.frequency else self.when(cell)
        if isinstance(cell, Day):
            return self.when(cell)
        if isinstance(cell, Mark):
            return self.template(f"status.{cell.status}")
        if isinstance(cell, Basis):
            return ", ".join(cell.ids)
        if isinstance(cell, Jump):
            return cell.name
        return self.say(cell)

    def quantity(self, value: Figure | Span) -> str:
        """Return a figure or a span with its unit, as running text wants it."""
        first = value.low if isinstance(value, Span) else value
        if first.value is None:
            return DASH
        shown = self.bare(value)
        if self.language == "zh" and isinstance(value, Span) and self.unit(first.unit) == "%":
            shown = self.template("unit.to").join(f"{end}%" for end in shown.split(self.template("unit.to")))[:-1]
        return self.template(f"unit.{_unit_key(first.unit)}").replace("{value}", shown)

    def bare(self, value: Figure | Span) -> str:
        """Return a figure or a span in this language's scale, without its unit."""
        if isinstance(value, Span):
            if value.low.value is None or value.high.value is None:
                return DASH
            if self.bare(value.low) == self.bare(value.high):
                return self.bare(value.low)
            spoken = value.low.unit == "probability" or value.low.value < 0  # a dash beside a minus would be two signs
            link = "unit.to_words" if spoken else "unit.to"
            return f"{self.bare(value.low)}{self.template(link)}{self.bare(value.high)}"
        if value.value is None:
            return DASH
        if value.unit in ("probability", "coverage"):
            return chance(value.value, sure=value.unit == "coverage")
        scaled = self.scaled(value.value, value.unit, value.last)
        return (f"{scaled:,f}" if self.language == "en" else f"{scaled:f}").replace("-", "−")

    def scaled(self, value: Decimal, unit: str, last: int | None = None) -> Decimal:
        """Return an amount in the scale that this language counts in: billions in English, 亿 in Chinese.

        Where nobody says which digit is the `last`, a whole number of billions stays one.
        """
        if self.language != "en" or not unit.endswith("100m"):
            return value
        billions = value.scaleb(-1)
        if last is not None:
            return billions.quantize(Decimal(1).scaleb(min(0, last - 1)))
        whole = "." not in str(value) and billions == billions.to_integral_value()
        return billions.quantize(Decimal(1)) if whole else billions

    def unit(self, unit: str) -> str:
        """Return the name of a unit as a column or an axis shows it."""
        return self.template(f"unit.name.{_unit_key(unit)}")

    def when(self, moment: Period | Day) -> str:
        """Return a period or a date."""
        if isinstance(moment, Day):
            day = moment.date
            text = self.template(f"date.{moment.precision}")
            return text.format(day=day.day, month=self.month(day.month), year=day.year)
        year, first, last = moment.start // 12, moment.start % 12 + 1, moment.end % 12 + 1
        if moment.frequency == "annual":
            return self.template("date.year").format(year=year)
        if moment.frequency == "quarterly":
            return self.template("date.quarter").format(year=year, quarter=first // 3 + 1)
        if moment.frequency == "monthly":
            return self.template("date.month").format(year=year, month=self.month(first))
        slots = {"year": year, "first": self.month(first), "last": self.month(last), "last_year": moment.end // 12}
        return self.template("date.span" if slots["last_year"] == year else "date.long_span").format(**slots)

    def evidence(self, as_of: Day | Text | None) -> str:
        """Return up to when the evidence of a page goes, or what else it rests on."""
        if isinstance(as_of, (Words, Literally)):
            return self.say(as_of)
        if as_of is None:
            return self.template("page.all_evidence")
        return self.template("page.as_of").replace("{date}", self.when(as_of))

    def mark(self, name: str) -> str:
        """Return a mark of punctuation, which Chinese has in its own width and without a space."""
        return self.template(f"mark.{name}")

    def bracketed(self, text: str) -> str:
        """Return text in brackets, to stand behind another."""
        return self.template("mark.brackets").replace("{text}", text)

    def month(self, number: int) -> str:
        """Return the name of a month."""
        return self.template("date.months").split(" ")[number - 1]


def _unit_key(unit: str) -> str:
    return unit.lower().replace(" ", "_")
