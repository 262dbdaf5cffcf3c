"""The police close the glimpse of their case to those who are no party, and open it again."""

import sqlalchemy as sa

from app.direction.models import GlimpseTurn, PoliceAct, PoliceActKind
from app.direction.police_word import PoliceSaid, record
from app.direction.queries import full_facts
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.ruling import demand
from app.lib import clock
from app.logbook.kinds import Kind
from app.plans.tracks import may_close_glimpse

SAID = {
    True: "Politiet har skjult sagen for dem, der ikke er part.",
    False: "Politiet viser igen sagens type, sted og lederens nummer til dem, der må aktivere.",
}
KINDS = {True: PoliceActKind.GLIMPSE_CLOSED, False: PoliceActKind.GLIMPSE_OPENED}


def turn_glimpse(incident: Incident, reader: Reader, said: PoliceSaid | None, *, is_closed: bool) -> None:
    """In force at once. Nothing happens when it is so already. Raises Refused."""
    incident = locked(incident)
    may = may_close_glimpse(document_of(incident), reader.who, full_facts(incident), on_behalf=said is not None)
    demand(may, incident.area)
    if incident.glimpse_closed is is_closed:
        return
    act = record(incident, KINDS[is_closed], said, by=reader.by) if said else None
    db.session.add(
        GlimpseTurn(
            incident_id=incident.id, is_closed=is_closed, at=clock.now(), by_id=reader.user.id,
            police_act_id=act.id if act else None,
        )
    )  # fmt: skip
    text = SAID[is_closed]
    log.write(incident, Kind.DECISION, text, by=reader.by, on_behalf_of=said.in_the_log if said else None)
    _set(incident, is_closed)


def undo_glimpse(act: PoliceAct) -> None:
    """They never said it: what they decided before holds; a later word of theirs still does."""
    query = sa.select(GlimpseTurn).where(GlimpseTurn.incident_id == act.incident_id).order_by(GlimpseTurn.id)
    turns = list(db.session.scalars(query))
    for turn in turns:
        if turn.police_act_id == act.id:
            turn.undone_at = clock.now()
    left = [turn.is_closed for turn in turns if turn.undone_at is None]
    is_closed = left[-1] if left else not turns[0].is_closed  # each turn turned what was before
    if act.incident.glimpse_closed is not is_closed:
        log.write(act.incident, Kind.DECISION, SAID[is_closed], by=None)
        _set(act.incident, is_closed)


def _set(incident: Incident, is_closed: bool) -> None:
    # Told before and after: those outside hear that the row goes, or comes, and nothing else while it is closed.
    log.changed(incident, "parties", "state")
    incident.glimpse_closed = is_closed
    log.changed(incident, "parties", "state")
    db.session.flush()
