"""What may be said and drawn of figures. Pure: a chart can only be made of what belongs together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from app.indicators.dimensions import Dimension
from app.indicators.vocabulary import Group, Missing

FEWEST = 10  # below this many answers nothing is shown
Z = 1.96  # 95 per cent
_TENTHS = re.compile(r"(næsten )?(\d{1,2}) ud af 10", re.IGNORECASE)


class DoesNotBelongTogether(ValueError):
    """Figures of two dimensions, two series or two rounds were put where one must stand alone."""


@dataclass(frozen=True)
class Figure:
    """What a group answered: `percent`, the published `wording`, both, or neither and why. `n` None: not published."""

    dimension: Dimension
    series: str
    year: int
    code: str
    question: str
    group: Group
    percent: float | None = None
    wording: str = ""
    approximate: bool = False
    missing: Missing | None = None
    n: int | None = None

    def __post_init__(self) -> None:
        if self.n is not None and self.n < FEWEST:
            # Whatever reaches us, nothing below ten leaves: neither the figure nor how few they were.
            for name, value in {"percent": None, "wording": "", "n": None, "missing": Missing.TOO_FEW}.items():
                object.__setattr__(self, name, value)

    @property
    def is_exact(self) -> bool:
        """A percentage, and not one that the source calls about so."""
        return self.percent is not None and not self.approximate

    @property
    def band(self) -> tuple[float, float] | None:
        """What the words "7 ud af 10" can stand for: 65 to 75 per cent. None where words say no share of ten."""
        if self.percent is not None or (match := _TENTHS.fullmatch(self.wording.strip())) is None:
            return None
        middle = int(match[2]) * 10
        return max(0, middle - 5), min(100, middle if match[1] else middle + 5)

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 per cent interval (Wilson) of an exact percentage whose n is known; chance alone, no response bias."""
        if not self.is_exact or self.n is None or self.percent is None:
            return None
        share, n = self.percent / 100, self.n
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, 100 * (middle - half)), min(100.0, 100 * (middle + half))


@dataclass(frozen=True)
class Block:
    """One dimension in one round of one series: the most that one chart may show."""

    dimension: Dimension
    series: str
    year: int
    figures: tuple[Figure, ...]

    def __post_init__(self) -> None:
        own = (self.dimension, self.series, self.year)
        if any((f.dimension, f.series, f.year) != own for f in self.figures):
            raise DoesNotBelongTogether(f"more than {own}")

    @property
    def by_question(self) -> Mapping[tuple[str, str], tuple[Figure, ...]]:
        """The figures of each question (code, wording of the question), in the order they came."""
        found: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.figures:
            found.setdefault((figure.code, figure.question), []).append(figure)
        return {key: tuple(sorted(some, key=lambda f: list(Group).index(f.group))) for key, some in found.items()}

    @property
    def has_anything(self) -> bool:
        return any(figure.missing is None for figure in self.figures)


@dataclass(frozen=True)
class Trend:
    """The same question to the same group in several rounds of one series: the only thing a line may join."""

    figures: tuple[Figure, ...]

    def __post_init__(self) -> None:
        kinds = {(f.dimension, f.series, f.code, f.question, f.group) for f in self.figures}
        years = [f.year for f in self.figures]
        if len(kinds) != 1 or len(years) < 2 or years != sorted(set(years)):
            raise DoesNotBelongTogether("a line joins rounds of one question in one series, at least two")
        if not all(f.is_exact for f in self.figures):
            raise DoesNotBelongTogether("words and rough figures are not joined")


def blocks(figures: Iterable[Figure]) -> list[Block]:
    """Sorted into blocks, each in the order that its figures came."""
    found: dict[tuple[Dimension, str, int], list[Figure]] = {}
    for figure in figures:
        found.setdefault((figure.dimension, figure.series, figure.year), []).append(figure)
    return [Block(*key, tuple(some)) for key, some in found.items()]


def trends(figures: Iterable[Figure]) -> list[Trend]:
    """Every line that may be drawn; none of a single round, none across series, none of words."""
    found: dict[tuple[object, ...], dict[int, Figure]] = {}
    for f in figures:
        if f.is_exact:
            found.setdefault((f.dimension, f.series, f.code, f.question, f.group), {})[f.year] = f
    return [Trend(tuple(some[year] for year in sorted(some))) for some in found.values() if len(some) > 1]


def differs(first: Figure, second: Figure) -> bool | None:
    """Whether two percentages differ by more than chance (95 per cent). None where an n is unknown."""
    if first.percent is None or second.percent is None or not first.n or not second.n:
        return None
    shares = [(f.percent or 0) / 100 for f in (first, second)]
    spread = sum(p * (1 - p) / n for p, n in zip(shares, (first.n, second.n), strict=True))
    return abs(shares[0] - shares[1]) > Z * sqrt(spread) if spread else shares[0] != shares[1]


def rolling(counts: Mapping[tuple[int, int], int | None]) -> list[tuple[int, int, int | None]]:
    """(year, quarter, sum of four quarters up to it). None while any of the four is missing or suppressed."""
    if not counts:
        return []
    first, last = min(counts), max(counts)
    quarters = range(first[0] * 4 + first[1] - 1, last[0] * 4 + last[1])
    known = [counts.get((q // 4, q % 4 + 1)) for q in quarters]
    sums = [_sum(known[max(0, end - 3) : end + 1]) for end in range(len(known))]
    return [(q // 4, q % 4 + 1, value) for q, value in zip(quarters, sums, strict=True)]


def _sum(four: Sequence[int | None]) -> int | None:
    known = [count for count in four if count is not None]
    return sum(known) if len(known) == 4 else None
