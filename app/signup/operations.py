"""Send a code, take it back once, write a resident on the list, take one off it. Nobody is told who is known."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from app.accounts.delays import address_prefix
from app.areas.models import Area, Place
from app.areas.queries import data_protection_of
from app.contacts.models import Contact, ContactSource, PointKind
from app.contacts.operations import add_contact, as_known, end_contact
from app.extensions import db
from app.lib import clock, phone
from app.lib.database import wait_in_line
from app.lib.languages import Language
from app.lib.types import new_public_id
from app.messaging import outbox
from app.messaging.channels import channel_for
from app.messaging.models import Delivery, DeliveryState, Priority, ReceiverKind
from app.plans.vocabulary import AudienceKey
from app.signup import queries
from app.signup.hashes import keyed, same
from app.signup.models import SignUpCode
from app.signup.rules import LIVES, TRIES, may_send
from app.signup.words import say
from config import Config

NAME = "Tilmeldt beboer"  # nobody is asked for a name
WHY = "Tilmeldt på den offentlige side"
ANSWER_HOLDS = timedelta(hours=2)
CHANNELS = {PointKind.MOBILE: "sms", PointKind.EMAIL: "email"}


@dataclass(frozen=True)
class Asker:
    """A number (E.164) or address to be shown theirs; `from_address` is where the request came from."""

    kind: PointKind
    address: str
    language: Language
    from_address: str | None


def ask(area: Area, asker: Asker) -> str:
    """The name of the page where the code is typed. It is the same whether one was sent or not, and to whom."""
    wait_in_line(db.session.connection(), f"sign-up:{area.id}")  # else two at once would both be the last one
    prefix = address_prefix(asker.from_address)
    row = SignUpCode(
        token=new_public_id(), area_id=area.id, kind=asker.kind, address=asker.address, language=asker.language,
        number_key=keyed("number", asker.address), prefix_key=keyed("prefix", prefix) if prefix else "",
        sent_at=clock.now(),
    )  # fmt: skip
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.code_hash = keyed("code", row.token, code)
    free = may_send(queries.lately(area, row.number_key, row.prefix_key), clock.now())
    if free and data_protection_of(area) is not None:
        db.session.add(row)
        _text(area, asker, "code", f"sign-up:{row.token}", LIVES, code=code)
    return row.token


def redeem(area: Area, token: str, typed: str) -> str | None:
    """A pass to the owner's page, once. Commit whatever it answers: a wrong try is counted."""
    query = sa.select(SignUpCode).where(SignUpCode.token == token, SignUpCode.area_id == area.id)
    row = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    given = keyed("code", token, "".join(character for character in typed if character.isdecimal()))
    if row is None or row.used_at or row.tries >= TRIES or row.sent_at <= clock.now() - LIVES:
        same(given, given)
        return None
    row.tries += 1
    db.session.flush()
    if not same(given, row.code_hash):
        return None
    pass_ = new_public_id()
    row.used_at, row.pass_hash = clock.now(), keyed("pass", pass_)
    db.session.flush()
    return pass_


def join(held: SignUpCode, place: Place | None, entrance: str, language: Language) -> Contact:
    """On the list of the area's residents, by their own word. Again: only what is new."""
    there = queries.residents_at(held.area_id, held.kind, held.address)
    contact, is_new = queries.reading(there) or next(iter(there), None), queries.reading(there) is None
    if contact is None:
        points = [(held.kind, held.address)]
        contact = add_contact(held.area, name=NAME, points=points, audiences=[AudienceKey.RESIDENTS])
        contact.audiences[0].why = WHY
    contact.place, contact.entrance = place, as_known(held.area_id, place, entrance)
    contact.language, contact.confirmed_at = language, clock.now()
    if is_new:
        contact.source, contact.source_at, contact.opted_out_at = ContactSource.SIGN_UP, clock.now(), None
        asker = Asker(held.kind, held.address, language, None)
        number = current_number()
        key = "welcome_stop" if number and held.kind is PointKind.MOBILE else "welcome"
        about = f"welcome:{contact.public_id}:{held.id}"
        _text(held.area, asker, key, about, ANSWER_HOLDS, number=phone.spaced(number) if number else "")
    db.session.flush()
    return contact


def leave(area_id: int, kind: PointKind, address: str) -> bool:
    """Nothing more goes there as to a resident. False: somebody else wrote them on the list, and only the no is kept.

    What is queued to them is stopped. Whoever is more than a resident stays that.
    """
    is_gone = True
    for contact in queries.residents_at(area_id, kind, address):
        is_gone = _take_off(contact) and is_gone
    _stop(area_id, address)
    db.session.flush()
    return is_gone


def leave_everywhere(address: str) -> list[Contact]:
    """STOP, from the phone itself. Those who were taken off."""
    kind = PointKind.MOBILE
    areas = db.session.scalars(sa.select(Area).order_by(Area.id)).all()
    reading = [(area, queries.reading(queries.residents_at(area.id, kind, address))) for area in areas]
    found = [(area, contact) for area, contact in reading if contact is not None]
    for area, contact in found:
        asker = Asker(kind, address, contact.language, None)
        leave(area.id, kind, address)
        _text(area, asker, "off_text", f"signed-off:{contact.public_id}:{clock.now().isoformat()}", ANSWER_HOLDS)
    return [contact for _area, contact in found]


def _take_off(contact: Contact) -> bool:
    others = [one for one in contact.audiences if one.audience_key != AudienceKey.RESIDENTS]
    if contact.actor_id is not None or contact.user_id is not None or others:
        contact.audiences[:] = others
        return True
    contact.opted_out_at = clock.now()
    if contact.source is not ContactSource.SIGN_UP:
        return False
    contact.points.clear()
    contact.place, contact.entrance = None, ""
    end_contact(contact)
    return True


def _stop(area_id: int, address: str) -> None:
    waiting = sa.select(Delivery.group).where(
        Delivery.address == address, Delivery.area_id == area_id, Delivery.state == DeliveryState.QUEUED,
        Delivery.receiver_kind == ReceiverKind.RESIDENT, Delivery.group.like("broadcast:%"),
    )  # fmt: skip
    for group in db.session.scalars(waiting.distinct()).all():
        outbox.cancel(group=group, addresses=[address], reason="signed_off")


def current_number() -> str:
    """The number that takes STOP; empty where nothing leaves as SMS."""
    config: Config = current_app.config["BEREDSKAB"]
    return config.twilio.number if channel_for("sms") != "log" else ""


def _text(area: Area, to: Asker, key: str, about: str, holds: timedelta, **values: str) -> None:
    said_key, subject_key = {"code": ("code_text", "code_subject")}.get(key, (key, "welcome_subject"))
    channel = channel_for(CHANNELS[to.kind])
    outbox.queue(
        [
            outbox.NewDelivery(
                name=NAME, address=to.address, channel=channel, language=to.language.value,
                text=say(to.language, said_key, area=area.name, **values), subject=say(to.language, subject_key),
                receiver_kind=ReceiverKind.RESIDENT, priority=Priority.NOTICE, about=about[:120], group="sign-up",
                unique_key=about, valid_until=clock.now() + holds, without_police=False, area_id=area.id,
            )
        ]
    )  # fmt: skip
