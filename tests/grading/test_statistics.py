"""Statistics that a teacher can rely on, and that stay silent where they would mislead."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.grading.statistics import (
    corrected_item_total,
    correlation,
    cronbach_alpha,
    difficulty,
    standard_deviation,
    standard_error_of_measurement,
)

MATRICES = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(st.floats(0, 1, width=32), min_size=k, max_size=k), min_size=2, max_size=25)
)


@given(MATRICES)
def test_alpha_is_what_numpy_makes_of_cronbachs_formula(matrix: list[list[float]]) -> None:
    table = np.array(matrix)
    k = table.shape[1]
    total = table.sum(axis=1).var(ddof=1)
    alpha = cronbach_alpha(matrix)
    if total <= 1e-9:
        return
    assert alpha == pytest.approx(k / (k - 1) * (1 - table.var(axis=0, ddof=1).sum() / total), rel=1e-6, abs=1e-6)


@given(MATRICES)
def test_discrimination_leaves_the_item_itself_out(matrix: list[list[float]]) -> None:
    table = np.array(matrix)
    rest = table.sum(axis=1) - table[:, 0]
    found = corrected_item_total(matrix, 0)
    if table[:, 0].std() > 1e-3 and rest.std() > 1e-3:
        assert found == pytest.approx(np.corrcoef(table[:, 0], rest)[0, 1], abs=1e-6)


@pytest.mark.parametrize("matrix", [[[1.0, 0.0]], [[1.0], [0.0]], [[1.0, 1.0], [1.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]])
def test_no_alpha_where_it_would_mean_nothing(matrix: list[list[float]]) -> None:
    assert cronbach_alpha(matrix) is None


def test_a_constant_item_has_no_discrimination() -> None:
    assert correlation([1.0, 1.0, 1.0], [0.0, 1.0, 2.0]) is None


def test_small_figures_by_hand() -> None:
    assert difficulty([1.0, 0.0, 0.5]) == 0.5
    assert standard_deviation([1.0]) == 0.0
    assert standard_deviation([1.0, 3.0]) == pytest.approx(2**0.5)
    assert standard_error_of_measurement(2.0, 0.75) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="nobody answered"):
        difficulty([])
