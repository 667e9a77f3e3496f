"""`forecast claim`: list published claims and check them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from forecast.cli.options import AsOf, Engine, Ledger, day, own_ledger
from forecast.cli.output import Json, document, say, table

app = typer.Typer(
    help="Check published claims and keep their score.",
    epilog="Example: forecast claim check C02",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.command("list", epilog="Example: forecast claim list --json")
def listing(as_json: Json = False) -> None:
    """List the claims of the ledger."""
    from forecast import claims

    entries = claims.listing()
    if as_json:
        document({"claims": entries})
        return
    rows = [
        [entry["id"], entry["claimant"], entry["made"], entry["text"]["en"], "yes" if entry["checkable"] else "no"]
        for entry in entries
    ]
    table("Published claims", ["id", "claimant", "made", "what is claimed", "checkable"], rows)


@app.command(epilog='Example: forecast claim check --text "KPO will exceed 50% of offshore outsourcing by 2030"')
def check(
    claim: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The claim's id, as `claim list` prints it.")
    ] = None,
    text: Annotated[
        str | None,
        typer.Option(metavar="SENTENCE", help="A claim in a sentence of English or Chinese, instead of an id."),
    ] = None,
    made: Annotated[
        str | None, typer.Option(metavar="DATE", help="When the sentence was said (2023-09-01, 2023-09 or 2023).")
    ] = None,
    pick: Annotated[
        int | None, typer.Option(metavar="N", help="Which claim of a sentence that makes several, from 1.")
    ] = None,
    as_of: AsOf = None,
    engine: Engine = "reference",
    ledger: Ledger = None,
    as_json: Json = False,
) -> None:
    """Judge a claim: what it demands, what it would take, and how likely that is, then and now."""
    from forecast import claims
    from forecast.errors import InputError

    if (claim is None) == (text is None):
        raise InputError("give the id of a claim, or a sentence with --text; not both. Ids: forecast claim list")
    if claim is not None:
        if made is not None or pick is not None:
            raise InputError("--made and --pick go with --text; a claim of the ledger has its date")
        verdict = claims.check(claim, day(as_of), engine, own_ledger(ledger))
    else:
        verdict = claims.check_text(text or "", day(made), pick, day(as_of), engine, own_ledger(ledger))
    if as_json:
        document(verdict)
        return
    _print(verdict)


def _print(verdict: dict[str, Any]) -> None:
    understood = verdict.get("understood")
    if understood:
        say(f"Understood: {understood['text']}")
        for note in understood["notes"]:
            say(f"· {note}")
        say(f"Verdict: {verdict['verdict']}\n")
    else:
        say(f"{verdict['id']} · {verdict['claimant']} · {verdict['made']}: {verdict['verdict']}\n")
    if verdict["readings"]:
        table("Readings", COLUMNS, [_row(reading) for reading in verdict["readings"]])
    texts = verdict["text"]
    if texts["en"] == texts["zh"]:
        say(f"\n{texts['en']}")
    else:
        say(f"\n{texts['en']}\n\n{texts['zh']}")
    for reason in verdict["reasons"]:
        say(f"· {reason}")


@app.command(epilog="Example: forecast claim score --json")
def score(
    as_of: AsOf = None,
    engine: Engine = "reference",
    ledger: Ledger = None,
    as_json: Json = False,
) -> None:
    """Score every settled claim: the chance it had on the day it was made, against a base rate and its own word."""
    from forecast import claims

    found = claims.score(engine, day(as_of), own_ledger(ledger))
    if as_json:
        document(found)
        return
    rows = [
        [
            one["claim"],
            one["claimant"],
            one["made"],
            f"{one['subject'].removeprefix('cn.')} {one['end']}",
            _short(one["threshold"]),
            _short(one["value"]),
            one["outcome"],
            f"{one['probability']:.0%}",
        ]
        for one in found["claims"]
    ]
    table("Settled claims", ["claim", "claimant", "made", "reading", "asked", "came", "outcome", "chance then"], rows)
    scores = [[one["way"], round(one["brier"], 3), round(one["log"], 3), one["n"]] for one in found["scores"]]
    table("Scores, lower is better", ["who", "Brier", "log", "claims"], scores)
    for line in found["left_out"]:
        say(f"· not scored: {line}")


COLUMNS = ["reading", "base", "demands", "needs %/y", "runs", "then", "now", "outcome"]


def _row(reading: dict[str, Any]) -> list[object]:
    from forecast.claims.sentences import percent

    now, then, outcome, base = reading["now"], reading["then"], reading["outcome"], reading["base"]
    return [
        reading["subject"].removeprefix("cn.").replace(".execution.", " ").replace(".contract.", " contract ")
        + (f", {reading['sense']}" if reading.get("sense") else ""),
        f"{base['period']}: {_base(base)}" if base else "–",
        f"{reading['demanded']['period']}: {_short(reading['demanded']['value'])}",
        f"{now['required']:.1f}" if now else "–",
        f"{now['runs']['reached']} of {now['runs']['count']}" if now else "–",
        percent(then["probability"]) if then else "–",
        percent(now["probability"]) if now else "–",
        f"{_came(outcome)}: {outcome['verdict']}" if outcome else "open",
    ]


def _base(base: dict[str, Any]) -> str:
    """Write what a claim starts from, with the digits that its range bears."""
    from series import precision

    last = min(0, 1 - precision.decimals(base["low"], base["high"]))
    return f"{precision.plain(precision.rounded(base['value'], last)):,f}"


def _came(outcome: dict[str, Any]) -> str:
    """Write what came: the value, or the range where one number would not tell why the verdict is what it is."""
    from forecast.claims.sentences import number
    from series import precision

    if outcome["high"] is None:
        return "–"
    close = outcome["verdict"] == "consistent"
    ends = precision.came(outcome["value"], outcome["low"], outcome["high"], outcome["last_digit"], close)
    low, high = (number(end, "en") for end in ends)
    return low if low == high else f"{low} to {high}"


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.4g}"
