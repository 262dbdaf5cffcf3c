"""Asking one person: by text with code and link, by a human with a phone, or only telling them."""

from datetime import timedelta

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
from app.messaging.models import Priority, ReceiverKind
from app.plans.vocabulary import Track
from app.tasks import operations as tasks
from app.tasks.models import TaskSource

VALID_FOR = timedelta(hours=2)
HUMAN_CALL_DUE = timedelta(minutes=3)


def reachable_line(callout: Callout) -> list[Contact]:
    """The party's contacts in call order; in B without anybody who is, or shares an address with, the police."""
    line = duty_line(callout.actor)
    if callout.incident.track is Track.POLICE:
        return line
    police = police_addresses(callout.incident.area)
    return [contact for contact in line if not is_police(contact, police)]


def ask(callout: Callout, step: CalloutStep, contact: Contact) -> None:
    reached = None if contact.humans_only else texting_address(contact)
    if reached is None:
        _ask_a_human_to_call(callout, step, contact)
        return
    channel, address = reached
    code, token = codes.new_code(queries.taken_codes(address)), codes.new_token()
    db.session.add(
        Call(
            callout_id=callout.id, step_id=step.id, contact_id=contact.id, address=address, at=clock.now(),
            code=code, token_hash=codes.token_hash(token),
        )
    )  # fmt: skip
    db.session.flush()
    link = f"{current_app.config['BEREDSKAB'].public_url}/k/{token}"
    _queue(
        callout,
        contact,
        channel,
        address,
        texts.call(callout.incident, code, link),
        f"call:{step.id}:{channel}:{address}",
    )


def _ask_a_human_to_call(callout: Callout, step: CalloutStep, contact: Contact) -> None:
    db.session.add(Call(callout_id=callout.id, step_id=step.id, contact_id=contact.id, address="", at=clock.now()))
    db.session.flush()
    point = contact.point(PointKind.MOBILE, PointKind.LANDLINE)
    tasks.add(
        callout.incident,
        caller_of(callout),
        key=f"call:{callout.id}:{contact.id}",
        source=TaskSource.CALL,
        text=f"Ring til {contact.name} ({callout.actor.name}). Ringes kun af mennesker.",
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


def _queue(callout: Callout, contact: Contact, channel: str, address: str, text: str, key: str) -> None:
    outbox.queue(
        [
            outbox.NewDelivery(
                name=contact.name, address=address, channel=channel, text=text, receiver_kind=ReceiverKind.PARTY,
                priority=Priority.CALLOUT, about=queries.about(callout), group=queries.group_of(callout.incident),
                unique_key=key, valid_until=clock.now() + VALID_FOR, is_exercise=callout.incident.is_exercise,
                area_id=callout.incident.area_id,
                subject=marked(callout.incident, f"Beredskab {callout.incident.area.name}"),
            )
        ]
    )  # fmt: skip
