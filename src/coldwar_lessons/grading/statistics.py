"""Item and test statistics, each with its source, its n and what it may not be used for."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence

#: Below this many students a statistic says more about chance than about the class.
SMALL_CLASS = 30


def difficulty(scores: Sequence[float]) -> float:
    """Mean share of the points: the higher, the easier.

    (L. Crocker and J. Algina, Introduction to Classical and Modern Test Theory, 1986, ch. 14.)

    Raises
    ------
    ValueError
        If nobody answered.
    """
    if not scores:
        raise ValueError("nobody answered")
    return math.fsum(scores) / len(scores)


def correlation(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Pearson's product-moment correlation; ``None`` where either does not vary or fewer than two are given."""
    if len(x) < 2 or len(x) != len(y):
        return None
    from_x, from_y = _deviations(x), _deviations(y)
    sum_xy = _sum_of_products(from_x, from_y)
    sum_xx = _sum_of_products(from_x, from_x)
    sum_yy = _sum_of_products(from_y, from_y)
    # A constant column leaves rounding errors, not variance.
    if sum_xx <= 1e-12 * len(x) or sum_yy <= 1e-12 * len(y):
        return None
    return max(-1.0, min(1.0, sum_xy / math.sqrt(sum_xx * sum_yy)))


def corrected_item_totals(matrix: Sequence[Sequence[float]]) -> list[float | None]:
    """Correlation of each item with the sum of the others: the discrimination of the item.

    Without the correction an item correlates with itself, the more the shorter the test. For items scored 0 or 1 it
    is the point-biserial correlation with the rest of the test. (S. Henrysson, 'Correction of item-total correlations
    in item analysis', Psychometrika 28, 1963, pp. 211-218.)

    Parameters
    ----------
    matrix
        A row a student, a column an item; no gaps.

    Returns
    -------
    list
        One a column; ``None`` where the item, or the rest of the test, does not vary, or where there is no other item.
    """
    if not matrix or len(matrix[0]) < 2:
        return [None] * (len(matrix[0]) if matrix else 0)
    totals = [math.fsum(row) for row in matrix]
    return [correlation(own, [*map(operator.sub, totals, own)]) for own in zip(*matrix, strict=True)]


def cronbach_alpha(matrix: Sequence[Sequence[float]]) -> float | None:
    r"""Cronbach's alpha, :math:`\frac{k}{k-1}\left(1 - \frac{\sum s_i^2}{s_t^2}\right)`, with sample variances.

    L. J. Cronbach, 'Coefficient alpha and the internal structure of tests', Psychometrika 16, 1951, pp. 297-334.
    For items scored 0 or 1 it equals KR-20 (G. F. Kuder and M. W. Richardson, Psychometrika 2, 1937, pp. 151-160).

    Parameters
    ----------
    matrix
        A row a student, a column an item; no gaps.

    Returns
    -------
    float or None
        ``None`` where there are fewer than two students or items, or the totals do not vary.
    """
    if len(matrix) < 2 or len(matrix[0]) < 2:
        return None
    k = len(matrix[0])
    total = _variance([math.fsum(row) for row in matrix])
    if total <= 1e-12:
        return None
    items = math.fsum(map(_variance, zip(*matrix, strict=True)))
    return k / (k - 1) * (1 - items / total)


def standard_error_of_measurement(deviation: float, reliability: float) -> float:
    """How far a score may lie from the true one: s times the root of (1 − reliability).

    (Crocker and Algina 1986, ch. 6.)
    """
    return deviation * math.sqrt(max(0.0, 1 - reliability))


def standard_deviation(values: Sequence[float]) -> float:
    """Sample standard deviation; 0 for fewer than two values."""
    return math.sqrt(_variance(values)) if len(values) > 1 else 0.0


def _variance(values: Sequence[float]) -> float:
    deviations = _deviations(values)
    return _sum_of_products(deviations, deviations) / (len(values) - 1)


def _deviations(values: Sequence[float]) -> list[float]:
    """How far each lies from the mean."""
    mean = math.fsum(values) / len(values)
    return [value - mean for value in values]


def _sum_of_products(x: Sequence[float], y: Sequence[float]) -> float:
    return math.fsum(map(operator.mul, x, y))


def extreme_groups(totals: Sequence[float], share: float = 0.27) -> tuple[list[int], list[int]]:
    """Who did best and who did worst: the two ends that tell most about an item.

    Ends of 27 per cent are the best compromise between being large and being different. (T. L. Kelley, 'The selection
    of upper and lower groups for the validation of test items', Journal of Educational Psychology 30, 1939,
    pp. 17-24.) Who has as many points as the last of a group belongs to it too, so that nobody is in it by chance.

    Returns
    -------
    tuple
        Indices of the best and of the weakest; both empty where the two would overlap.
    """
    if len(totals) < 4:
        return [], []
    ranked = sorted(totals)
    size = math.ceil(share * len(totals))
    low, high = ranked[size - 1], ranked[-size]
    if low >= high:
        return [], []
    return [i for i, one in enumerate(totals) if one >= high], [i for i, one in enumerate(totals) if one <= low]
