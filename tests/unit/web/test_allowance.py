"""Allowances of many: each its own, and nobody is remembered for ever."""

from corridor.web.allowance import FEW, Allowances


def test_each_has_its_own_and_it_comes_back_with_time():
    allowances = Allowances(a_second=2.0, saved=3.0)
    assert [allowances.take("a", 0.0) for _ in range(5)] == [True, True, True, False, False]
    assert allowances.take("b", 0.0)
    assert not allowances.take("a", 0.4)
    assert allowances.take("a", 0.5)
    assert [allowances.take("a", 100.0) for _ in range(4)] == [True, True, True, False]


def test_who_took_none_of_late_is_forgotten():
    allowances = Allowances(a_second=1.0, saved=2.0)
    for number in range(100 * FEW):
        assert allowances.take(str(number), float(number))
    assert len(allowances._left) <= 2 * FEW + 1
    assert allowances._left.keys() >= {str(100 * FEW - 1)}
