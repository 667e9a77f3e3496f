import pytest

from forecast.models import TABLE
from forecast.models.ingredients import HIDDEN, RECENT
from forecast.models.recipes import recipe


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("season", [1, 4, 12])
def test_every_use_is_of_something_that_is_asked_and_known(season: int, plain: bool) -> None:
    plan = recipe(season, plain)
    asked = {*plan.own, *(f"plain {name}" for name in plan.plain)}
    assert {*plan.central, *plan.compared, *plan.tilted} <= asked
    assert {name.removeprefix(RECENT) for name in (*plan.own, *plan.plain)} <= {*TABLE, *HIDDEN}
    assert {"theta", "ets"} <= set(plan.own)  # whose own widths describe a window
    assert "naive" in plan.plain
