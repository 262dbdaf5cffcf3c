"""The yearly roll-up: counts by category, and shares only where there is enough to share."""

from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 5  # incidents; below, a share says more of one of them than of all


@dataclass(frozen=True)
class YearRow:
    """One incident, or the sum of some: figures that met the plan's target, and those that had one."""

    category: str
    incidents: int = 1
    in_time: int = 0
    with_target: int = 0
    corrections: int = 0
    points: int = 0
    points_open: int = 0


def by_category(rows: Iterable[YearRow]) -> list[YearRow]:
    """One row for each category, the most frequent first."""
    found: dict[str, YearRow] = {}
    for row in rows:
        found[row.category] = added(found[row.category], row) if row.category in found else row
    return sorted(found.values(), key=lambda row: (-row.incidents, row.category))


def added(one: YearRow, other: YearRow) -> YearRow:
    """Both together, under the first one's name."""
    return YearRow(
        one.category, one.incidents + other.incidents, one.in_time + other.in_time,
        one.with_target + other.with_target, one.corrections + other.corrections, one.points + other.points,
        one.points_open + other.points_open,
    )  # fmt: skip


def share(row: YearRow) -> int | None:
    """How many of a hundred targets were met, in whole tens; None where there is too little to say it of."""
    if row.incidents < FEWEST or not row.with_target:
        return None
    return 10 * round(10 * row.in_time / row.with_target)
