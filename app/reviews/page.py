"""What the review shows one reader: who has answered, what may be done now, and why not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.areas.models import Actor, OrganisationKind
from app.incidents.access import Seen
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.lib import clock
from app.lib.i18n import _
from app.plans.document import PlanDocument
from app.plans.tracks import (
    Ruling,
    may_add_learning,
    may_answer_debrief,
    may_close_learning,
    may_close_review,
    review_leader,
)
from app.plans.vocabulary import STATUS_LABELS
from app.reviews import queries
from app.reviews.figures import figures
from app.reviews.models import DebriefAnswer, LearningPoint, Review


@dataclass(frozen=True)
class PartyAnswers:
    """One party's debrief: question and answer in the plan's order; no answers yet is a state of its own."""

    actor: Actor
    rows: list[tuple[str, str]]
    newest: DebriefAnswer | None
    shows_name: bool


class ReviewPage:
    """`page` in the review's template."""

    def __init__(self, seen: Seen, review: Review | None) -> None:
        self.seen, self.incident, self.review = seen, seen.incident, review

    @cached_property
    def document(self) -> PlanDocument:
        return document_of(self.incident)

    def may(self, rule: Callable[..., Ruling], *more: Any) -> Ruling:
        """The rule's answer, to show a button or the reason; the operation's edge asks again."""
        return rule(self.document, self.seen.reader.who, facts_of(self.incident), *more)

    @property
    def answering(self) -> Ruling:
        return self.may(may_answer_debrief)

    @property
    def learning(self) -> Ruling:
        return self.may(may_add_learning)

    @property
    def closing(self) -> Ruling:
        return self.may(may_close_review)

    def may_close(self, point: LearningPoint) -> bool:
        return point.closed_at is None and bool(self.may(may_close_learning, point.owner.key))

    @property
    def status(self) -> str:
        return _(STATUS_LABELS[self.incident.status])

    @property
    def leader(self) -> str:
        return self.document.called(review_leader(self.document, facts_of(self.incident)))

    @property
    def figures(self) -> list[tuple[str, str]]:
        return figures(self.incident)

    @property
    def is_late(self) -> bool:
        return self.review is not None and bool(self.silent) and self.review.debrief_due_at < clock.now()

    @cached_property
    def points(self) -> list[LearningPoint]:
        return queries.learning_points_of(self.review) if self.review else []

    @cached_property
    def parties(self) -> list[PartyAnswers]:
        """The reader's own party first, then as they joined."""
        answers = queries.answers_of(self.review) if self.review else []
        own = self.seen.reader.actor.id
        actors = sorted((p.actor for p in self.incident.participations), key=lambda actor: actor.id != own)
        return [self._party(actor, [a for a in answers if a.actor_id == actor.id]) for actor in actors]

    def _party(self, actor: Actor, answers: list[DebriefAnswer]) -> PartyAnswers:
        given = {answer.question_key: answer.text for answer in answers}
        asked = enumerate(self.document.debrief_questions)
        rows = [(question, given[f"q{number}"]) for number, question in asked if f"q{number}" in given]
        newest = max(answers, key=lambda answer: answer.answered_at, default=None)
        return PartyAnswers(actor, rows, newest, self._shows_names_of(actor))

    def _shows_names_of(self, actor: Actor) -> bool:
        # Volunteers do not see each other's names.
        civil = OrganisationKind.CIVIL
        return civil not in (actor.organisation.kind,) or self.seen.reader.actor.organisation.kind is not civil

    @property
    def silent(self) -> list[str]:
        """Parties that have not answered."""
        return [party.actor.name for party in self.parties if party.newest is None]

    @property
    def what_closing_does(self) -> Iterable[str]:
        """In full words, above the button."""
        yield _("Hændelsen lukkes. Der kan ikke skrives flere svar eller indførsler i loggen.")
        yield _("Åbne læringspunkter bliver stående hos de ansvarlige, til de er lukket.")
        yield _("Hændelsen kan genåbnes med en grund.")
        if self.silent:
            yield _("Disse parter har ikke svaret: %(who)s.", who=", ".join(self.silent))
