"""A party's round: it begins, takes its steps when they are due, and ends when nobody is left to ask."""

from datetime import timedelta

from app.areas.by import By
from app.callout import queries
from app.callout.models import Answered, Callout, CalloutState, CalloutStep
from app.callout.operations.asking import ask, caller_of, reachable_line, tell
from app.callout.operations.ending import stop
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
LAST_STEP = 3


def start(incident: Incident, participation: Participation, chain: CallOutChain, *, is_here: bool = False) -> Callout:
    """Begin waking a party as its call level says. `is_here`: it activated or took the call, so it has answered."""
    callout = _new_round(incident, participation.actor_id, round_=1)
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
    stop(callout)
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
    """Take every step that is due; one that finds nobody hands over to the next at once. The caller holds the lock."""
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
        ask(callout, step, contact)
    return bool(people)


def _exhaust(callout: Callout) -> None:
    callout.state = CalloutState.EXHAUSTED
    incident = callout.incident
    log.write(incident, Kind.CONTACT, f"Ingen hos {callout.actor.name} har svaret. Kæden er ringet igennem.", by=None)
    caller = caller_of(callout)
    tasks.add(
        incident, caller, key=f"chain:{callout.id}", source=TaskSource.CHAIN, due_at=clock.now(),
        text=f"Ingen har svaret hos {callout.actor.name}. Ring nu, overtag kortet, eller tag runden igen.",
        phone=_first_number(callout),
    )  # fmt: skip
    notify(
        caller, marked(incident, f"Ingen har svaret hos {callout.actor.name}. Ring selv, eller overtag kortet."),
        about=f"incident:{incident.public_id}", key=f"exhausted:{callout.id}",
        without_police=incident.track is Track.NON_POLICE, send=True, is_exercise=incident.is_exercise,
        group=queries.group_of(incident),
    )  # fmt: skip
    log.changed(incident, "parties")


def _people(callout: Callout, number: int) -> list[Contact]:
    line = reachable_line(callout)
    return {0: line[:1], 1: line[1:2]}.get(number, line)


def _first_number(callout: Callout) -> str | None:
    for contact in reachable_line(callout):
        if point := contact.point(PointKind.MOBILE, PointKind.LANDLINE):
            return point.address
    return callout.actor.phone
