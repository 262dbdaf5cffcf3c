"""What the scheduler calls each night, and a restore at once: what is due goes, one commit for each incident."""

import logging
from datetime import timedelta

import sqlalchemy as sa

from app.accounts.models import User
from app.callout.models import Call, Callout
from app.exercises.models import Drill, Inject
from app.extensions import Model, db
from app.incidents.models import ActivationRequest, Incident
from app.lib import clock
from app.logbook.erasure import erase_anew
from app.logbook.models import LogChain
from app.messaging.jobs import DELIVERIES_KEPT
from app.messaging.models import Attempt, Delivery, Receipt
from app.notices.models import Notice
from app.plans.vocabulary import IncidentStatus
from app.retention import operations, people, queries, register, traces
from app.retention.models import ErasedKind
from app.retention.rules import TEXTS_KEPT, Standing
from app.retention.texts import GONE
from app.reviews.models import DebriefLink

GUEST_KEPT = timedelta(days=30)

log = logging.getLogger(__name__)


def keep_to_the_rules() -> int:
    """Erase what is due and remind who is waited for. Answers how many incidents lost their texts."""
    gone = erase_again()
    gone += sum(_look_at(id_) is Standing.DUE for id_ in queries.candidates())
    for incident in queries.forgotten():
        operations.remind_to_close(incident)
        db.session.commit()
    forget_people()
    forget_beside()
    if gone:
        log.info("retention: the texts of %s incidents were deleted", gone)
    return gone


def _look_at(incident_id: int) -> Standing:
    found = operations.look_at(db.session.get_one(Incident, incident_id))
    db.session.commit()
    return found


def erase_again() -> int:
    """What the register names and a restored copy has brought back. Answers how many incidents that was."""
    chains = {one.public_id: one for one in db.session.scalars(sa.select(LogChain).where(_has_entries_to_erase()))}
    for key in sorted(register.keys(ErasedKind.ENTRY)):
        chain, _colon, seq = key.partition(":")
        if chain in chains:
            erase_anew(chains[chain], int(seq))
            db.session.commit()
    back = sa.select(Incident).where(
        Incident.public_id.in_(register.keys(ErasedKind.INCIDENT)), Incident.texts_gone_at.is_(None)
    )
    returned = db.session.scalars(back).all()
    for incident in returned:
        operations.erase_incident(incident)
        db.session.commit()
    people.erase_again(register.keys(ErasedKind.CONTACT), register.keys(ErasedKind.USER))
    traces.erase_again()
    db.session.commit()
    return len(returned)


def _has_entries_to_erase() -> sa.ColumnElement[bool]:
    named = {key.partition(":")[0] for key in register.keys(ErasedKind.ENTRY)}
    return LogChain.public_id.in_(named)


def forget_people() -> int:
    """Contacts whose role has ended, and the phones of colleagues who were let in for a day."""
    gone = people.forget_ended(clock.now())
    let_in = sa.select(User).where(User.expires_at < clock.now() - GUEST_KEPT, User.phone.is_not(None))
    for guest in db.session.scalars(let_in):  # row by row: what is remembered of people hears of it
        guest.phone = None
    db.session.commit()
    return gone


def forget_beside() -> None:
    """What hangs on no incident: requests that nobody met, old notices; and numbers beside the old deliveries."""
    old, sent = clock.now() - TEXTS_KEPT, clock.now() - DELIVERIES_KEPT
    asked = ActivationRequest.incident_id.is_(None) & (ActivationRequest.created_at < old)
    _change(ActivationRequest, asked & (ActivationRequest.what != GONE), what=GONE, where_note="")
    never = Drill.incident_id.is_(None) & (Drill.starts_at < old)  # planned, and never begun
    _change(Inject, Inject.drill_id.in_(sa.select(Drill.id).where(never)) & (Inject.text != GONE), text=GONE)
    _change(Drill, never & (Drill.what != GONE), what=GONE)
    db.session.execute(sa.delete(Notice).where(Notice.at < old))
    blank = sa.select(Delivery.id).where(Delivery.address == "", Delivery.queued_at < sent)
    _change(Attempt, Attempt.delivery_id.in_(blank) & Attempt.detail.is_not(None), detail=None)
    db.session.execute(sa.delete(Receipt).where(Receipt.received_at < sent))
    _change(Call, (Call.at < sent) & (Call.address != "") & Call.callout_id.not_in(_running()), **ASKED)
    _change(DebriefLink, (DebriefLink.sent_at < sent) & (DebriefLink.address != ""), address="")
    db.session.commit()


ASKED = {"address": "", "code": None, "token_hash": None}


def _running() -> sa.Select[int]:
    return sa.select(Callout.id).join(Callout.incident).where(Incident.status == IncidentStatus.ACTIVE)


def _change(model: type[Model], which: sa.ColumnElement[bool], **values: str | None) -> None:
    change = sa.update(model).where(which).values(**values)
    db.session.execute(change.execution_options(synchronize_session=False))
