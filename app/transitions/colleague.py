"""A colleague let in to one incident for 24 hours by a code to that phone, good once."""

import secrets
from datetime import timedelta

import sqlalchemy as sa

from app.accounts import limits
from app.accounts.models import User
from app.callout.codes import token_hash
from app.callout.queries import group_of
from app.contacts.queries import police_addresses
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader, is_outside
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.locks import locked
from app.incidents.models import ColleaguePass, Incident
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.lib.types import new_public_id
from app.logbook.kinds import Kind
from app.messaging import outbox
from app.messaging.channels import channel_for
from app.messaging.models import Priority, ReceiverKind
from app.plans.tracks import may_let_in_colleague
from app.plans.vocabulary import Track
from app.transitions.ruling import demand

GOOD_FOR = timedelta(hours=24)
FREE_TRIES = 5


def let_in(incident: Incident, reader: Reader, name: str, phone: str, link: str) -> ColleaguePass:
    """`phone` as E.164; `link` holds `{pass}`. The colleague acts for the reader's actor. Raises Refused."""
    incident = locked(incident)
    is_police = phone in police_addresses(incident.area)
    ruling = may_let_in_colleague(document_of(incident), reader.who, facts_of(incident), colleague_is_police=is_police)
    demand(ruling, incident.area)
    code, expires = f"{secrets.randbelow(10**6):06d}", clock.now() + GOOD_FOR
    guest = User(
        name=name, email=f"kollega-{new_public_id().lower()}@kollega.invalid", phone=phone, created_at=clock.now(),
        expires_at=expires,
    )  # fmt: skip
    db.session.add(guest)
    db.session.flush()
    held = ColleaguePass(
        incident=incident, actor=reader.actor, user=guest, let_in_by_id=reader.user.id, expires_at=expires,
        public_id=new_public_id(), code_hash="",
    )  # fmt: skip
    held.code_hash = _code_hash(held, code)
    db.session.add(held)
    db.session.flush()
    _send(held, code, link.replace("{pass}", held.public_id))
    text = f"{_called(held)} er lukket ind i 24 timer som kollega hos {reader.actor.name}"
    log.write(incident, Kind.DECISION, text, by=reader.by)
    log.changed(incident, "parties")
    return held


def _code_hash(held: ColleaguePass, code: str) -> str:
    return token_hash(f"{held.public_id}:{code}")


def _send(held: ColleaguePass, code: str, link: str) -> None:
    incident, phone = held.incident, held.user.phone or ""
    text = marked(incident, f"Beredskab {incident.area.name}: Du er lukket ind i 24 timer. Kode: {code}. {link}")
    outbox.queue(
        [
            outbox.NewDelivery(
                name=held.user.name, address=phone, channel=channel_for("sms"), text=text,
                receiver_kind=ReceiverKind.PARTY,
                priority=Priority.CALLOUT, about=f"pass:{held.id}", group=group_of(incident),
                unique_key=f"pass:{held.id}", valid_until=clock.now() + timedelta(hours=1),
                is_exercise=incident.is_exercise, area_id=incident.area_id,
                without_police=incident.track is Track.NON_POLICE,
            )
        ]
    )  # fmt: skip


def _called(held: ColleaguePass, *, inside: bool = False) -> str:
    # Volunteers are not named to each other, and everybody reads the log.
    if held.actor.is_civil:
        return f"en kollega hos {held.actor.name}" if inside else "En kollega"
    return held.user.name


def limit_key(public_id: str) -> str:
    """What wrong codes are counted by."""
    return limits.key("pass", public_id)


def redeem(public_id: str, code: str) -> User | None:
    """The guest who may now sign in, or None when pass or code is wrong, used or ended. Count the try first."""
    held = db.session.scalar(sa.select(ColleaguePass).where(ColleaguePass.public_id == public_id).with_for_update())
    if held is None or held.used_at or held.ended_at or held.expires_at <= clock.now() or is_outside(held):
        return None
    if not secrets.compare_digest(held.code_hash, _code_hash(held, code.strip())):
        return None
    held.used_at, held.code_hash = clock.now(), ""
    db.session.flush()
    log.write(held.incident, Kind.CONTACT, f"{_called(held)} er kommet ind i rummet", by=None)
    return held.user


def end_pass(held: ColleaguePass, reader: Reader) -> None:
    """Out again before the 24 hours have passed. Raises Refused."""
    incident = locked(held.incident)
    ruling = may_let_in_colleague(document_of(incident), reader.who, facts_of(incident), colleague_is_police=False)
    demand(ruling, incident.area)
    if held.ended_at is not None:
        raise Refused(Reason(N_("Adgangen er allerede lukket.")))
    held.ended_at = clock.now()
    held.user.session_epoch += 1
    db.session.flush()
    log.write(incident, Kind.DECISION, f"Adgangen for {_called(held, inside=True)} er lukket", by=reader.by)
    log.changed(incident, "parties")


def passes_of(incident: Incident) -> list[ColleaguePass]:
    """Passes that are good now."""
    query = sa.select(ColleaguePass).where(
        ColleaguePass.incident_id == incident.id,
        ColleaguePass.ended_at.is_(None),
        ColleaguePass.expires_at > clock.now(),
    )
    return list(db.session.scalars(query.order_by(ColleaguePass.id)))
