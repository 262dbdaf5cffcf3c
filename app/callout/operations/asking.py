"""Asking one person: by text with code and link, by a human with a phone, or only telling them."""

from datetime import datetime, timedelta

from flask import current_app

from app.areas.models import Actor
from app.callout import codes, queries, texts
from app.callout.models import Call, Callout, CalloutStep
from app.contacts.models import Contact, PointKind
from app.contacts.queries import duty_line, is_police, police_addresses
from app.contacts.reaching import texting_address
from app.extensions import db
from app.incidents.texts import marked
from app.lib import clock
from app.messaging import outbox
from app.messaging.channels import VOICE, can_call
from app.messaging.models import Priority, ReceiverKind
from app.plans.vocabulary import Track
from app.roster.queries import Line, line
from app.tasks import operations as tasks
from app.tasks.models import TaskSource

VALID_FOR = timedelta(hours=2)
HUMAN_CALL_DUE = timedelta(minutes=3)


def reachable(callout: Callout) -> Line:
    """Whom the party's roster says to ask; in B without anybody who is, or shares an address with, the police."""
    return line_of(callout.actor, callout.incident.track)


def line_of(actor: Actor, track: Track, at: datetime | None = None) -> Line:
    """The same of any party, now or at another time."""
    contacts = duty_line(actor)
    if track is Track.NON_POLICE:
        police = police_addresses(actor.area)
        contacts = [contact for contact in contacts if not is_police(contact, police)]
    return line(actor, contacts, at)


def reachable_line(callout: Callout) -> list[Contact]:
    """The same as one list, who is on duty first."""
    return reachable(callout).everybody


def ask(callout: Callout, step: CalloutStep, contact: Contact) -> None:
    """A text first, and a call when that is not answered; without a number for texts the call comes at once."""
    reached, number = ways_to(contact)
    if reached is not None:
        call = _text(callout, step, contact, *reached)
        wait = timedelta(seconds=callout.voice_after_seconds)
    elif number is not None:
        call, wait = _new_call(callout, step, contact, number), timedelta(0)
    else:
        _ask_a_human_to_call(callout, step, contact)
        return
    if number is not None:
        said = texts.spoken(callout.incident)
        _queue(callout, contact, VOICE, number, said, f"voice:{call.id}:{number}", wait=wait)


def ways_to(contact: Contact) -> tuple[tuple[str, str] | None, str | None]:
    """(channel, address) for a text, and a number that the machine may ring. Neither: a human rings."""
    if contact.humans_only:
        return None, None
    return texting_address(contact), _number_to_ring(contact)


def _number_to_ring(contact: Contact) -> str | None:
    point = contact.point(PointKind.MOBILE, PointKind.LANDLINE) if can_call() else None
    return point.address if point else None


def _text(callout: Callout, step: CalloutStep, contact: Contact, channel: str, address: str) -> Call:
    code, token = codes.new_code(queries.taken_codes(address)), codes.new_token()
    call = _new_call(callout, step, contact, address, code=code, token_hash=codes.token_hash(token))
    link = f"{current_app.config['BEREDSKAB'].public_url}/k/{token}"
    asked = texts.call(callout.incident, code, link)
    _queue(callout, contact, channel, address, asked, f"call:{step.id}:{channel}:{address}")
    return call


def _new_call(callout: Callout, step: CalloutStep, contact: Contact, address: str, **secret: str) -> Call:
    known = {"callout_id": callout.id, "step_id": step.id, "contact_id": contact.id, "address": address}
    call = Call(**known, at=clock.now(), **secret)
    db.session.add(call)
    db.session.flush()
    return call


def _ask_a_human_to_call(callout: Callout, step: CalloutStep, contact: Contact) -> None:
    _new_call(callout, step, contact, "")
    point = contact.point(PointKind.MOBILE, PointKind.LANDLINE)
    tasks.add(
        callout.incident,
        caller_of(callout),
        key=f"call:{callout.id}:{contact.id}",
        source=TaskSource.CALL,
        text=f"Ring til {contact.called} ({callout.actor.name}). Ringes kun af mennesker.",
        phone=point.address if point else callout.actor.phone,
        due_at=clock.now() + HUMAN_CALL_DUE,
    )


def caller_of(callout: Callout) -> Actor:
    """Who rings by hand for this party: the leader, or who recorded for the police, since they rarely log in.

    For their own party whoever else is at hand.
    """
    incident = callout.incident
    present = [p.actor for p in incident.participations if p.ended_at is None]
    recorder = [actor for actor in present if actor.id == incident.recorder_actor_id]
    activator = [actor for actor in present if actor.id == incident.activator_actor_id]
    leading = [*recorder, incident.leader] if incident.leader.is_police else [incident.leader, *recorder]
    choices = [*leading, *activator, *present]
    return next((actor for actor in choices if actor.id != callout.actor_id), incident.leader)


def tell(callout: Callout) -> None:
    contact = next((c for c in reachable_line(callout) if not c.humans_only and texting_address(c)), None)
    if contact is not None and (reached := texting_address(contact)):
        channel, address = reached
        _queue(
            callout, contact, channel, address, texts.told(callout.incident), f"told:{callout.id}:{channel}:{address}"
        )


def _queue(
    callout: Callout, contact: Contact, channel: str, address: str, text: str, key: str, wait: timedelta = timedelta(0)
) -> None:
    outbox.queue(
        [
            outbox.NewDelivery(
                name=contact.name, address=address, channel=channel, text=text, receiver_kind=ReceiverKind.PARTY,
                priority=Priority.CALLOUT, about=queries.about(callout), group=queries.group_of(callout.incident),
                unique_key=key, valid_until=clock.now() + wait + VALID_FOR, due_at=clock.now() + wait,
                is_exercise=callout.incident.is_exercise,
                without_police=callout.incident.track is Track.NON_POLICE, area_id=callout.incident.area_id,
                subject=marked(callout.incident, f"Beredskab {callout.incident.area.name}"),
            )
        ]
    )  # fmt: skip
