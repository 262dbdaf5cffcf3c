"""The five criteria as a page shows them: figures in the reader's language, each with the way to its lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.incidents.access import Seen
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.lib.i18n import _
from app.plans.vocabulary import DIMENSION_LABELS, TRACK_LABELS
from app.reviews import queries
from app.reviews.evidence import figures_of
from app.reviews.models import Review
from app.reviews.rules import CRITERION_LABELS, QUESTIONS, Criterion, Figure, State
from app.reviews.timeline import is_cut

MOST_LINKS = 4


@dataclass(frozen=True)
class ShownFigure:
    """One row: what, how much, how it stands, and the places it comes from."""

    label: str
    value: str
    state: State
    refs: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Part:
    """One incident of the course; `title` only where there are several."""

    title: str
    figures: list[ShownFigure]


@dataclass(frozen=True)
class Evaluated:
    """One criterion."""

    criterion: Criterion
    label: str
    question: str
    parts: list[Part]
    dimensions: list[tuple[str, str]]  # what the category touches: key and name


def evaluated(review: Review, parts: Sequence[Seen]) -> list[Evaluated]:
    """Counted now; of a locked review as it stood then."""
    kept = queries.figures_kept(review) if review.is_locked else {}
    shown: list[tuple[Seen, list[Figure]]] = []
    for seen in parts:
        if is_cut(seen):
            continue
        if review.is_locked:
            row = kept.get(seen.incident.id)
            shown.append((seen, [Figure.from_json(one) for one in row.figures] if row else []))
        else:
            shown.append((seen, figures_of(seen.incident)))
    many = len(shown) > 1
    return [
        Evaluated(
            criterion, _(CRITERION_LABELS[criterion]), _(QUESTIONS[criterion]),
            [Part(_title(seen) if many else "", _of(figures, criterion)) for seen, figures in shown],
            _dimensions([seen.incident for seen, _figures in shown]) if criterion is Criterion.TRYGHED else [],
        )
        for criterion in Criterion
    ]  # fmt: skip


def _title(seen: Seen) -> str:
    return f"{_(TRACK_LABELS[seen.incident.track]).capitalize()}: {seen.incident.what}"


def _of(figures: Sequence[Figure], criterion: Criterion) -> list[ShownFigure]:
    return [
        ShownFigure(
            _(one.label, **one.label_with), _(one.value, **one.value_with), one.state, one.refs[:MOST_LINKS],
            max(0, len(one.refs) - MOST_LINKS),
        )
        for one in figures
        if one.criterion is criterion
    ]  # fmt: skip


def _dimensions(incidents: Sequence[Incident]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for incident in incidents:
        category = document_of(incident).category(incident.category_key)
        for dimension in category.dimensions if category else ():
            found[dimension.value] = _(DIMENSION_LABELS[dimension])
    return list(found.items())
