"""The verbs: hold back and let go, note an export, and delete an incident's own words for good."""

import sqlalchemy as sa

from app.areas.by import By
from app.areas.models import Actor
from app.broadcasts.models import Broadcast, Recipient
from app.broadcasts.operations.boards import about as briefing_of
from app.callout import queries as callouts
from app.documents.models import Document
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.documents import document_of
from app.incidents.facts import facts_of as known_of
from app.incidents.locks import locked
from app.incidents.models import ActivationRequest, ColleaguePass, Incident
from app.incidents.queries import actors_by_key
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.erasure import erase_expired
from app.logbook.kinds import Kind
from app.measures import operations as measures
from app.messaging.jobs import BLANK, UNDER_WAY
from app.messaging.models import Attempt, Delivery
from app.notices.models import Notice
from app.notices.operations import notify
from app.plans.tracks import review_leader
from app.plans.vocabulary import Track
from app.retention import queries, register
from app.retention.models import ErasedKind, IncidentExport, LegalHold
from app.retention.rules import Standing, reminder, standing
from app.retention.texts import ALARM, GONE, LEADER, TEXTS
from app.reviews.models import Review

JOURNAL_FIRST = N_("Eksportér til journalen: teksterne slettes 12 måneder efter lukning, og først når det er gjort.")
CLOSE_IT = N_("Luk evalueringen. Hændelsen sluttede for over et år siden, og dens tekster må ikke gemmes uden grund.")


def hold(incident: Incident, reason: str, *, by: By, not_cpr: bool = False) -> LegalHold:
    """Nothing of the incident is deleted until somebody lifts it."""
    incident = locked(incident)
    if incident.texts_gone_at is not None:
        raise Refused(Reason(N_("Teksterne er allerede slettet.")))
    if queries.hold_of(incident) is not None:
        raise Refused(Reason(N_("Sletningen er allerede sat på pause.")))
    made = LegalHold(
        incident_id=incident.id, reason=reason, set_at=clock.now(), set_by_id=by.user.id, set_as_id=by.actor.id
    )
    db.session.add(made)
    db.session.flush()
    log.write(incident, Kind.DECISION, f"Sletning sat på pause: {reason}", by=by, not_cpr=not_cpr)
    return made


def lift(incident: Incident, why: str, *, by: By, not_cpr: bool = False) -> None:
    """The rules count again, as from the day it was closed."""
    incident = locked(incident)
    held = queries.hold_of(incident)
    if held is None:
        raise Refused(Reason(N_("Sletningen er ikke sat på pause.")))
    held.lifted_at, held.lifted_by_id, held.lifted_why = clock.now(), by.user.id, why
    db.session.flush()
    log.write(incident, Kind.DECISION, f"Sletning må ske igen: {why}", by=by, not_cpr=not_cpr)


def note_export(incident: Incident, *, by: By) -> IncidentExport:
    """The incident was handed to the journal now. What says so in its log is for whoever exports."""
    made = IncidentExport(incident_id=incident.id, at=clock.now(), by_id=by.user.id)
    db.session.add(made)
    db.session.flush()
    return made


def note_filed(incident: Incident, *, by: By) -> None:
    """Somebody says that it is in the journal already, by another way; in the log too."""
    incident = locked(incident)
    note_export(incident, by=by)
    log.write(incident, Kind.DECISION, "Journaliseret på anden måde end med journalpakken.", by=by)


def look_at(incident: Incident) -> Standing:
    """Delete what is due, or remind who is waited for. Answers how it stood."""
    incident = locked(incident)
    facts = queries.facts_of(incident)
    found = standing(facts, clock.now())
    if found is Standing.DUE:
        erase_incident(incident)
    elif (number := reminder(facts, clock.now())) is not None:
        _remind(incident, JOURNAL_FIRST, f"retention-export:{incident.id}:{number}")
    return found


def remind_to_close(incident: Incident) -> None:
    """A review that nobody locks keeps everything for ever: told once a month."""
    if incident.ended_at is not None:
        month = (clock.now() - incident.ended_at).days // 30
        _remind(incident, CLOSE_IT, f"retention-close:{incident.id}:{month}")


def _remind(incident: Incident, words: str, key: str) -> None:
    notify(
        leader_of(incident), marked(incident, f"{words} ({incident.what[:200]})"),
        about=f"incident:{incident.public_id}", key=key, without_police=incident.track is Track.NON_POLICE,
    )  # fmt: skip


def leader_of(incident: Incident) -> Actor:
    """Who leads its review, and looks after its words."""
    key = review_leader(document_of(incident), known_of(incident))
    return actors_by_key(incident.area).get(key, incident.leader)


def erase_incident(incident: Incident) -> None:
    """Everything that anybody wrote in it goes. Times, numbers, who took part, and the log's proof of itself stay."""
    incident = locked(incident)
    abouts = _abouts(incident)  # asked first: they are found by what is emptied
    erase_expired(incident.chain)
    db.session.flush()
    for texts in TEXTS:
        texts.empty(incident.id)
    _forget_what_was_sent(incident, abouts)
    _forget_notices_and_files(abouts)
    _forget_guests(incident)
    own = sa.update(Incident).where(Incident.id == incident.id)
    db.session.execute(own.values({**ALARM, **LEADER, Incident.texts_gone_at: clock.now()}))
    db.session.expire_all()
    measures.let_go_of(incident)
    register.note(ErasedKind.INCIDENT, incident.public_id)
    log.changed(incident, *log.TOPICS)


def _abouts(incident: Incident) -> set[str]:
    """What everything that was sent, told or made of this incident is about."""
    mine, id_ = [], incident.id
    for broadcast in db.session.scalars(sa.select(Broadcast).where(Broadcast.incident_id == id_)):
        mine += [broadcast.group, briefing_of(broadcast)]
    mine += [callouts.about(one) for one in callouts.callouts_of(incident)]
    mine += [f"debrief:{one}" for one in db.session.scalars(sa.select(Review.id).where(Review.incident_id == id_))]
    let_in = sa.select(ColleaguePass.id).where(ColleaguePass.incident_id == id_)
    mine += [f"pass:{one}" for one in db.session.scalars(let_in)]
    asked = sa.select(ActivationRequest.id, ActivationRequest.public_id).where(ActivationRequest.incident_id == id_)
    for number, public_id in db.session.execute(asked):
        mine += [f"request:{number}", f"request:{public_id}"]
    return {f"incident:{incident.public_id}", *mine}


def _forget_what_was_sent(incident: Incident, abouts: set[str]) -> None:
    groups = (callouts.group_of(incident), f"ending:{incident.id}")
    mine = sa.or_(Delivery.about.in_(abouts), Delivery.group.in_(groups))
    sent = sa.select(Delivery.id).where(mine, Delivery.state.not_in(UNDER_WAY))
    db.session.execute(sa.update(Attempt).where(Attempt.delivery_id.in_(sent)).values(detail=None))
    forgotten = sa.update(Delivery).where(Delivery.id.in_(sent), Delivery.address != "").values(BLANK)
    db.session.execute(forgotten.execution_options(synchronize_session=False))
    of_it = Recipient.broadcast_id.in_(sa.select(Broadcast.id).where(Broadcast.incident_id == incident.id))
    whom = sa.update(Recipient).where(of_it, Recipient.forgotten_at.is_(None)).values(forgotten_at=clock.now())
    db.session.execute(whom.execution_options(synchronize_session=False))


def _forget_notices_and_files(abouts: set[str]) -> None:
    told = sa.update(Notice).where(Notice.about.in_(abouts))
    seen = sa.func.coalesce(Notice.seen_at, clock.now())
    db.session.execute(told.values(text=GONE, seen_at=seen).execution_options(synchronize_session=False))
    db.session.execute(sa.delete(Document).where(Document.about.in_(abouts)))


def _forget_guests(incident: Incident) -> None:
    """Colleagues let in for a day had no login of their own; nothing is left of who they were."""
    for held in db.session.scalars(sa.select(ColleaguePass).where(ColleaguePass.incident_id == incident.id)):
        held.code_hash, held.user.name, held.user.phone = "", "En kollega", None
