"""The clock from report to removal, and what may be said of many of them. Pure: facts in, answers out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from app.measures.clearing.vocabulary import ReportState

SMALLEST_SHARE = 10  # below it a share says more of chance than of the work
SMALLEST_MEDIAN = 3


@dataclass(frozen=True)
class Reported:
    """One report as the figures know it. `target` is what the area had promised when it came in; None: nothing."""

    state: ReportState
    seen_at: datetime
    removed_at: datetime | None
    target: timedelta | None

    @property
    def took(self) -> timedelta | None:
        return self.removed_at - self.seen_at if self.removed_at is not None else None

    def in_time(self, now: datetime) -> bool | None:
        """Did it keep the target? None where nobody knows yet, or nothing was promised."""
        if self.target is None or self.state is ReportState.DROPPED:
            return None
        if self.took is not None:
            return self.took <= self.target
        return False if now - self.seen_at > self.target else None


@dataclass(frozen=True)
class Figures:
    """What may be said: always counts; the median from three removals; a share from ten judged."""

    removed: int
    standing: int
    late: int
    kept: int
    judged: int
    median: timedelta | None

    @property
    def share(self) -> int | None:
        """Whole per cent of those judged."""
        return round(100 * self.kept / self.judged) if self.judged >= SMALLEST_SHARE else None


def figures(reports: Iterable[Reported], now: datetime) -> Figures:
    """What still stands past its time counts as not kept: else the slowest would be left out for being slow."""
    found = list(reports)
    took = [report.took for report in found if report.took is not None]
    judged = [kept for report in found if (kept := report.in_time(now)) is not None]
    standing = [report for report in found if report.state is ReportState.STANDING]
    return Figures(
        removed=len(took),
        standing=len(standing),
        late=sum(report.in_time(now) is False for report in standing),
        kept=sum(judged),
        judged=len(judged),
        median=_median(took) if len(took) >= SMALLEST_MEDIAN else None,
    )


def _median(took: list[timedelta]) -> timedelta:
    return timedelta(seconds=median(one.total_seconds() for one in took))


def due_at(seen_at: datetime, target_hours: int | None) -> datetime | None:
    """When it has to be gone."""
    return None if target_hours is None else seen_at + timedelta(hours=target_hours)
