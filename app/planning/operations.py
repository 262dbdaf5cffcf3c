"""A draft's life: begun, changed, said yes to by two parties, or discarded."""

from datetime import date

import sqlalchemy as sa

from app.accounts.operations import record
from app.areas.by import By
from app.areas.models import Area
from app.errors import Refused
from app.extensions import db
from app.incidents.access import Reader
from app.incidents.locks import locked
from app.incidents.queries import actors_by_key
from app.incidents.ruling import demand
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.notices.operations import forget, notify
from app.planning import queries
from app.planning.models import PlanApproval, PlanDraft, PlanEdit, PlanProposal
from app.planning.rules.findings import findings
from app.plans.document import PlanDocument
from app.plans.models import Plan
from app.plans.operations import REVIEWED_WITHIN, approve, create_version
from app.plans.places import Section
from app.plans.queries import plan_for, today
from app.plans.reading import shape_of, to_json
from app.plans.tracks import may_approve_plan
from app.plans.tracks.planning import Yes
from app.reviews.operations import carried_out
from app.reviews.queries import point_by_id


def begin(area: Area, by: By) -> PlanDraft:
    """The area's open draft; a new one is a copy of the plan in force, to be reviewed in a year."""
    db.session.execute(sa.select(Area.id).where(Area.id == area.id).with_for_update())
    if (there := queries.draft_of(area)) is not None:
        return there
    plan, document, _ = plan_for(area)
    draft = PlanDraft(
        area=area, based_on=plan, document=to_json(document), review_on=today() + REVIEWED_WITHIN, number=0,
        created_at=clock.now(), created_by=by.label,
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    return draft


def save(draft: PlanDraft, document: PlanDocument, section: Section, text: str, by: By) -> None:
    """The draft's new wording; whoever had said yes to the old one is asked again. The caller holds its row."""
    written = to_json(document)
    if written != draft.document:
        draft.document = written
        _count(draft, section, text, by)


def set_review_date(draft: PlanDraft, day: date, by: By) -> None:
    """Until when it counts without being looked at again."""
    if draft.review_on != day:
        draft.review_on = day
        _count(draft, Section.PURPOSE, f"Gennemgås senest {day:%d.%m.%Y}", by)


def _count(draft: PlanDraft, section: Section, text: str, by: By) -> None:
    draft.number += 1
    edit = PlanEdit(
        draft_id=draft.id, number=draft.number, section=section, text=text[:300], at=clock.now(), by_label=by.label
    )
    db.session.add(edit)
    forget(about(draft))  # nobody is waited for any more
    db.session.flush()


def discard(draft: PlanDraft, by: By) -> None:
    """The draft ends without becoming a plan; what is in force stays so."""
    draft.ended_at = clock.now()
    forget(about(draft))
    record("plan_discarded", f"{by.label} kasserede udkastet til planen.", by=by.user, area_id=draft.area_id)
    db.session.flush()


def place_proposal(draft: PlanDraft, point: str, section: Section) -> None:
    """The learning point lies beside this section until the draft is approved."""
    if not any(one.point == point for one in queries.proposals_of(draft)):
        db.session.add(PlanProposal(draft_id=draft.id, point=point, section=section, at=clock.now()))
        db.session.flush()


def take_out_proposal(proposal: PlanProposal) -> None:
    """The draft does not carry it out after all; the point stays open."""
    db.session.delete(proposal)
    db.session.flush()


def say_yes(draft: PlanDraft, reader: Reader) -> Plan | None:
    """One party's yes; with the second the draft is the plan, which is answered. Raises Refused. Its row is held."""
    given = queries.approvals_of(draft)
    in_force = plan_for(draft.area).document
    demand(may_approve_plan(in_force, reader.who, [Yes(one.user_id, one.actor.key) for one in given]), draft.area)
    document = shape_of(draft.document)
    if any(one.hinders for one in findings(document, draft.review_on, queries.around(draft.area))):
        raise Refused(Reason(N_("Udkastet har fejl, der skal rettes, før nogen kan sige ja.")))
    said = PlanApproval(draft_id=draft.id, number=draft.number, actor=reader.actor, user=reader.user, at=clock.now())
    db.session.add(said)
    db.session.flush()
    if not given:
        _ask_others(draft, reader.by, in_force)
        return None
    return _become(draft, document, [*given, said], reader.by)


def _ask_others(draft: PlanDraft, by: By, in_force: PlanDocument) -> None:
    text = f"{by.label} har sagt ja til udkastet til beredskabsplanen. En koordinator hos en anden part siger ja næst."
    for key, actor in actors_by_key(draft.area).items():
        if key in in_force.party_keys and actor.id != by.actor.id:
            key = f"plan-yes:{draft.id}:{draft.number}:{actor.id}"
            notify(actor, text, about=about(draft), key=key, without_police=False)


def _become(draft: PlanDraft, document: PlanDocument, said: list[PlanApproval], by: By) -> Plan:
    before = plan_for(draft.area).plan
    names = " og ".join(f"{one.user.name}, {one.actor.name}" for one in said)
    made = create_version(draft.area, document, draft.created_by)
    plan = approve(made, by, draft.review_on, approved_by=names)
    draft.ended_at, draft.became = clock.now(), plan
    db.session.flush()
    for proposal in queries.proposals_of(draft):
        point = point_by_id(proposal.point)
        if point is not None:
            locked(point.review.incident)
            carried_out(point, plan.version)
    forget(about(draft))
    if before is not None:
        forget(f"plan:{before.public_id}")
    _tell_everybody(plan, document)
    text = f"Beredskabsplanens version {plan.version} er godkendt af {names}."
    record("plan_approved", text, by=by.user, area_id=draft.area_id)
    return plan


def _tell_everybody(plan: Plan, document: PlanDocument) -> None:
    text = f"Beredskabsplanens version {plan.version} gælder fra nu. Godkendt af {plan.approved_by}."
    for key, actor in actors_by_key(plan.area).items():
        if key in document.party_keys:
            about_, once = f"plan:{plan.public_id}", f"plan-approved:{plan.id}:{actor.id}"
            notify(actor, text[:500], about=about_, key=once, without_police=False)


def about(draft: PlanDraft) -> str:
    """What notices of a draft are about."""
    return f"draft:{draft.public_id}"
