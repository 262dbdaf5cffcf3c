"""*Områdets tryghed* from the room: figures of what the category touches, the last similar incident, facts to use."""

from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, abort, flash, render_template, url_for

from app.accounts.guard import Permission, requires
from app.extensions import db
from app.incidents.access import Seen, reachable, seen_or_404
from app.incidents.course import course_of
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.forms import new_once
from app.incidents.models import Incident
from app.incidents.pages import Shown, one_tap
from app.incidents.ruling import demand
from app.indicators import caveats, groups, queries
from app.indicators.dimensions import Dimension
from app.indicators.vocabulary import LAW_LABELS
from app.indicators.words import Sentence, sentences
from app.lib.i18n import _, in_danish
from app.measures.models import Measure
from app.measures.queries import open_by_dimension
from app.narrative.models import FactStatus
from app.narrative.operations import add_fact
from app.narrative.queries import facts_of as facts_in
from app.plans.tracks import may_add_fact, may_enter_room
from app.plans.vocabulary import IncidentStatus
from app.room.tryghed_axis import Registered, registered
from app.room.tryghed_cards import Card, cards

blueprint = Blueprint("tryghed_room", __name__, url_prefix="/incidents/<public_id>/indicators")


@dataclass(frozen=True)
class Local:
    """What is known of the area that this incident touches."""

    seen: Seen

    @property
    def incident(self) -> Incident:
        return self.seen.incident

    @property
    def may_add(self) -> bool:
        return bool(may_add_fact(document_of(self.incident), self.seen.reader.who, self.seen.facts))

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """As the plan says of the category."""
        category = document_of(self.incident).category(self.incident.category_key)
        return category.dimensions if category else ()

    @cached_property
    def cards(self) -> list[Card]:
        rounds = queries.shown_rounds(self.incident.area)
        return [card for card in cards(self.incident.area, rounds) if card.dimension in self.dimensions]

    @cached_property
    @in_danish()
    def sentences(self) -> list[tuple[Card, list[Sentence]]]:
        """Ready for the shared message, by dimension; each names its source. Danish, as the message is."""
        return [
            (card, [one for s in card.sources for one in sentences(s.block, s.round, s.area)]) for card in self.cards
        ]

    @cached_property
    def measures(self) -> dict[Dimension, list[Measure]]:
        """What goes on in the area, as far as this reader may see."""
        return open_by_dimension(self.seen.reader)

    @cached_property
    @in_danish()
    def crime(self) -> list[Sentence]:
        """The municipality's newest counts, each law and kind for itself."""
        known = [_crime(one, self.incident.area.municipality) for one in registered(self.incident.area)]
        return [one for one in known if one is not None]

    @cached_property
    def used(self) -> set[str]:
        """Sentences that stand among the incident's facts already."""
        return {fact.text for fact in facts_in(self.incident)}

    def sentence(self, key: str) -> Sentence | None:
        """The one that was tapped."""
        every = [*(one for _card, some in self.sentences for one in some), *self.crime]
        return next((one for one in every if one.key == key), None)

    @cached_property
    def last_similar(self) -> Incident | None:
        """The newest real one of the same kind before this course of events, that this reader may know of."""
        course = course_of(self.seen)
        query = reachable(self.seen.reader).where(
            Incident.category_key == self.incident.category_key,
            Incident.is_exercise.is_(False),
            Incident.status != IncidentStatus.ANNULLED,
            Incident.activated_at < min(one.incident.activated_at for one in course),
            Incident.id.not_in([one.incident.id for one in course]),
        )
        newest = query.order_by(None).order_by(Incident.activated_at.desc(), Incident.id.desc())
        return db.session.scalar(newest.limit(1))


def _crime(one: Registered, place: str) -> Sentence | None:
    if one.newest is None:
        return None
    period, count = one.newest
    table = "STRAF22" if one.is_yearly else "STRAF11"
    text = _(
        "%(what)s i hele %(place)s, ikke kun området: %(count)s (%(period)s).",
        what=one.title, place=place, count=f"{count:,}".replace(",", "."), period=period,
    )  # fmt: skip
    return Sentence(f"{one.kind}.{one.law}", text, f"Danmarks Statistik, {table}")


@blueprint.get("")
@requires(Permission.READ_ROOM)
def show(public_id: str) -> str:
    """For those who take part now."""
    local = _inside_or_404(public_id)
    return render_template(
        "room/tryghed_room.html", local=local, incident=local.incident, new_once=new_once, groups=groups,
        caveats=caveats.always(), laws=LAW_LABELS,
    )  # fmt: skip


@blueprint.post("/<figure>")
@requires(Permission.ACT)
def use(public_id: str, figure: str) -> Shown:
    """One tap: a confirmed fact with its source, which the next version of the shared message carries."""
    local = _inside_or_404(public_id)
    one = local.sentence(figure) or abort(404)

    def act() -> str:
        incident, reader = local.incident, local.seen.reader
        demand(may_add_fact(document_of(incident), reader.who, facts_of(incident)), incident.area)
        if one.text not in {fact.text for fact in facts_in(incident)}:
            add_fact(incident, one.text, FactStatus.CONFIRMED, one.source, may_publish=True, by=reader.by)
        flash(_("Står nu under Det ved vi i næste version af budskabet."))
        return url_for("narrative.facts", public_id=public_id)

    return one_tap(local.seen, act)


def _inside_or_404(public_id: str) -> Local:
    seen = seen_or_404(public_id)
    return Local(seen) if may_enter_room(seen.reader.who, seen.facts) else abort(404)
