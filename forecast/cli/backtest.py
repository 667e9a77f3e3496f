"""`forecast backtest`: score models on what was known at earlier origins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from forecast.cli.options import (
    Address,
    AsOf,
    ColumnNames,
    Data,
    Engine,
    Ids,
    Ledger,
    Models,
    Reconcile,
    Resume,
    Seed,
    Sheet,
    Sums,
    Workers,
    day,
    names,
    on_disk,
    own_data,
    own_ledger,
)
from forecast.cli.output import Json, document, note, rounded, say, table, tell_findings, working
from forecast.errors import InputError

SHOWN = {
    "mase": "MASE",
    "smape": "sMAPE",
    "crps": "CRPS",
    "coverage_80": "cov 80",
    "coverage_95": "cov 95",
    "interval_95": "IS 95",
}
"""Metrics that fit a terminal, and how they are headed; all others are in the document of --json."""

MANY = 10
"""Series beyond which a terminal shows all together only."""

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: forecast backtest cn.offshore.execution.usd --origins 8 --horizon 5")
def backtest(
    ids: Ids = None,
    data: Data = None,
    columns: ColumnNames = None,
    sheet: Sheet = None,
    models: Models = None,
    origins: Annotated[int | None, typer.Option(metavar="N", help="Newest origins to forecast from.")] = None,
    horizon: Annotated[int | None, typer.Option(metavar="N", help="Steps ahead.")] = None,
    refit: Annotated[int, typer.Option(metavar="K", help="Fit anew at every K-th origin only.")] = 1,
    as_of: AsOf = None,
    engine: Engine = "batch",
    seed: Seed = 0,
    ledger: Ledger = None,
    reconcile: Reconcile = False,
    sums: Sums = None,
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="Score a panel of any size, in chunks, into a new folder.")
    ] = None,
    resume: Resume = False,
    workers: Workers = 0,
    engine_address: Address = None,
    as_json: Json = False,
) -> int:
    """Score models at rolling origins, always beside naive and drift, and say whether they can be told apart.

    Where --data has gaps, an origin is a period with a value, and what has no value is not scored.

    With --out the panel of --data may be larger than memory; the default combination is scored unless --models says
    more.
    """
    own_data(data, columns, sheet)
    if out is not None:
        apart = {"ids": ids, "--as-of": as_of, "--ledger": ledger, "--reconcile": reconcile, "--sums": sums}
        apart |= {"--refit": refit != 1}
        whole = _panel_of(data, out, apart)
        from forecast.backtest import ORIGINS
        from forecast.cli.panel import Ask, run_panel

        count = ORIGINS if origins is None else origins
        if not 1 <= count <= 1000:
            raise InputError(f"{count} origins are impossible; give a number within 1..1000")
        ask = Ask(whole, out, names(models), horizon, None, engine, seed, columns, sheet, count)
        return run_panel(ask, workers, engine_address, resume, as_json)
    if resume or workers or engine_address:
        raise InputError("--resume, --workers and --engine-address are for panels in chunks; name a folder with --out")
    from forecast import backtest as backtests
    from forecast import panels
    from forecast.hierarchies import evaluation
    from forecast.tables import Columns

    path, held = on_disk(data), own_ledger(ledger)
    with working("backtesting"):
        panel = panels.collect(ids, path, day(as_of), Columns.parse(columns), sheet, held)
        if reconcile or sums is not None:
            answer = evaluation.backtest_sums(panel, sums, names(models), origins, horizon, engine, seed, refit)
        else:
            found = backtests.make(panel, names(models), origins, horizon, engine=engine, seed=seed, refit=refit)
            answer = found.document()
    if as_json:
        document(answer)
    else:
        _show(answer)
    return 3 if answer["failures"] else 0


def _panel_of(data: str | None, out: str, apart: Mapping[str, object]) -> str:
    """Return the data of a backtest into a folder, which takes nothing of what is `apart`."""
    if data is None:
        raise InputError("--out scores a whole panel of your own; name it with --data")
    if out.lower().endswith(".csv"):
        raise InputError(f"the scores of a panel are several tables and make a folder; name one instead of '{out}'")
    if given := [name for name, some in apart.items() if some]:
        raise InputError(f"--out scores the whole panel of --data as it is; leave {', '.join(given)} out")
    return data


def _show(answer: dict[str, Any]) -> None:
    tell_findings(answer["findings"])
    overall = [row for row in answer["scores"] if row["horizon"] == "all"]
    metrics = [name for name in SHOWN if any(row["metric"] == name for row in overall)]
    names = [name for name in dict.fromkeys(row["series"] for row in overall) if name != "all"]
    shown = names if len(names) == 1 else ["all", *(names if len(names) <= MANY else [])]
    for series in shown:
        cells: dict[str, dict[str, Any]] = {}
        for row in overall:
            if row["series"] == series:
                cells.setdefault(row["model"], {"n": row["n"]})[row["metric"]] = row["value"]
        rows = [
            [model, found["n"], *(rounded(found.get(metric), 3) for metric in metrics)]
            for model, found in cells.items()
        ]
        title = "All series" if series == "all" else series
        many = f"{answer['origins']} origin{'s' * (answer['origins'] != 1)}"
        table(
            f"{title}: up to {many}, 1 to {answer['horizon']} ahead",
            ["model", "n", *(SHOWN[metric] for metric in metrics)],
            rows,
        )
    if len(names) > MANY:
        say(f"The scores of each of the {len(names)} series are in the document of --json.")
    _show_coverage(answer["coverage"])
    _show_verdicts([one for one in answer["verdict"] if one["series"] == "all" and one["n"]], answer["horizon"])
    if answer.get("choice", {}).get("model"):
        say(f"Use {answer['choice']['model']}: {answer['choice']['reason']}.")
    if "reconciliation" in answer:
        _show_gains(answer["reconciliation"])
    for warning in answer["warnings"]:
        note(warning)
    for failure in answer["failures"]:
        note(f"{failure['series']}: {failure['reason']}")


def _show_coverage(found: Sequence[Mapping[str, Any]]) -> None:
    """Say how often the intervals of each model held what came, where there was enough to tell by."""
    from forecast.backtest.verdicts import UNKNOWN

    told = [one for one in found if one["verdict"] != UNKNOWN]
    levels = list(dict.fromkeys(one["level"] for one in told))
    rows = {one["model"]: [one["model"], *("–" for _ in levels)] for one in told}
    verdicts: dict[str, list[str]] = {model: [] for model in rows}
    for one in told:
        rows[one["model"]][1 + levels.index(one["level"])] = f"{100 * one['held']:.0f}"
        verdicts[one["model"]].append(one["verdict"])
    if not rows:
        return
    first = {one["level"]: f"{100 * one['low']:.0f}–{100 * one['high']:.0f}" for one in reversed(told)}
    table(
        "Intervals: % of what came that they held",
        ["model", *(f"{100 * level:.0f} %" for level in levels), "verdict"],
        [
            ["if right", *(first[level] for level in levels), ""],
            *([*row, _summed(verdicts[name])] for name, row in rows.items()),
        ],
    )


def _summed(verdicts: Sequence[str]) -> str:
    """Return the verdicts of all levels as one: as stated only where all are."""
    from forecast.backtest.reliability import STATED

    off = list(dict.fromkeys(one for one in verdicts if one != STATED))
    return " and ".join(off) if off else STATED


def _show_gains(found: dict[str, Any]) -> None:
    kinds = ("unreconciled", "reconciled")
    columns = [f"{metric}_{kind}" for metric in ("crps", "coverage_80", "coverage_95") for kind in kinds]
    rows = [
        [
            row["model"],
            row["level"],
            *(rounded(row[name], 3) for name in columns),
            f"{row['gain_percent']:+.1f}",
            row["verdict"],
        ]
        for row in found["scores"]
    ]
    heads = [
        "model",
        "level",
        "CRPS",
        "reconciled",
        "cov 80",
        "reconciled",
        "cov 95",
        "reconciled",
        "gain %",
        "verdict",
    ]
    title = f"Reconciled: {found['parts']} parts known throughout and their sums, {found['origins']} origins"
    table(f"{title}, 1 to {found['horizon']} ahead", heads, rows)


def _show_verdicts(verdicts: Sequence[Mapping[str, Any]], horizon: int) -> None:
    """Say of every model whether it is better than naive, and how much there was to tell it by."""
    from forecast.backtest.verdicts import FEWEST, STATED
    from series.precision import chance

    some = [one for one in verdicts if one["against"] == "naive"]
    rows = [[one["model"], one["verdict"], f"{one['difference']:+.3g}", chance(one["probability"])] for one in some]
    if not rows:
        return
    table("Against naive", ["model", "verdict", "scaled CRPS", "truly better, %"], rows)
    blocks = min(one["blocks"] for one in some)
    if blocks < FEWEST:
        ahead = f" (windows that look {horizon} steps ahead from neighbouring origins share a future)"
        say(
            f"Looks at separate futures: {blocks}{ahead if horizon > 1 else ''}. Below {FEWEST} nothing is told, "
            "whatever the odds. More series or origins would tell."
        )
    else:
        say(f"A verdict takes odds of {STATED} either way, over {blocks} looks at separate futures.")
