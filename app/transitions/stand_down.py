"""Afslut beredskabet: open tasks to follow-up, everybody told, the last hash mailed, the review opened."""

from dataclasses import dataclass

from app.broadcasts import operations as broadcasts
from app.callout import operations as callout
from app.callout import queries as callouts
from app.callout import texts
from app.contacts.models import PointKind
from app.direction.models import PoliceActKind
from app.direction.police_word import PoliceSaid, record
from app.direction.queries import full_facts
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.logbook.queries import last_head
from app.messaging import outbox
from app.messaging.channels import channel_for
from app.messaging.models import Priority, ReceiverKind
from app.plans.tracks import may_stand_down
from app.plans.vocabulary import IncidentStatus, Track
from app.reviews import operations as reviews
from app.tasks import operations as tasks
from app.tasks import queries as task_queries
from app.transitions.ruling import demand

HASH_GOES_TO = 2


@dataclass(frozen=True)
class StandDown:
    """What was ticked and typed. `police_said` when the police said it by word and somebody else records it."""

    criteria: tuple[str, ...]
    note: str = ""
    move_tasks: bool = False
    police_said: PoliceSaid | None = None
    not_cpr: bool = False


def stand_down(incident: Incident, reader: Reader, typed: StandDown) -> None:
    """Raises Refused when it is not theirs to say, or when open tasks are left without a word."""
    incident = locked(incident)
    document = document_of(incident)
    demand(may_stand_down(document, reader.who, full_facts(incident), on_behalf=bool(typed.police_said)), incident.area)
    open_tasks = task_queries.open_of(incident)
    if open_tasks and not typed.move_tasks:
        raise Refused(
            Reason(N_("Der er %(n)s åbne opgaver. Løs dem, eller flyt dem til opfølgning."), {"n": len(open_tasks)})
        )
    moved = tasks.move_open_to_follow_up(incident)
    called = callout.stop_all(incident)
    broadcasts.end_waiting(incident)
    _end(incident)
    entry = _write_log(incident, reader, typed, moved)
    callout.tell_called(incident, called, texts.ended(incident), f"stand-down:{entry.seq}")
    reviews.open_review(incident)
    mail_head(incident)
    log.changed(incident, *log.TOPICS)


def _end(incident: Incident) -> None:
    incident.status, incident.ended_at, incident.next_update_at = IncidentStatus.STOOD_DOWN, clock.now(), None
    db.session.flush()


def _write_log(incident: Incident, reader: Reader, typed: StandDown, moved: int) -> LogEntry:
    said = typed.police_said
    behalf = said.in_the_log if said else None
    parts = ["Beredskabet er afblæst."]
    if typed.criteria:
        parts.append("Opfyldt: " + "; ".join(typed.criteria) + ".")
    if moved:
        parts.append(f"{moved} åbne opgaver er flyttet til opfølgning.")
    if typed.note:
        parts.append(typed.note)
    entry = log.write(
        incident, Kind.STAND_DOWN, " ".join(parts), by=reader.by, on_behalf_of=behalf, not_cpr=typed.not_cpr,
        data={"moved": moved, "criteria": len(typed.criteria)},
    )  # fmt: skip
    if said:
        record(incident, PoliceActKind.STAND_DOWN, said, by=reader.by)
    return entry


def mail_head(incident: Incident) -> int:
    """Mail the log's last hash to two parties, so that nobody rewrites it unseen. Answers how many mails."""
    head = last_head(incident.chain)
    text = marked(
        incident,
        f"Beredskab {incident.area.name}. Loggen for hændelsen {clock.local(incident.activated_at):%d.%m.%Y} "
        f"slutter med denne kontrolkode:\n\n{head}\n\nGem mailen. Med koden kan loggen efterprøves senere.",
    )
    mails = []
    for name, address in _head_keepers(incident)[:HASH_GOES_TO]:
        mails.append(
            outbox.NewDelivery(
                name=name, address=address, channel=channel_for("email"), text=text, receiver_kind=ReceiverKind.PARTY,
                priority=Priority.NOTICE, about=f"head:{incident.id}", group=f"ending:{incident.id}",
                unique_key=f"head:{incident.id}:{incident.chain.seq}:{address}",
                valid_until=clock.now() + reviews.DEBRIEF_WITHIN, is_exercise=incident.is_exercise,
                area_id=incident.area_id, without_police=incident.track is Track.NON_POLICE,
                subject=marked(incident, f"Kontrolkode for loggen, {incident.area.name}"),
            )
        )  # fmt: skip
    outbox.queue(mails)
    return len(mails)


def _head_keepers(incident: Incident) -> list[tuple[str, str]]:
    keepers = []
    for round_ in callouts.latest_of(incident):
        for contact in callout.reachable_line(round_):
            if point := contact.point(PointKind.EMAIL):
                keepers.append((contact.name, point.address))
                break
    return keepers
