"""Somebody who was asked cannot come: the round goes on without them, at once."""

from app.callout import queries
from app.callout.models import ANSWERED, OPEN, Answered, Call, Callout
from app.callout.operations.rounds import move_on
from app.incidents import log
from app.lib import clock
from app.logbook.kinds import Kind
from app.messaging import outbox


def decline(callout: Callout, call: Call, how: Answered) -> bool:
    """This person is not asked again in this round; a later yes still counts. False when the round is over."""
    if callout.state not in OPEN:
        return False
    theirs = [one for one in queries.calls_of(callout) if one.contact_id == call.contact_id]
    is_news = any(one.declined_at is None for one in theirs)
    for one in theirs:
        one.declined_at = one.declined_at or clock.now()
    addresses = {call.address, *(point.address for point in call.contact.points)}
    outbox.cancel(about=queries.about(callout), addresses=addresses, reason="declined")
    if is_news:
        said = f"{callout.actor.name}: {call.contact.name} kan ikke komme ({ANSWERED[how]})"
        log.write(callout.incident, Kind.CONTACT, said, by=None)
    move_on(callout)
    log.changed(callout.incident, "parties")
    return True
