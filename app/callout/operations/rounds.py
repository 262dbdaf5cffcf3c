"""A party's round: it begins, takes its steps when they are due, and ends when nobody is left to ask."""

from datetime import timedelta

from app.areas.by import By
from app.callout import queries
from app.callout.models import Answered, Callout, CalloutState, CalloutStep
from app.callout.operations.asking import ask, caller_of, reachable, reachable_line, tell
from app.callout.operations.ending import resume, stop
from app.contacts.models import Contact, PointKind
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident, Participation
from app.incidents.texts import marked
from app.lib import clock
from app.logbook.kinds import Kind
from app.notices.operations import notify
from app.plans.document import CallOutChain
from app.plans.vocabulary import CallLevel, Track
from app.tasks import operations as tasks
from app.tasks.models import TaskSource

WAIT_AFTER_ALL = timedelta(minutes=3)
CHAIN_DUE = timedelta(minutes=5)  # told at once; reminded when nothing has come of it
LAST_STEP = 3


def start(incident: Incident, participation: Participation, chain: CallOutChain, *, is_here: bool = False) -> Callout:
    """Begin waking a party as its call level says. `is_here`: it activated or took the call, so it has answered."""
    before = queries.latest(incident, participation.actor)
    callout = _new_round(incident, participation.actor_id, round_=before.round + 1 if before else 1)
    if is_here:
        callout.state, callout.answered_at = CalloutState.ACKNOWLEDGED, clock.now()
        callout.answered_how, callout.answered_label = Answered.APP, participation.actor.name
    elif participation.call_level is CallLevel.CALL_NOW:
        _begin(callout, chain)
    elif participation.call_level is CallLevel.NOTIFY:
        tell(callout)
    log.changed(incident, "parties")
    return callout


def start_again(callout: Callout, chain: CallOutChain, *, by: By) -> Callout:
    """Take the round again: the old one stops, a new one asks from the first contact."""
    stop(callout, for_good=True)
    again = _new_round(callout.incident, callout.actor_id, round_=callout.round + 1)
    _begin(again, chain)
    log.write(callout.incident, Kind.CONTACT, f"{callout.actor.name} tilkaldes igen (runde {again.round})", by=by)
    log.changed(callout.incident, "parties")
    return again


def take_up(callout: Callout, participation: Participation, chain: CallOutChain, *, by: By) -> None:
    """A stop is taken back at once: what had left holds again, and where a text was held back the round begins anew."""
    if callout.state is not CalloutState.STOPPED:
        return
    if not queries.was_held_back(callout):
        resume(callout)
    elif callout.steps:
        start_again(callout, chain, by=by)
    else:
        start(callout.incident, participation, chain)


def _new_round(incident: Incident, actor_id: int, round_: int) -> Callout:
    callout = Callout(
        incident=incident, actor_id=actor_id, round=round_, state=CalloutState.NOT_CALLED, started_at=clock.now()
    )
    db.session.add(callout)
    db.session.flush()
    return callout


def _begin(callout: Callout, chain: CallOutChain) -> None:
    callout.state, callout.voice_after_seconds = CalloutState.CALLING, chain.voice_after_seconds
    due = [callout.started_at + wait for wait in waits(chain)]
    callout.steps = [CalloutStep(number=number, due_at=at) for number, at in enumerate(due)]
    db.session.flush()
    take_due_steps(callout)


def waits(chain: CallOutChain) -> tuple[timedelta, timedelta, timedelta, timedelta]:
    """When on-duty, deputy and all are asked, from the beginning of a round, and when nobody has answered."""
    minutes = (chain.on_duty_after_minutes, chain.deputy_after_minutes, chain.all_after_minutes)
    first, deputy, everybody = (timedelta(minutes=m) for m in minutes)
    return first, deputy, everybody, everybody + WAIT_AFTER_ALL


def take_due_steps(callout: Callout) -> int:
    """Take what is due, each step once; one that finds nobody hands over at once. The caller holds the lock.

    Of several steps that are late together only the last asks: it asks those whom the others would have asked too.
    """
    taken, hurry = 0, False
    waiting = [step for step in callout.steps if step.taken_at is None]
    late = [step for step in waiting if step.due_at <= clock.now() and step.number < LAST_STEP]
    for step in waiting:
        if callout.state is not CalloutState.CALLING:
            break
        # With nobody at all to call, the last step (nobody answered) does not wait either.
        if step.due_at > clock.now() and not (hurry and (step.number < LAST_STEP or not _may_answer(callout))):
            break
        step.taken_at = clock.now()
        taken += 1
        if step in late[:-1]:
            continue  # the worker was away: whoever this step asks, the last one that is due asks too
        hurry = not _take(callout, step)
        if step.number == LAST_STEP - 1:
            _wait_for_answers(callout)
    db.session.flush()
    return taken


def _wait_for_answers(callout: Callout) -> None:
    """However late the last people were asked, they get their minutes to answer."""
    end = callout.steps[LAST_STEP]
    end.due_at = max(end.due_at, clock.now() + WAIT_AFTER_ALL)


def move_on(callout: Callout) -> None:
    """Somebody cannot come: when nobody who was asked is left to answer, the next are asked at once."""
    waiting = [step for step in callout.steps if step.taken_at is None]
    if callout.state is CalloutState.CALLING and waiting and not _may_answer(callout):
        waiting[0].due_at = clock.now()
        take_due_steps(callout)


def _may_answer(callout: Callout) -> bool:
    return any(call.declined_at is None for call in queries.calls_of(callout))


def _take(callout: Callout, step: CalloutStep) -> bool:
    if step.number == LAST_STEP:
        _exhaust(callout)
        return True
    people = _people(callout, step.number)
    for contact in people:
        ask(callout, step, contact)
    return bool(people)


def _exhaust(callout: Callout) -> None:
    callout.state = CalloutState.EXHAUSTED
    incident = callout.incident
    log.write(incident, Kind.CONTACT, f"Ingen hos {callout.actor.name} har svaret. Kæden er ringet igennem.", by=None)
    caller = caller_of(callout)
    tasks.add(
        incident, caller, key=f"chain:{callout.id}", source=TaskSource.CHAIN, due_at=clock.now() + CHAIN_DUE,
        text=f"Ingen har svaret hos {callout.actor.name}. Ring nu, overtag kortet, eller tag runden igen.",
        phone=_first_number(callout),
    )  # fmt: skip
    for told in {actor.id: actor for actor in (caller, incident.leader) if actor.id != callout.actor_id}.values():
        notify(
            told, marked(incident, f"Ingen har svaret hos {callout.actor.name}. Ring selv, eller overtag kortet."),
            about=f"incident:{incident.public_id}", key=f"exhausted:{callout.id}:{told.id}",
            without_police=incident.track is Track.NON_POLICE, send=True, is_exercise=incident.is_exercise,
            group=queries.group_of(incident),
        )  # fmt: skip
    log.changed(incident, "parties")


def _people(callout: Callout, number: int) -> list[Contact]:
    line = reachable(callout)
    declined = {call.contact_id for call in queries.calls_of(callout) if call.declined_at}
    people = {0: line.on_duty, 1: line.deputies}.get(number, line.everybody)
    return [contact for contact in people if contact.id not in declined]


def _first_number(callout: Callout) -> str | None:
    for contact in reachable_line(callout):
        if point := contact.point(PointKind.MOBILE, PointKind.LANDLINE):
            return point.address
    return callout.actor.phone
