"""Fills messaging's slots: a reply with a code acknowledges; a delivery's outcome refreshes the room."""

import re

from app.callout import codes, operations, queries
from app.callout.models import Answered, Callout
from app.extensions import db
from app.incidents import log
from app.incidents.locks import locked
from app.messaging.models import Delivery, InboundMessage

_ABOUT = re.compile(r"callout:(\d+)")


def on_reply(message: InboundMessage) -> bool:
    """True when the text holds a code of one of this phone's calls; the same answer twice is fine."""
    for code in codes.codes_in(message.text or ""):
        if call := queries.call_by_code(message.from_address, code):
            incident = locked(call.callout.incident)
            # A code from the round before says yes to the round of now.
            newest = queries.latest(incident, call.callout.actor)
            if incident.is_open and newest is not None:
                operations.acknowledge(queries.callout(newest.id), Answered.CODE, call.contact.name, by=None)
            return True
    return False


def on_outcome(deliveries: list[Delivery]) -> None:
    """The room shows at once what was sent, failed or is uncertain."""
    ids = {int(m[1]) for d in deliveries if (m := _ABOUT.fullmatch(d.about))}
    for callout_id in sorted(ids):
        callout = db.session.get(Callout, callout_id)
        if callout is not None:
            log.changed(callout.incident, "parties")
