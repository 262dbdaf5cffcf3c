"""Confirming or denying what somebody recorded on the police's behalf. A denial undoes what can be undone."""

from datetime import timedelta

from app.broadcasts import operations as broadcasts
from app.callout import operations as callout
from app.direction import operations as direction
from app.direction.models import ACT_LABELS, ActState, PoliceAct, PoliceActKind
from app.direction.queries import full_facts
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.plans.tracks import may_confirm_police_act, may_deny_police_act
from app.plans.vocabulary import IncidentStatus
from app.transitions import release_case, same_incident
from app.transitions.annul import end_as_false
from app.transitions.ruling import demand


def confirm(act: PoliceAct, reader: Reader, how: str, *, by_call_back: bool, not_cpr: bool = False) -> None:
    """A second person, a call-back or the police themselves. Raises Refused."""
    incident = _open_act(act)
    ruling = may_confirm_police_act(
        document_of(incident), reader.who, full_facts(incident), act.recorded_by_id, by_call_back=by_call_back
    )
    demand(ruling, incident.area)
    _settle(act, ActState.CONFIRMED, reader, how)
    text = f"Politiets {ACT_LABELS[act.kind]} er bekræftet: {how}"
    log.write(incident, Kind.INSTRUCTION, text, by=reader.by, not_cpr=not_cpr)
    if act.kind is PoliceActKind.CASE_RELEASE:
        release_case.confirmed(act, how)
    log.changed(incident, *log.TOPICS)


def deny(act: PoliceAct, reader: Reader, how: str, *, not_cpr: bool = False) -> None:
    """The police say they did not. Their activation: the incident ends as false. Their end of it: it runs on.

    An instruction is withdrawn; one that they never took back holds again. Texts that they never released are stopped.
    """
    incident = _open_act(act)
    demand(may_deny_police_act(document_of(incident), reader.who, full_facts(incident)), incident.area)
    _settle(act, ActState.DENIED, reader, how)
    text = f"Politiets {ACT_LABELS[act.kind]} er afkræftet: {how}"
    entry = log.write(incident, Kind.INSTRUCTION, text, by=reader.by, not_cpr=not_cpr)
    if act.kind is PoliceActKind.ACTIVATION and incident.is_open:
        end_as_false(incident, text, f"denied:{entry.seq}")
        same_incident.undo_yes(incident)
    elif act.kind is PoliceActKind.STAND_DOWN and incident.status in (
        IncidentStatus.STOOD_DOWN,
        IncidentStatus.IN_REVIEW,
    ):
        _run_on(incident)
    elif act.kind is PoliceActKind.CASE_RELEASE:
        release_case.undo_release(incident)
    elif act.kind is PoliceActKind.INSTRUCTION:
        direction.undo_given(act)
    elif act.kind is PoliceActKind.INSTRUCTION_END:
        direction.undo_ended(act)
    elif act.kind in (PoliceActKind.GLIMPSE_CLOSED, PoliceActKind.GLIMPSE_OPENED):
        direction.undo_glimpse(act)
    elif act.kind is PoliceActKind.ACKNOWLEDGEMENT:
        direction.undo_acknowledgement(act)
    elif act.kind in broadcasts.UNDONE_HERE:
        broadcasts.undo_police_word(act)
    log.changed(incident, *log.TOPICS)


def _open_act(act: PoliceAct) -> Incident:
    incident = locked(act.incident)
    db.session.refresh(act)
    if act.state is not ActState.UNCONFIRMED:
        raise Refused(Reason(N_("Det er allerede afgjort af en anden.")))
    return incident


def _settle(act: PoliceAct, state: ActState, reader: Reader, how: str) -> None:
    act.state, act.settled_by_id, act.settled_how, act.settled_at = state, reader.user.id, how[:200], clock.now()
    db.session.flush()


def _run_on(incident: Incident) -> None:
    document = document_of(incident)
    incident.status, incident.ended_at = IncidentStatus.ACTIVE, None
    incident.next_update_at = clock.now() + timedelta(minutes=document.update_every_minutes)
    callout.let_answer(incident)
    log.write(incident, Kind.DECISION, "Afblæsningen er trukket tilbage. Hændelsen er aktiv igen.", by=None)
