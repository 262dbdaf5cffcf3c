"""Ending rounds: the first yes, a stop, and the text to exactly those who were called."""

from datetime import timedelta

from app.areas.by import By
from app.callout import queries
from app.callout.models import ANSWERED, OPEN, Answered, Callout, CalloutState
from app.contacts.models import Contact
from app.contacts.queries import police_addresses
from app.incidents import log
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_
from app.logbook.kinds import Kind
from app.messaging import outbox
from app.messaging.channels import VOICE
from app.messaging.models import Delivery, Priority
from app.plans.vocabulary import Track
from app.tasks import operations as tasks

CODE_RESTS = timedelta(hours=24)
VALID_FOR = timedelta(hours=2)


def acknowledge(callout: Callout, how: Answered, label: str, *, by: By | None) -> bool:
    """The party has answered: no further call or text begins once this commits. False when it had answered before.

    `label` says who, for the panel; `by` is None when the answer came by code or link, and then the log names them.
    """
    if callout.state not in OPEN:
        return False
    callout.state, callout.answered_at = CalloutState.ACKNOWLEDGED, clock.now()
    callout.answered_how, callout.answered_label = how, label
    end_calls(callout)
    outbox.cancel(about=queries.about(callout), reason="acknowledged")
    tasks.drop(callout.incident, queries.task_keys(callout), N_("Har svaret."))
    log.write(callout.incident, Kind.CONTACT, _said(callout, how, label, by), by=by)
    log.changed(callout.incident, "parties")
    return True


def _said(callout: Callout, how: Answered, label: str, by: By | None) -> str:
    # A volunteer's own name is kept beside the entry, where it can be hidden from other volunteers.
    said = f"{callout.actor.name} har svaret {ANSWERED[how]}"
    is_own_word = by is not None and how is Answered.APP and by.actor.is_civil
    return said if is_own_word else f"{said}: {label}"


def record_attempt(callout: Callout, contact: Contact, *, by: By, note: str = "", not_cpr: bool = False) -> None:
    """Somebody rang and got no answer, or a voicemail: a voicemail is no answer."""
    rest = f" {note}" if note else ""
    text = f"Ringet til {contact.called} ({callout.actor.name}): ikke truffet.{rest}"
    log.write(callout.incident, Kind.CONTACT, text, by=by, not_cpr=not_cpr)


def end_calls(callout: Callout) -> None:
    for call in queries.calls_of(callout):
        call.token_hash, call.code_rests_until = None, clock.now() + CODE_RESTS


def stop(callout: Callout, *, for_good: bool = False) -> None:
    """No further call begins. Links live on, for it may be undone, unless a new round takes over `for_good`."""
    if callout.state in OPEN:
        callout.state = CalloutState.STOPPED
    for call in queries.calls_of(callout):
        call.code_rests_until = clock.now() + CODE_RESTS
        call.token_hash = None if for_good else call.token_hash
    outbox.cancel(about=queries.about(callout), reason="stopped")


def resume(callout: Callout) -> None:
    """A stop is taken back: the texts that left hold again, with their codes and links; steps go on when due."""
    if callout.state is not CalloutState.STOPPED:
        return
    if not callout.steps:
        callout.state = CalloutState.NOT_CALLED
    else:
        is_over = all(step.taken_at for step in callout.steps)
        callout.state = CalloutState.EXHAUSTED if is_over else CalloutState.CALLING
    for call in queries.calls_of(callout):
        call.code_rests_until = None
    log.changed(callout.incident, "parties")


def let_answer(incident: Incident) -> None:
    """The incident runs again: nobody is called by that, but every party can be called and can answer."""
    for callout in queries.latest_of(incident):
        if callout.state is CalloutState.STOPPED:
            callout.state = CalloutState.NOT_CALLED
    log.changed(incident, "parties")


def stop_all(incident: Incident) -> list[Delivery]:
    """Stop every round and every queued text of the incident. Answers what left: "nåede at blive sendt"."""
    for callout in queries.callouts_of(incident):
        stop(callout)
    log.changed(incident, "parties")
    return outbox.cancel(group=queries.group_of(incident), reason="stopped").already_left


def tell_called(
    incident: Incident, called: list[Delivery], text: str, key: str, delay: timedelta = timedelta(0)
) -> int:
    """One text to exactly those addresses that a call or text of this incident reached. Answers how many.

    In B an address that has become the police's since then is left out.
    """
    police = police_addresses(incident.area) if incident.track is Track.NON_POLICE else frozenset()
    reached = [d for d in called if d.address not in police]
    texted = {d.address for d in reached if d.channel != VOICE}
    # Nobody who has a text from us is rung up for it; a landline is, and only hears it.
    receivers = {(d.channel, d.address): d for d in reached if d.channel != VOICE or d.address not in texted}
    outbox.queue(
        outbox.NewDelivery(
            name=d.name, address=address, channel=channel, text=text, receiver_kind=d.receiver_kind,
            priority=Priority.CALLOUT, about=f"{key}:{incident.id}", group=f"ending:{incident.id}",
            unique_key=f"{key}:{incident.id}:{channel}:{address}", valid_until=clock.now() + delay + VALID_FOR,
            due_at=clock.now() + delay, is_exercise=incident.is_exercise, area_id=incident.area_id,
            without_police=incident.track is Track.NON_POLICE,
            subject=marked(incident, f"Beredskab {incident.area.name}"),
        )
        for (channel, address), d in receivers.items()
    )  # fmt: skip
    return len(receivers)
