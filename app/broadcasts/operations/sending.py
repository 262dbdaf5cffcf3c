"""Into the outbox, once per address; what has not left can be stopped."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.broadcasts import queries
from app.broadcasts.models import Broadcast, Recipient
from app.broadcasts.night import is_night
from app.broadcasts.operations.boards import stop_telling, tell_boards
from app.broadcasts.operations.holding import hold, note, take
from app.broadcasts.operations.telling import tell
from app.broadcasts.publishing.operations import publish, take_down
from app.broadcasts.recipients import receiver_kind
from app.broadcasts.residents import feet_of, lacks_data_protection
from app.broadcasts.states import CANCELLABLE, STOPPABLE, BroadcastState, Phase, ReleaseKind
from app.broadcasts.texts import as_sent, in_advance, in_languages, languages_at
from app.contacts.models import PointKind
from app.contacts.queries import police_addresses
from app.direction.models import PoliceAct
from app.extensions import db
from app.incidents.access import Reader
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock
from app.lib.languages import Language
from app.messaging import outbox
from app.messaging.channels import channel_for
from app.messaging.models import Priority
from app.narrative.queries import latest_message
from app.plans.tracks import may_withdraw
from app.plans.tracks.messages import STILL_TOLD
from app.plans.vocabulary import Track

VALID_FOR = timedelta(hours=6)


def let_go(broadcast: Broadcast) -> None:
    """Released: into the outbox now, or by `send_planned` when its time has come."""
    if broadcast.planned_at is not None and broadcast.planned_at > clock.now():
        broadcast.state = BroadcastState.RELEASED
    else:
        queue(broadcast)


def queue(broadcast: Broadcast) -> None:
    """One delivery for each address that was written down."""
    broadcast.state, broadcast.queued_at = BroadcastState.UNDER_WAY, clock.now()
    reached = [r for r in queries.recipients_of(broadcast) if r.address]
    if broadcast.incident.track is Track.NON_POLICE:
        reached = list(_without_police(broadcast, reached))
    texts, languages = in_languages(broadcast), languages_at(broadcast, reached)
    spoken = [languages[one.address, one.kind] for one in reached]
    feet = feet_of(broadcast.incident.area, (r for r in reached if r.kind is PointKind.EMAIL))
    ids = outbox.queue_crowd(
        _delivery(broadcast, one, texts[language] + feet.get(one.contact_id, ""), language)
        for one, language in zip(reached, spoken, strict=True)
    )
    for recipient, delivery_id in zip(reached, ids, strict=True):
        recipient.delivery_id = delivery_id
    db.session.flush()
    if (public := publish(broadcast)) is not None and public.expires_at is not None:
        until = f"{clock.local(public.expires_at):%d.%m. kl. %H.%M}"
        note(broadcast, f"står på den offentlige side og infoskærmene, senest til {until}.", None)
    tell_boards(broadcast)


def _without_police(broadcast: Broadcast, reached: Iterable[Recipient]) -> Iterable[Recipient]:
    # Frozen, but an address may have become the police's since.
    police = police_addresses(broadcast.incident.area)
    for recipient in reached:
        if recipient.address in police:
            recipient.address, recipient.kind = None, None
            broadcast.police_left_out += 1
        else:
            yield recipient


def _delivery(broadcast: Broadcast, recipient: Recipient, text: str, language: Language) -> outbox.NewDelivery:
    incident, address = broadcast.incident, recipient.address or ""
    channel = channel_for("email" if recipient.kind is PointKind.EMAIL else "sms")
    urgent = broadcast.phase in (Phase.WITHDRAWAL, Phase.CORRECTION)
    return outbox.NewDelivery(
        name=recipient.name, address=address, channel=channel,
        text=as_sent(incident, text, language), language=language.value,
        subject=marked(incident, f"Besked fra beredskabet i {incident.area.name}")[:200],
        receiver_kind=receiver_kind(incident, recipient.audience_key),
        priority=Priority.WITHDRAWAL if urgent else Priority.RESIDENT, about=broadcast.group, group=broadcast.group,
        unique_key=f"{broadcast.group}:{channel}:{address}", valid_until=clock.now() + VALID_FOR,
        is_exercise=incident.is_exercise, area_id=incident.area_id,
        without_police=incident.track is Track.NON_POLICE,
    )  # fmt: skip


def stop(broadcast: Broadcast, reader: Reader) -> outbox.Stopped:
    """One coordinator stops what has not left. Answers what had left already."""
    incident = take(broadcast, STOPPABLE)
    hold(incident, reader, may_withdraw, after=broadcast.is_after)
    stopped = stop_rest(broadcast, "stopped")
    take_down(incident, broadcast)
    left = len(stopped.already_left)
    note(broadcast, f"stoppet. {stopped.cancelled} blev ikke sendt, {left} nåede at blive sendt.", reader.by)
    return stopped


def stop_rest(broadcast: Broadcast, why: str) -> outbox.Stopped:
    """What is queued of it does not leave."""
    stopped = outbox.cancel(group=broadcast.group, reason=why)
    if stopped.cancelled:
        broadcast.stopped_at = clock.now()
        stop_telling(broadcast)
    return stopped


def stop_all(incident: Incident, why: str = "Hændelsen var en fejlaktivering.") -> None:
    """The incident was no incident: nothing more of it leaves or stands, and what waits is annulled."""
    take_down(incident)
    for broadcast in queries.broadcasts_of(incident):
        if broadcast.state is BroadcastState.UNDER_WAY:
            stop_rest(broadcast, "annulled")
        elif broadcast.state is not BroadcastState.CANCELLED:
            annul(broadcast, why)


def end_waiting(incident: Incident) -> None:
    """The incident is over: what was released goes on, what still waited will not be sent, but for after-messages."""
    for broadcast in queries.broadcasts_of(incident):
        if broadcast.state in CANCELLABLE and not broadcast.is_after:
            annul(broadcast, "Hændelsen er slut.")


def annul(broadcast: Broadcast, reason: str) -> None:
    """The incident went another way: it is not sent, and says why."""
    broadcast.state, broadcast.reason = BroadcastState.CANCELLED, reason
    note(broadcast, f"annulleret: {reason}", None)


def take_back_release(act: PoliceAct) -> None:
    """The police deny that they said yes: what has not left is stopped; a text still waiting goes back."""
    for broadcast in queries.broadcasts_of(act.incident):
        if broadcast.police_act_id != act.id:
            continue
        if broadcast.state is BroadcastState.RELEASED:
            _back(broadcast, "Politiet har ikke sagt ja til den.")
        elif broadcast.state is BroadcastState.UNDER_WAY:
            stopped = stop_rest(broadcast, "denied")
            take_down(broadcast.incident, broadcast)
            note(broadcast, f"stoppet. {len(stopped.already_left)} nåede at blive sendt uden politiets ja.", None)


def send_planned(broadcast: Broadcast) -> None:
    """Its planned time has come: asked once more whether it still holds, then sent."""
    incident = take(broadcast, {BroadcastState.RELEASED})
    if not (incident.is_open or (broadcast.is_after and incident.status in STILL_TOLD)):
        annul(broadcast, "Hændelsen er slut.")
    elif (why := _no_longer_holds(broadcast)) is not None:
        _back(broadcast, why)
    elif _is_due(broadcast.planned_at):
        queue(broadcast)
        note(broadcast, "sendes nu, som planlagt.", None)


def _is_due(planned_at: datetime | None) -> bool:
    return planned_at is None or planned_at <= clock.now()


def _no_longer_holds(broadcast: Broadcast) -> str | None:
    if is_night(clock.now()) and broadcast.planned_at is not None and not is_night(broadcast.planned_at):
        return "Tidspunktet er passeret, og nu er det nat."  # the sender was away: nobody is woken unasked
    if lacks_data_protection(broadcast):
        return "Siden om områdets databeskyttelse er ikke skrevet."
    newest = latest_message(broadcast.incident)
    if newest is not None and newest.id != broadcast.message_id:
        return f"Der er kommet et nyere budskab (v{newest.number})."
    if broadcast.release_kind is ReleaseKind.STANDING and not queries.is_free(broadcast):
        return "Politiet har taget deres ja tilbage."
    if broadcast.release_kind is ReleaseKind.IN_ADVANCE and in_advance(broadcast) is None:
        return "De har fået en anden besked imens, så politiet skal sige ja til den her."
    return None


def _back(broadcast: Broadcast, why: str) -> None:
    broadcast.state, broadcast.reason = BroadcastState.RETURNED, why
    broadcast.released_at = broadcast.released_by_id = broadcast.released_as = broadcast.release_kind = None
    note(broadcast, f"returneret: {why}", None)
    for actor in {author.actor for author in broadcast.authors}:
        text = f"Besked {broadcast.number} blev ikke sendt. {why}"
        tell(broadcast, actor, text, f"back:{broadcast.version}", send=True)
