from __future__ import annotations

from forecast.models.kernels.arima.orders import Order


def test_names_are_those_of_the_field() -> None:
    assert str(Order(1, 0, 0, constant=True)) == "arima(1,0,0) with mean"
    assert str(Order(0, 1, 1, constant=True)) == "arima(0,1,1) with drift"
    assert str(Order(0, 0, 1, 0, 1, 1, 12)) == "arima(0,0,1)(0,1,1)[12]"


def test_lags_are_those_of_the_product() -> None:
    order = Order(2, 1, 0, 1, 1, 1, 4)
    assert order.ar_lags == (1, 2, 4, 5, 6)
    assert order.ma_lags == (4,)
    assert (order.depth, order.lost, order.parameters) == (6, 5, 5)


def test_an_order_is_a_special_case_of_its_hull() -> None:
    assert Order(1, 1, 2, 0, 1, 1, 4).hull == Order(3, 0, 3, 1, 0, 1, 4, constant=True)
    assert Order(2, 1, 0).hull == Order(3, 0, 0, constant=True)
    assert Order(0, 1, 1).hull == Order(1, 0, 1, constant=True)
    assert Order(4, 1, 1).hull == Order(5, 0, 5, constant=True)
