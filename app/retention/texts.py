"""Which columns hold an incident's own words, and what stands there when they are gone: the whole list.

A test reflects every table: a column of text that is neither here nor in its list of what stays turns it red.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from app.areas.models import Actor
from app.broadcasts.models import (
    Broadcast,
    BroadcastText,
    Engagement,
    Informed,
    PressEnquiry,
    Recipient,
)
from app.broadcasts.publishing.models import Publication
from app.callout.models import Call, Callout
from app.direction.models import AgreedPlan, Instruction, InstructionReceipt, PoliceAct, Stance
from app.exercises.models import Drill, Inject
from app.extensions import Model, db
from app.incidents.models import ActivationRequest, Incident
from app.lib.i18n import N_
from app.narrative.models import Fact, SharedMessage, SituationReport
from app.retention.models import LegalHold
from app.reviews.models import (
    DebriefAnswer,
    DebriefLink,
    PublicSummary,
    Review,
    ReviewAddendum,
    ReviewComment,
    ReviewConclusion,
    SignOff,
)
from app.tasks.models import Task

GONE = N_("Teksten er slettet")
NAME_GONE = N_("(slettet)")
Column = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Texts:
    """`way` leads from the row up to its incident; `becomes` says what each column holds afterwards."""

    label: str
    way: Column
    becomes: Mapping[Column, Any]

    @property
    def model(self) -> type[Model]:
        return cast(type[Model], self.way.class_)

    def of(self, incident_id: int) -> sa.ColumnElement[bool]:
        """The rows of this incident."""
        return _below(self.way, incident_id)

    def empty(self, incident_id: int) -> None:
        """Nothing that anybody wrote is left in them."""
        change = sa.update(self.model).where(self.of(incident_id)).values(dict(self.becomes))
        db.session.execute(change.execution_options(synchronize_session=False))

    def count(self, incident_id: int) -> int:
        """How many rows that is."""
        query = sa.select(sa.func.count()).select_from(self.model).where(self.of(incident_id))
        return db.session.scalar(query) or 0


def _below(way: Column, incident_id: int) -> sa.ColumnElement[bool]:
    (key,) = way.property.columns[0].foreign_keys
    table = key.column.table.name
    if table == Incident.__tablename__:
        return way == incident_id
    above = UP[table]
    return way.in_(sa.select(above.class_.id).where(_below(above, incident_id)))


# From a table that is no incident's own to the one above it.
UP: dict[str, Column] = {
    "agreed_plans": AgreedPlan.incident_id,
    "broadcasts": Broadcast.incident_id,
    "callouts": Callout.incident_id,
    "drills": Drill.incident_id,
    "instructions": Instruction.incident_id,
    "reviews": Review.incident_id,
}


def _words(*columns: Column, gone: str = GONE) -> dict[Column, Any]:
    """What was written says that it is gone; what was empty stays empty, and nothing stays nothing."""
    return {one: sa.case((sa.or_(one.is_(None), one == ""), one), else_=gone) for one in columns}


def _names(*columns: Column) -> dict[Column, Any]:
    return _words(*columns, gone=NAME_GONE)


def _nothing(*columns: Column) -> dict[Column, Any]:
    return dict.fromkeys(columns)


def _empty(*columns: Column) -> dict[Column, Any]:
    """Empty words, where the database lets a locked text become empty and nothing else."""
    return dict.fromkeys(columns, "")


ALARM = _words(Incident.what, Incident.where_note, Incident.how_now, Incident.done_so_far, Incident.annul_reason)
LEADER = {
    Incident.leader_label: sa.select(Actor.name).where(Actor.id == Incident.leader_actor_id).scalar_subquery(),
    Incident.leader_phone: None,
}

TEXTS: tuple[Texts, ...] = (
    Texts(
        N_("anmodninger"), ActivationRequest.incident_id, _words(ActivationRequest.what, ActivationRequest.where_note)
    ),
    Texts(N_("oplysninger"), Fact.incident_id, _words(Fact.text, Fact.source)),
    Texts(
        N_("situationsbilleder"), SituationReport.incident_id,
        _words(SituationReport.situation, SituationReport.development, SituationReport.measures,
               SituationReport.not_to_publish) | {SituationReport.facts: []},
    ),
    Texts(
        N_("fælles budskaber"), SharedMessage.incident_id,
        _words(SharedMessage.what_happened, SharedMessage.do_not_know, SharedMessage.we_do, SharedMessage.you_can_do,
               SharedMessage.contact) | {SharedMessage.facts: []},
    ),
    Texts(N_("opgaver"), Task.incident_id, _words(Task.text, Task.note) | _nothing(Task.phone)),
    Texts(N_("instrukser"), Instruction.incident_id, _words(Instruction.text, Instruction.ended_why)),
    Texts(N_("fravigelser"), InstructionReceipt.instruction_id, _words(InstructionReceipt.deviation)),
    Texts(N_("aftalte planer"), AgreedPlan.incident_id, {AgreedPlan.written: []}),
    Texts(N_("svar til planen"), Stance.plan_id, _words(Stance.reason) | _names(Stance.said_by)),
    Texts(N_("politiets ord"), PoliceAct.incident_id, _names(PoliceAct.said_by) | _words(PoliceAct.settled_how)),
    Texts(N_("tilkald"), Callout.incident_id, _names(Callout.answered_label)),
    Texts(N_("opkaldte numre"), Call.callout_id, _empty(Call.address) | _nothing(Call.code, Call.token_hash)),
    Texts(
        N_("beskeder"), Broadcast.incident_id,
        _words(Broadcast.text, Broadcast.reason) | {Broadcast.entrances: [], Broadcast.named: {}},
    ),
    Texts(
        N_("oversættelser"), BroadcastText.broadcast_id,
        _words(BroadcastText.text, BroadcastText.danish) | _names(BroadcastText.approver),
    ),
    Texts(N_("modtagere"), Recipient.broadcast_id, _empty(Recipient.name) | _nothing(Recipient.address)),
    Texts(N_("offentlige opslag"), Publication.incident_id, {Publication.texts: {}}),
    Texts(N_("planlagte øvelser"), Drill.incident_id, _words(Drill.what)),
    Texts(N_("indspil i øvelser"), Inject.drill_id, _words(Inject.text)),
    Texts(N_("givet besked i hånden"), Informed.incident_id, _words(Informed.note)),
    Texts(N_("frivilliges opgaver"), Engagement.incident_id, _words(Engagement.task, Engagement.keep_away)),
    Texts(
        N_("pressehenvendelser"), PressEnquiry.incident_id,
        _words(PressEnquiry.outlet, PressEnquiry.enquiry, PressEnquiry.answer, PressEnquiry.printed,
               PressEnquiry.correction),
    ),
    Texts(N_("svar på debriefen"), DebriefAnswer.review_id, _empty(DebriefAnswer.text, DebriefAnswer.contact_name)),
    Texts(N_("links til debriefen"), DebriefLink.review_id, _empty(DebriefLink.address)),
    Texts(N_("kommentarer i evalueringen"), ReviewComment.review_id, _empty(ReviewComment.text)),
    Texts(N_("konklusioner"), ReviewConclusion.review_id, _empty(ReviewConclusion.text)),
    Texts(N_("parternes ord til konklusionen"), SignOff.review_id, _empty(SignOff.reason)),
    Texts(N_("tilføjelser til evalueringen"), ReviewAddendum.review_id, _empty(ReviewAddendum.text)),
    Texts(N_("resuméer til bestyrelser"), PublicSummary.review_id, _empty(PublicSummary.text)),
    Texts(N_("begrundelser for at vente"), LegalHold.incident_id, _words(LegalHold.reason, LegalHold.lifted_why)),
)  # fmt: skip
