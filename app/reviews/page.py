"""What the review shows one reader: the criteria, who has answered, what may be done now, and why not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.areas.models import Actor
from app.incidents.access import Seen
from app.incidents.course import course_of
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.names import are_hidden
from app.lib import clock
from app.lib.i18n import _
from app.measures.models import Measure
from app.measures.queries import of_origins
from app.measures.rules import may_begin
from app.measures.vocabulary import OriginKind
from app.plans.document import PlanDocument
from app.plans.tracks import (
    Ruling,
    may_add_learning,
    may_add_to_locked_review,
    may_answer_debrief,
    may_approve_summary,
    may_close_learning,
    may_close_review,
    may_sign_off,
    may_write_summary,
    review_leader,
)
from app.plans.tracks.files import may_take_files
from app.plans.vocabulary import STATUS_LABELS
from app.reviews import queries
from app.reviews.criteria import Evaluated, evaluated
from app.reviews.models import (
    WORD_LABELS,
    DebriefAnswer,
    LearningPoint,
    PublicSummary,
    Review,
    ReviewAddendum,
    ReviewComment,
    ReviewConclusion,
    SignOff,
    Word,
)
from app.reviews.operations import waits_for
from app.reviews.operations.evaluation import may_be_locked_at
from app.reviews.rules import Criterion
from app.reviews.timeline import Course


@dataclass(frozen=True)
class PartyAnswers:
    """One party's debrief: question and answer in the plan's order; no answers yet is a state of its own."""

    actor: Actor
    rows: list[tuple[str, str]]
    newest: DebriefAnswer | None
    who: str
    was_late: bool = False


class ReviewPage:
    """`page` in the review's templates. Each part is read when first asked for."""

    def __init__(self, seen: Seen, review: Review | None) -> None:
        self.seen, self.incident, self.review = seen, seen.incident, review
        self.word_labels = WORD_LABELS

    @cached_property
    def document(self) -> PlanDocument:
        return document_of(self.incident)

    def may(self, rule: Callable[..., Ruling], *more: Any) -> Ruling:
        """The rule's answer, to show a button or the reason; the operation's edge asks again."""
        return rule(self.document, self.seen.reader.who, facts_of(self.incident), *more)

    @property
    def is_current(self) -> bool:
        """Nothing is done in a review that was locked before the incident was reopened."""
        return self.review is not None and not self.review.is_locked

    @property
    def answering(self) -> Ruling:
        return self.may(may_answer_debrief)

    @property
    def learning(self) -> Ruling:
        return self.may(may_add_learning)

    @property
    def closing(self) -> Ruling:
        return self.may(may_close_review)

    @property
    def signing(self) -> Ruling:
        return self.may(may_sign_off)

    @property
    def adding(self) -> bool:
        return bool(self.review and self.review.is_locked and self.may(may_add_to_locked_review))

    @property
    def summarising(self) -> Ruling:
        return self.may(may_write_summary)

    @property
    def approving(self) -> Ruling:
        return self.may(may_approve_summary)

    @property
    def taking(self) -> Ruling:
        return self.may(may_take_files)

    @cached_property
    def may_begin_measure(self) -> bool:
        return bool(may_begin(self.seen.reader.who, self.seen.facts))

    @cached_property
    def measures(self) -> dict[str, list[Measure]]:
        """What came of the learning points, by their public ids."""
        return of_origins(self.seen.reader, OriginKind.LEARNING, [point.public_id for point in self.points])

    def may_close(self, point: LearningPoint) -> bool:
        return point.closed_at is None and bool(self.may(may_close_learning, point.owner.key))

    @property
    def status(self) -> str:
        return _(STATUS_LABELS[self.incident.status])

    @property
    def leader(self) -> str:
        return self.document.called(review_leader(self.document, facts_of(self.incident)))

    # ---- the course --------------------------------------------------------------------------------------------

    @cached_property
    def parts(self) -> list[Seen]:
        """The incident with those before and after it that the reader may see."""
        return course_of(self.seen)

    @cached_property
    def course(self) -> Course:
        return Course(self.parts)

    @cached_property
    def evaluated(self) -> list[Evaluated]:
        """Criterion by criterion, with the figures of each part of the course."""
        return evaluated(self.review, self.parts) if self.review else []

    # ---- the debrief -------------------------------------------------------------------------------------------

    @property
    def is_late(self) -> bool:
        return self.review is not None and bool(self.silent) and self.review.debrief_due_at < clock.now()

    @cached_property
    def parties(self) -> list[PartyAnswers]:
        """The reader's own party first, then as they joined; in a locked review those whose word it holds."""
        answers = queries.answers_of(self.review) if self.review else []
        own = self.seen.reader.actor.id
        actors = [p.actor for p in self.incident.participations]
        if self.review is not None and self.review.is_locked:
            there = {one.actor_id for one in self.words} | {answer.actor_id for answer in answers}
            actors = [actor for actor in actors if actor.id in there]
        actors.sort(key=lambda actor: actor.id != own)
        return [self._party(actor, [a for a in answers if a.actor_id == actor.id]) for actor in actors]

    def _party(self, actor: Actor, answers: list[DebriefAnswer]) -> PartyAnswers:
        given = {answer.question_key: answer.text for answer in answers}
        asked = enumerate(self.document.debrief_questions)
        rows = [(question, given[f"q{number}"]) for number, question in asked if f"q{number}" in given]
        newest = max(answers, key=lambda answer: answer.answered_at, default=None)
        late = bool(answers) and all(answer.was_late for answer in answers)
        return PartyAnswers(actor, rows, newest, self._who(actor, newest), late)

    def _who(self, actor: Actor, newest: DebriefAnswer | None) -> str:
        # Volunteers do not see each other's names.
        if newest is None or are_hidden(self.seen.reader.actor, actor):
            return ""
        if newest.answered_by is not None:
            return newest.answered_by.name
        return _("%(who)s, på link", who=newest.contact_name or actor.name)

    def name_in(self, actor: Actor, name: str) -> str:
        """`Sanne Spang, SSP`; of volunteers to other volunteers the party alone."""
        return actor.name if are_hidden(self.seen.reader.actor, actor) else f"{name}, {actor.name}"

    @property
    def silent(self) -> list[str]:
        """Parties that have not answered."""
        return [party.actor.name for party in self.parties if party.newest is None]

    # ---- what the parties say ----------------------------------------------------------------------------------

    @cached_property
    def comments(self) -> dict[Criterion, list[ReviewComment]]:
        found: dict[Criterion, list[ReviewComment]] = {criterion: [] for criterion in Criterion}
        for one in queries.comments_of(self.review) if self.review else []:
            found[one.criterion].append(one)
        return found

    @cached_property
    def conclusions(self) -> list[ReviewConclusion]:
        return queries.conclusions_of(self.review) if self.review else []

    @property
    def conclusion(self) -> ReviewConclusion | None:
        return self.conclusions[0] if self.conclusions else None

    @cached_property
    def said(self) -> list[SignOff]:
        return queries.said_in(self.review) if self.review else []

    @property
    def words(self) -> list[SignOff]:
        """Each party's last word to the newest conclusion."""
        newest = self.conclusion
        if newest is None:
            return []
        return list({one.actor_id: one for one in self.said if one.conclusion_id == newest.id}.values())

    @property
    def earlier_refusals(self) -> list[SignOff]:
        """What was refused and is no longer the last word: kept, and shown."""
        last = {one.id for one in self.words}
        return [one for one in self.said if one.word is Word.REFUSED and one.id not in last]

    @cached_property
    def unsaid(self) -> list[str]:
        """Who has said nothing to the conclusion."""
        if self.review is None or self.review.is_locked:
            return []
        return [actor.name for actor in waits_for(self.review)]

    @property
    def own_word(self) -> SignOff | None:
        return next((one for one in self.words if one.actor_id == self.seen.reader.actor.id), None)

    @cached_property
    def addenda(self) -> list[ReviewAddendum]:
        return queries.addenda_of(self.review) if self.review else []

    @cached_property
    def summary(self) -> PublicSummary | None:
        return queries.summary_of(self.review) if self.review else None

    @cached_property
    def points(self) -> list[LearningPoint]:
        return queries.learning_points_of(self.review) if self.review else []

    @cached_property
    def others(self) -> list[Review]:
        """Other reviews of this incident: it was reopened after a lock."""
        return [one for one in queries.reviews_of(self.incident) if one is not self.review] if self.review else []

    @property
    def what_locking_does(self) -> Iterable[str]:
        """In full words, above the button."""
        yield _("Evalueringen låses, og hændelsen lukkes. Svar, kommentarer, tal og konklusion kan ikke ændres mere.")
        yield _("Åbne læringspunkter bliver stående hos de ansvarlige, til de er lukket. Der kan skrives tilføjelser.")
        yield _("Hændelsen kan genåbnes med en grund. Så følger en ny evaluering efter denne.")
        if self.silent:
            yield _("Disse parter har ikke svaret på debriefen: %(who)s.", who=", ".join(self.silent))
        if self.unsaid and self.conclusion:
            when = f"{clock.local(may_be_locked_at(self.conclusion)):%d.%m.%Y}"
            yield _(
                "Disse parter har ikke svaret på konklusionen: %(who)s. Efter 14 dage (%(when)s) noteres det sådan.",
                who=", ".join(self.unsaid), when=when,
            )  # fmt: skip
