"""The boards' members hear that there is something to read: on their front page, and by mail without its words."""

from datetime import timedelta

from flask import current_app

from app.broadcasts import queries
from app.broadcasts.boards import members_to_tell, own_addresses
from app.broadcasts.briefing import parts
from app.broadcasts.models import Broadcast
from app.broadcasts.states import Phase
from app.lib import clock
from app.messaging import outbox
from app.messaging.channels import channel_for
from app.messaging.models import Priority, ReceiverKind
from app.notices import operations as notices
from app.notices.operations import notify_user
from app.plans.vocabulary import Track

VALID_FOR = timedelta(hours=24)


def about(broadcast: Broadcast) -> str:
    """What a notice of it is about."""
    return f"briefing:{broadcast.public_id}"


def tell_boards(broadcast: Broadcast) -> None:
    """Each once. Who gets the text itself by the same mail or number gets no second mail about it."""
    got = {one.address for one in queries.recipients_of(broadcast) if one.address}
    mails = []
    for user in members_to_tell(broadcast):
        notify_user(
            user.id, _said(broadcast), about=about(broadcast), key=f"{about(broadcast)}:{user.id}",
            without_police=broadcast.incident.track is Track.NON_POLICE,
        )  # fmt: skip
        if not own_addresses(user) & got:
            mails.append(_mail(broadcast, user.name, user.email, user.id))
    outbox.queue(mails)


def stop_telling(broadcast: Broadcast) -> None:
    """It was stopped: those who did not get it are not sent to look for it."""
    outbox.cancel(group=about(broadcast), reason="stopped")
    notices.forget(about(broadcast))


def _mail(broadcast: Broadcast, name: str, address: str, user_id: int) -> outbox.NewDelivery:
    area, config = broadcast.incident.area, current_app.config["BEREDSKAB"]
    where = f"{config.public_url}/briefings/{broadcast.public_id}"
    return outbox.NewDelivery(
        name=name, address=address, channel=channel_for("email"), receiver_kind=ReceiverKind.BOARD,
        text=f"{_said(broadcast)} Log ind, og læs den her:\n{where}", subject=f"Beredskab {area.name}",
        priority=Priority.NOTICE, about=about(broadcast), group=about(broadcast),
        unique_key=f"{about(broadcast)}:{user_id}", valid_until=clock.now() + VALID_FOR, area_id=area.id,
        without_police=broadcast.incident.track is Track.NON_POLICE,
    )  # fmt: skip


def _said(broadcast: Broadcast) -> str:
    name = broadcast.incident.area.name
    if broadcast.phase is Phase.WITHDRAWAL:
        return f"Beredskab {name}. En besked til bestyrelsen er trukket tilbage."
    what = "orientering" if parts(broadcast.text) else "besked"
    return f"Beredskab {name}. Der er en ny {what} til bestyrelsen."
