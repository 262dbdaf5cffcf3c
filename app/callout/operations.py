"""Starts a party's round, takes its steps, and ends it at the first yes. All under the incident's lock."""

from datetime import timedelta

from flask import current_app

from app.areas.by import By
from app.areas.models import Actor
from app.callout import codes, queries, texts
from app.callout.models import ANSWERED, Answered, Call, Callout, CalloutState, CalloutStep
from app.contacts.models import Contact, PointKind
from app.contacts.queries import duty_line, is_police, police_addresses
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident, Participation
from app.lib import clock
from app.logbook.kinds import Kind
from app.messaging import outbox
from app.messaging.models import Delivery, Priority, ReceiverKind
from app.notices.operations import notify, texting_address
from app.plans.document import CallOutChain
from app.plans.vocabulary import CallLevel, Track
from app.tasks import operations as tasks
from app.tasks.models import TaskSource

CODE_RESTS = timedelta(hours=24)
VALID_FOR = timedelta(hours=2)
WAIT_AFTER_ALL = timedelta(minutes=3)
LAST_STEP = 3
HUMAN_CALL_DUE = timedelta(minutes=3)
OPEN = (CalloutState.CALLING, CalloutState.EXHAUSTED, CalloutState.NOT_CALLED)


def start(incident: Incident, participation: Participation, chain: CallOutChain, *, is_here: bool = False) -> Callout:
    """Begin waking a party as its call level says. `is_here`: it activated or took the call, so it has answered."""
    callout = _new_round(incident, participation.actor_id, round_=1)
    if is_here:
        callout.state, callout.answered_at = CalloutState.ACKNOWLEDGED, clock.now()
        callout.answered_how, callout.answered_label = Answered.APP, participation.actor.name
    elif participation.call_level is CallLevel.CALL_NOW:
        _begin(callout, chain)
    elif participation.call_level is CallLevel.NOTIFY:
        _tell(callout)
    log.changed(incident, "parties")
    return callout


def start_again(callout: Callout, chain: CallOutChain, *, by: By) -> Callout:
    """Take the round again: the old one stops, a new one asks from the first contact."""
    _stop(callout)
    again = _new_round(callout.incident, callout.actor_id, round_=callout.round + 1)
    _begin(again, chain)
    log.write(callout.incident, Kind.CONTACT, f"{callout.actor.name} tilkaldes igen (runde {again.round})", by=by)
    log.changed(callout.incident, "parties")
    return again


def _new_round(incident: Incident, actor_id: int, round_: int) -> Callout:
    callout = Callout(
        incident=incident, actor_id=actor_id, round=round_, state=CalloutState.NOT_CALLED, started_at=clock.now()
    )
    db.session.add(callout)
    db.session.flush()
    return callout


def _begin(callout: Callout, chain: CallOutChain) -> None:
    callout.state = CalloutState.CALLING
    minutes = (chain.on_duty_after_minutes, chain.deputy_after_minutes, chain.all_after_minutes)
    due = [callout.started_at + timedelta(minutes=m) for m in minutes]
    due.append(due[-1] + WAIT_AFTER_ALL)
    callout.steps = [CalloutStep(number=number, due_at=at) for number, at in enumerate(due)]
    db.session.flush()
    take_due_steps(callout)


def take_due_steps(callout: Callout) -> int:
    """Take every step that is due; a step that finds nobody hands over to the next at once. The caller holds the lock."""
    taken, hurry = 0, False
    for step in callout.steps:
        if callout.state is not CalloutState.CALLING:
            break
        if step.taken_at is not None:
            continue
        # With nobody at all to call, the last step (nobody answered) does not wait either.
        if step.due_at > clock.now() and not (hurry and (step.number < LAST_STEP or not _has_calls(callout))):
            break
        step.taken_at = clock.now()
        hurry = not _take(callout, step)
        taken += 1
    db.session.flush()
    return taken


def _has_calls(callout: Callout) -> bool:
    return bool(queries.calls_of(callout))


def _take(callout: Callout, step: CalloutStep) -> bool:
    if step.number == LAST_STEP:
        _exhaust(callout)
        return True
    people = _people(callout, step.number)
    for contact in people:
        _ask(callout, step, contact)
    return bool(people)


def _people(callout: Callout, number: int) -> list[Contact]:
    line = reachable_line(callout)
    return {0: line[:1], 1: line[1:2]}.get(number, line)


def reachable_line(callout: Callout) -> list[Contact]:
    """The party's contacts in call order; in a B incident without anybody who is, or shares an address with, the police."""
    line = duty_line(callout.actor)
    if callout.incident.track is Track.POLICE:
        return line
    police = police_addresses(callout.incident.area)
    return [contact for contact in line if not is_police(contact, police)]


def _ask(callout: Callout, step: CalloutStep, contact: Contact) -> None:
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
    _queue(callout, contact, channel, address, texts.call(callout.incident, code, link), f"call:{step.id}:{channel}:{address}")


def _ask_a_human_to_call(callout: Callout, step: CalloutStep, contact: Contact) -> None:
    db.session.add(
        Call(callout_id=callout.id, step_id=step.id, contact_id=contact.id, address="", at=clock.now())
    )
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
    """Who rings by hand for this party: the leader, unless the party leads itself; then whoever recorded or activated."""
    incident = callout.incident
    here = [p.actor for p in incident.participations if p.actor_id in (incident.recorder_actor_id, incident.activator_actor_id)]
    choices = [incident.leader, *here, *(p.actor for p in incident.participations)]
    return next((actor for actor in choices if actor.id != callout.actor_id), incident.leader)


def _tell(callout: Callout) -> None:
    contact = next((c for c in reachable_line(callout) if not c.humans_only and texting_address(c)), None)
    if contact is not None and (reached := texting_address(contact)):
        channel, address = reached
        _queue(callout, contact, channel, address, texts.told(callout.incident), f"told:{callout.id}:{channel}:{address}")


def _queue(callout: Callout, contact: Contact, channel: str, address: str, text: str, key: str) -> None:
    outbox.queue(
        [
            outbox.NewDelivery(
                name=contact.name, address=address, channel=channel, text=text, receiver_kind=ReceiverKind.PARTY,
                priority=Priority.CALLOUT, about=about(callout), group=queries.group_of(callout.incident),
                unique_key=key, valid_until=clock.now() + VALID_FOR, is_exercise=callout.incident.is_exercise,
                area_id=callout.incident.area_id, subject=f"Beredskab {callout.incident.area.name}",
            )
        ]
    )  # fmt: skip


def about(callout: Callout) -> str:
    """What the outbox calls this round's deliveries."""
    return f"callout:{callout.id}"


def _exhaust(callout: Callout) -> None:
    callout.state = CalloutState.EXHAUSTED
    incident = callout.incident
    log.write(incident, Kind.CONTACT, f"Ingen hos {callout.actor.name} har svaret. Kæden er ringet igennem.", by=None)
    caller = caller_of(callout)
    prefix = "ØVELSE. " if incident.is_exercise else ""
    tasks.add(
        incident, caller, key=f"chain:{callout.id}", source=TaskSource.CHAIN, due_at=clock.now(),
        text=f"Ingen har svaret hos {callout.actor.name}. Ring nu, overtag kortet, eller tag runden igen.",
        phone=_first_number(callout),
    )  # fmt: skip
    notify(
        caller, f"{prefix}Ingen har svaret hos {callout.actor.name}. Ring selv, eller overtag kortet.",
        about=f"incident:{incident.public_id}", key=f"exhausted:{callout.id}",
        without_police=incident.track is Track.NON_POLICE, send=True, is_exercise=incident.is_exercise,
        group=queries.group_of(incident),
    )  # fmt: skip
    log.changed(incident, "parties")


def _first_number(callout: Callout) -> str | None:
    for contact in reachable_line(callout):
        if point := contact.point(PointKind.MOBILE, PointKind.LANDLINE):
            return point.address
    return callout.actor.phone


def acknowledge(callout: Callout, how: Answered, label: str, *, by: By | None) -> bool:
    """The party has answered: no further call or text begins once this commits. False when it had answered before.

    `label` says who; `by` is None when the answer came by code or link.
    """
    if callout.state not in OPEN:
        return False
    callout.state, callout.answered_at = CalloutState.ACKNOWLEDGED, clock.now()
    callout.answered_how, callout.answered_label = how, label
    _end_calls(callout)
    outbox.cancel(about=about(callout), reason="acknowledged")
    log.write(callout.incident, Kind.CONTACT, f"{callout.actor.name} har svaret {ANSWERED[how]}: {label}", by=by)
    log.changed(callout.incident, "parties")
    return True


def record_attempt(callout: Callout, contact: Contact, *, by: By, note: str = "") -> None:
    """Somebody rang and got no answer, or a voicemail: a voicemail is no answer."""
    rest = f" {note}" if note else ""
    log.write(callout.incident, Kind.CONTACT, f"Ringet til {contact.name} ({callout.actor.name}): ikke truffet.{rest}", by=by)


def _end_calls(callout: Callout) -> None:
    for call in queries.calls_of(callout):
        call.token_hash, call.code_rests_until = None, clock.now() + CODE_RESTS


def _stop(callout: Callout) -> None:
    if callout.state in OPEN:
        callout.state = CalloutState.STOPPED
    _end_calls(callout)
    outbox.cancel(about=about(callout), reason="stopped")


def stop_all(incident: Incident) -> list[Delivery]:
    """Stop every round and every queued text of the incident. Answers what nevertheless left: "nåede at blive sendt"."""
    for callout in queries.callouts_of(incident):
        _stop(callout)
    log.changed(incident, "parties")
    return outbox.cancel(group=queries.group_of(incident), reason="stopped").already_left


def tell_called(incident: Incident, called: list[Delivery], text: str, key: str, delay: timedelta = timedelta(0)) -> int:
    """One text to exactly those addresses that a call or text of this incident reached. Answers how many."""
    receivers = {(d.channel, d.address): d for d in called}
    outbox.queue(
        outbox.NewDelivery(
            name=d.name, address=address, channel=channel, text=text, receiver_kind=d.receiver_kind,
            priority=Priority.CALLOUT, about=f"{key}:{incident.id}", group=f"ending:{incident.id}",
            unique_key=f"{key}:{incident.id}:{channel}:{address}", valid_until=clock.now() + delay + VALID_FOR,
            due_at=clock.now() + delay, is_exercise=incident.is_exercise, area_id=incident.area_id,
            subject=f"Beredskab {incident.area.name}",
        )
        for (channel, address), d in receivers.items()
    )  # fmt: skip
    return len(receivers)
