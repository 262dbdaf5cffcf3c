"""What failed goes again by another channel: the same words to the same people, who were let have them once."""

from app.broadcasts import queries
from app.broadcasts.models import Broadcast
from app.broadcasts.operations.holding import hold, note, take
from app.broadcasts.operations.sending import VALID_FOR
from app.broadcasts.states import STOPPABLE
from app.broadcasts.unreached import OtherWay, other_ways
from app.contacts.models import PointKind
from app.errors import Refused
from app.extensions import db
from app.incidents.access import Reader
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.messaging import outbox
from app.messaging.channels import channel_for
from app.messaging.models import Priority
from app.plans.tracks import may_write_broadcast


def try_another_way(broadcast: Broadcast, reader: Reader) -> int:
    """Answers how many it goes to. What failed is still there to read, under the name of what took its place."""
    incident = take(broadcast, STOPPABLE)
    hold(incident, reader, may_write_broadcast, after=broadcast.is_after)
    if broadcast.stopped_at or queries.withdrawal_of(broadcast) is not None:
        raise Refused(Reason(N_("Beskeden er stoppet eller trukket tilbage.")))
    ways = other_ways(broadcast)
    if not ways:
        raise Refused(Reason(N_("Ingen af dem har en anden adresse, der virker. Ring til dem.")))
    rows = outbox.queue(_again(broadcast, way) for way in ways)
    for way, row in zip(ways, rows, strict=True):
        way.failed.group = f"{broadcast.group}:replaced"
        way.recipient.delivery_id = row.id
        way.recipient.address, way.recipient.kind = way.point.address, way.point.kind
    db.session.flush()
    note(broadcast, f"prøves på en anden kanal til {len(ways)}, som den ikke nåede.", reader.by)
    return len(ways)


def _again(broadcast: Broadcast, way: OtherWay) -> outbox.NewDelivery:
    failed, address = way.failed, way.point.address
    channel = channel_for("email" if way.point.kind is PointKind.EMAIL else "sms")
    return outbox.NewDelivery(
        name=failed.name, address=address, channel=channel, text=failed.text, language=failed.language,
        subject=failed.subject, receiver_kind=failed.receiver_kind, priority=Priority(failed.priority),
        about=broadcast.group, group=broadcast.group, unique_key=f"{broadcast.group}:{channel}:{address}",
        valid_until=clock.now() + VALID_FOR, is_exercise=failed.is_exercise, area_id=failed.area_id,
        without_police=failed.without_police,
    )  # fmt: skip
