"""Statistics that a teacher can rely on, and that stay silent where they would mislead."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.grading.statistics import (
    corrected_item_totals,
    correlation,
    cronbach_alpha,
    difficulty,
    extreme_groups,
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
    found = corrected_item_totals(matrix)[0]
    if table[:, 0].std() > 1e-3 and rest.std() > 1e-3:
        assert found == pytest.approx(np.corrcoef(table[:, 0], rest)[0, 1], abs=1e-6)


@pytest.mark.parametrize("matrix", [[[1.0, 0.0]], [[1.0], [0.0]], [[1.0, 1.0], [1.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]])
def test_no_alpha_where_it_would_mean_nothing(matrix: list[list[float]]) -> None:
    assert cronbach_alpha(matrix) is None


# --- against an implementation of its own, on published data ------------------------------------------

PUBLISHED = Path(__file__).with_name("published")
#: What R's package psych makes of the two LSAT sections of Bock and Lieberman (Psychometrika 35, 1970, pp. 179-197):
#: see published/statistics.R, which made the file, with the versions in it.
LSAT = json.loads((PUBLISHED / "lsat.json").read_text(encoding="utf-8"))


def answers_of(section: str) -> list[list[float]]:
    pairs = zip(LSAT["patterns"], LSAT[section]["counts"], strict=True)
    return [[float(one) for one in pattern] for pattern, count in pairs for _ in range(int(count))]


@pytest.mark.parametrize("section", ["lsat6", "lsat7"])
def test_statistics_agree_with_psych_on_the_lsat(section: str) -> None:
    matrix, theirs = answers_of(section), LSAT[section]
    assert len(matrix) == 1000
    assert cronbach_alpha(matrix) == pytest.approx(theirs["alpha"], abs=1e-9)
    assert corrected_item_totals(matrix) == pytest.approx(theirs["corrected_item_total"], abs=1e-9)
    assert [difficulty(column) for column in zip(*matrix, strict=True)] == pytest.approx(theirs["difficulty"], abs=1e-9)
    assert standard_deviation([sum(row) for row in matrix]) == pytest.approx(theirs["deviation"], abs=1e-9)


@pytest.mark.parametrize("section", ["lsat6", "lsat7"])
def test_alpha_of_right_and_wrong_is_kuder_and_richardsons_formula_20(section: str) -> None:
    """In exact fractions: k / (k − 1) × (1 − Σ pq / σ²), with the variance of the whole group as in their paper."""
    matrix = answers_of(section)
    n, k = len(matrix), len(matrix[0])
    shares = [Fraction(int(sum(column)), n) for column in zip(*matrix, strict=True)]
    totals = [Fraction(int(sum(row))) for row in matrix]
    variance = sum((one - sum(totals) / n) ** 2 for one in totals) / n
    kr20 = Fraction(k, k - 1) * (1 - sum(p * (1 - p) for p in shares) / variance)
    assert cronbach_alpha(matrix) == pytest.approx(float(kr20), abs=1e-9)


@pytest.mark.parametrize("section", ["lsat6", "lsat7"])
def test_discrimination_of_right_and_wrong_is_the_point_biserial(section: str) -> None:
    """(mean of who was right − mean of who was wrong) / s × √(pq), of the rest of the test; by Python's own module."""
    matrix = answers_of(section)
    for item, found in enumerate(corrected_item_totals(matrix)):
        own = [row[item] for row in matrix]
        rest = [sum(row) - row[item] for row in matrix]
        right = [total for total, one in zip(rest, own, strict=True) if one]
        wrong = [total for total, one in zip(rest, own, strict=True) if not one]
        p = len(right) / len(matrix)
        gap = (statistics.fmean(right) - statistics.fmean(wrong)) / statistics.pstdev(rest)
        assert found == pytest.approx(gap * (p * (1 - p)) ** 0.5, abs=1e-9)
        assert found == pytest.approx(statistics.correlation(own, rest), abs=1e-9)


def _psych() -> bool:
    if not shutil.which("Rscript"):
        return False
    asked = subprocess.run(["Rscript", "-e", "library(psych)"], capture_output=True, check=False)
    return asked.returncode == 0


@pytest.mark.skipif(not _psych(), reason="R's psych is missing (apt install r-cran-psych): its kept results are used")
def test_psych_still_says_what_it_said() -> None:
    command = ["Rscript", str(PUBLISHED / "statistics.R")]
    again = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    for section in ("lsat6", "lsat7"):
        for name, value in LSAT[section].items():
            assert again[section][name] == pytest.approx(value, abs=1e-12)


# --- groups -------------------------------------------------------------------------------------------


def test_the_ends_are_27_per_cent_and_ties_belong_to_them() -> None:
    assert extreme_groups([float(one) for one in range(100)]) == (list(range(73, 100)), list(range(27)))
    assert extreme_groups([0.0, 1.0, 1.0, 2.0, 3.0, 3.0]) == ([4, 5], [0, 1, 2])


@pytest.mark.parametrize("totals", [[], [1.0, 2.0, 3.0], [1.0] * 50, [0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0][:4]])
def test_no_groups_where_they_would_overlap(totals: list[float]) -> None:
    top, bottom = extreme_groups(totals)
    assert not set(top) & set(bottom)


def test_a_constant_item_has_no_discrimination() -> None:
    assert correlation([1.0, 1.0, 1.0], [0.0, 1.0, 2.0]) is None


def test_small_figures_by_hand() -> None:
    assert difficulty([1.0, 0.0, 0.5]) == 0.5
    assert standard_deviation([1.0]) == 0.0
    assert standard_deviation([1.0, 3.0]) == pytest.approx(2**0.5)
    assert standard_error_of_measurement(2.0, 0.75) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="nobody answered"):
        difficulty([])
