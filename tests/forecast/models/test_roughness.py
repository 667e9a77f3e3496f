import numpy as np

from forecast.models.roughness import NAMES, features, mean_size


def described(values: list[list[float]], season: int = 1) -> dict[str, np.ndarray]:
    width = max(map(len, values))
    array = np.array([[np.nan] * (width - len(row)) + row for row in values])
    batch = len(values)
    centre, naive = np.full((batch, 2), 2.0), np.full((batch, 2), 1.5)
    members = np.stack([centre - 0.1, centre + 0.1])
    found = features(array, centre, members, naive, np.full((2, batch, 2), 0.2), season)
    return dict(zip(NAMES, np.exp(np.moveaxis(found, 2, 0)), strict=True))


def test_features_by_hand() -> None:
    found = described([[0.0, 1.0, 2.0, 5.0]])  # steps 1, 1, 3: median 1, distances 0, 0, 2
    np.testing.assert_allclose(found["deviation"][0], 2 / 3 + 0.005)
    mean = (0.64 * 1 + 0.8 * 1 + 1 * 3) / 2.44
    np.testing.assert_allclose(found["recent"][0], (1.44 * (mean - 1) + (3 - mean)) / 2.44 + 0.005)
    np.testing.assert_allclose(found["departure"][0], 0.51)
    np.testing.assert_allclose(found["length"][0], 4)
    np.testing.assert_allclose(found["disagreement"][0], 0.1 + 0.003 * np.sqrt([1, 2]))
    np.testing.assert_allclose(found["ets"], 0.2)
    np.testing.assert_allclose(np.log(found["bend"]), (np.log(0.2) + 2) ** 2)


def test_the_small_constants_are_those_of_a_step() -> None:
    yearly, monthly = (described([[0.0, 1.0, 2.0, 5.0]], season) for season in (1, 12))
    np.testing.assert_allclose(monthly["deviation"], yearly["deviation"] - 0.005 * 11 / 12)
    np.testing.assert_allclose(monthly["departure"], yearly["departure"] - 0.01 * 11 / 12)


def test_a_window_beside_a_longer_one_is_described_the_same() -> None:
    alone, beside = described([[0.3, 1.7, 2.2]]), described([[0.3, 1.7, 2.2], [1.0, 2.0, 3.0, 4.0, 8.0]])
    for name in NAMES:
        np.testing.assert_array_equal(alone[name][0], beside[name][0])


def test_a_window_that_calmed_down_is_rough_in_the_past_only() -> None:
    calm, rough = (described([row])["recent"][0, 0] for row in ([3.0, -3, 0, 0, 0, 0, 0], [0.0, 0, 0, 0, 0, 3, -3]))
    assert calm < 0.6 * rough


def test_strain_is_disagreement_that_the_past_does_not_explain() -> None:
    calm, rough = described([[0.0, 0.1, 0.2, 0.3]]), described([[0.0, 1.0, 2.0, 5.0]])
    distance = np.log((0.1 + 0.003 * np.sqrt([1, 2])) / 0.005)
    np.testing.assert_allclose(np.log(calm["strain"][0]), np.minimum(distance, 3.0) ** 2)
    np.testing.assert_allclose(rough["strain"], 1.0)


def test_unrest_is_how_much_larger_jolts_have_been_lately() -> None:
    # steps 1, 2, 1, 4, 0 with two a year: jolts |1 - 1|, |4 - 2|, |0 - 1|; the newest weighs most
    found = described([[0.0, 1.0, 3.0, 4.0, 8.0, 8.0]], season=2)["unrest"][0]
    latest = (0.64 * 0 + 0.8 * 2 + 1 * 1) / 2.44
    np.testing.assert_allclose(found, (latest + 0.0025) / (1.0 + 0.0025))


def test_a_window_too_short_for_a_jolt_knows_no_unrest() -> None:
    np.testing.assert_allclose(described([[0.0, 1.0, 3.0, 2.0]], season=4)["unrest"], 1.0)


def test_doubt_lasts_where_it_is_told_to() -> None:
    values, widths = np.array([[0.0, 1.0, 2.0, 5.0]]), np.full((2, 1, 3), 0.2)
    centre, naive = np.array([[2.0, 3.0, 2.5]]), np.full((1, 3), 2.0)
    apart = np.array([[0.1, 0.3, 0.2]])
    members = np.stack([centre - apart, centre + apart])
    lasting, passing = (
        dict(
            zip(NAMES, np.exp(np.moveaxis(features(values, centre, members, naive, widths, 4, one), 2, 0)), strict=True)
        )
        for one in (True, False)
    )
    np.testing.assert_allclose(lasting["departure"][0], np.array([0.0, 1.0, 1.0]) + 0.0025)
    np.testing.assert_allclose(passing["departure"][0], np.array([0.0, 1.0, 0.5]) + 0.0025)
    steps = 0.003 / 4 * np.sqrt([1, 2, 3])
    np.testing.assert_allclose(lasting["disagreement"][0], np.array([0.1, 0.3, 0.3]) + steps)
    np.testing.assert_allclose(passing["disagreement"][0], np.array([0.1, 0.3, 0.2]) + steps)


def test_a_constant_window_promises_no_certainty() -> None:
    assert (described([[1.0, 1.0, 1.0, 1.0]])["deviation"] > 0).all()


def test_mean_size_ignores_the_padding() -> None:
    np.testing.assert_allclose(mean_size(np.array([[np.nan, -2.0, 4.0]])), [3.0])
