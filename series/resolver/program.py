"""Program: a component's inequalities as a linear program that HiGHS keeps warm between questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy as np
import numpy.typing as npt

from series.errors import EvidenceError
from series.resolver.system import Row

Vector = npt.NDArray[np.float64]
TOLERANCE = 1e-9
ITERATIONS = 200_000
DUAL, PRIMAL = 1, 4
CLEAR = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)


@dataclass(frozen=True)
class Outcome:
    """What one solve found: `feasible`, `infeasible` or `unbounded`; the row multipliers are its certificate."""

    status: str
    value: float
    point: Vector
    multipliers: Vector


class Program:
    """Minimise or maximise a linear function of the unknowns (all >= 0) subject to rows that can be relaxed."""

    def __init__(self, width: int, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)
        self.width = width
        self._low = np.array([_float(row.low, -highspy.kHighsInf) for row in self.rows])
        self._high = np.array([_float(row.high, highspy.kHighsInf) for row in self.rows])
        self._relaxed: set[int] = set()
        self._cost: dict[int, float] = {}
        self._solver = _solver()
        self._fill()

    def relax(self, rows: Iterable[int]) -> None:
        """Let these rows, and only these, be violated freely."""
        wanted = set(rows)
        for row in sorted(wanted ^ self._relaxed):
            if row in wanted:
                self._solver.changeRowBounds(row, -highspy.kHighsInf, highspy.kHighsInf)
            else:
                self._solver.changeRowBounds(row, self._low[row], self._high[row])
        self._relaxed = wanted

    def feasible(self) -> Outcome:
        """Look for a point that keeps every row; the multipliers of an infeasible outcome prove that there is none."""
        return self.optimise({})

    def optimise(self, objective: Mapping[int, float], *, largest: bool = True) -> Outcome:
        """Return the largest (or smallest) value of the objective, as column -> coefficient."""
        solver = self._solver
        for column in self._cost.keys() - objective.keys():
            solver.changeColCost(column, 0.0)
        for column, cost in objective.items():
            if self._cost.get(column) != cost:
                solver.changeColCost(column, cost)
        self._cost = dict(objective)
        # a changed objective leaves the basis feasible: primal simplex; changed rows leave it dual feasible
        solver.setOptionValue("simplex_strategy", PRIMAL if objective else DUAL)
        sense = highspy.ObjSense.kMaximize if largest else highspy.ObjSense.kMinimize
        solver.changeObjectiveSense(sense)
        solver.run()
        status = solver.getModelStatus()
        if status not in CLEAR:
            solver.clearSolver()
            solver.setOptionValue("simplex_strategy", DUAL)
            solver.run()
            status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            return self._again()
        if status == highspy.HighsModelStatus.kOptimal:
            solution = solver.getSolution()
            return Outcome(
                "feasible",
                solver.getInfo().objective_function_value,
                np.array(solution.col_value),
                np.array(solution.row_dual),
            )
        if status == highspy.HighsModelStatus.kInfeasible:
            _, known, ray = solver.getDualRay()
            multipliers = np.asarray(ray) if known else np.zeros(len(self.rows))
            return Outcome("infeasible", np.nan, np.zeros(0), multipliers)
        if status == highspy.HighsModelStatus.kUnbounded:
            return Outcome("unbounded", np.inf if largest else -np.inf, np.zeros(0), np.zeros(len(self.rows)))
        raise EvidenceError(f"the linear program stopped with {status.name}; fewer statements per component would help")

    def _again(self) -> Outcome:
        cost, self._cost = self._cost, {}
        for column in cost:
            self._solver.changeColCost(column, 0.0)
        test = self.feasible()
        if test.status != "feasible":
            return test
        return Outcome("unbounded", np.inf, np.zeros(0), np.zeros(len(self.rows)))

    def _fill(self) -> None:
        starts, indices, values = [0], [], []
        for row in self.rows:
            for column, coefficient in row.terms:
                indices.append(column)
                values.append(float(coefficient))
            starts.append(len(indices))
        infinity = np.full(self.width, highspy.kHighsInf)
        nothing = np.array([], dtype=np.int32)
        empty = np.array([], dtype=np.float64)
        self._solver.addCols(
            self.width, np.zeros(self.width), np.zeros(self.width), infinity, 0, nothing, nothing, empty
        )
        self._solver.addRows(
            len(self.rows),
            self._low,
            self._high,
            len(indices),
            np.array(starts[:-1], dtype=np.int32),
            np.array(indices, dtype=np.int32),
            np.array(values),
        )


def _solver() -> highspy.Highs:
    solver = highspy.Highs()
    solver.silent()
    for option, value in (
        ("presolve", "off"),
        ("solver", "simplex"),
        ("threads", 1),
        ("primal_feasibility_tolerance", TOLERANCE),
        ("dual_feasibility_tolerance", TOLERANCE),
        ("simplex_iteration_limit", ITERATIONS),
    ):
        solver.setOptionValue(option, value)
    return solver


def _float(value: Fraction | None, default: float) -> float:
    return default if value is None else float(value)
