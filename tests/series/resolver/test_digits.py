from __future__ import annotations

from decimal import Decimal

from series.resolver import digits


def test_slips_of_a_digit() -> None:
    assert Decimal("35.9") in set(digits.swapped(Decimal("39.5"), -1)) | set(digits.swapped(Decimal("53.9"), -1))
    assert list(digits.single(Decimal("33.4"), -1)) == [Decimal("3.4")]
    assert Decimal("1050.3") in set(digits.restored(Decimal("150.3"), -1))
    assert Decimal("348.6") in set(digits.misread(Decimal("348.8"), -1))
