"""The police let audiences free in advance, and take that back."""

from collections.abc import Collection

from app.broadcasts import queries
from app.broadcasts.models import StandingRelease
from app.broadcasts.operations.holding import called, hold
from app.direction.models import PoliceActKind
from app.direction.police_word import PoliceSaid, record
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.lib import clock
from app.logbook.kinds import Kind
from app.plans.tracks import may_let_audience_free


def let_free(incident: Incident, reader: Reader, audiences: Collection[str], said: PoliceSaid | None) -> None:
    """From now on texts to these need another coordinator, not the police."""
    incident = hold(incident, reader, may_let_audience_free, on_behalf=said is not None)
    free = {one.audience_key for one in queries.free_audiences(incident)}
    new = [key for key in audiences if key not in free]
    if not new:
        return
    act = record(incident, PoliceActKind.STANDING_RELEASE, said, by=reader.by) if said else None
    for key in new:
        db.session.add(
            StandingRelease(
                incident_id=incident.id, audience_key=key, given_at=clock.now(), given_by_id=reader.user.id,
                police_act_id=act.id if act else None,
            )
        )  # fmt: skip
    _note(incident, reader, f"Politiet har givet beskeder fri til {called(document_of(incident), new)}.", said)


def hold_back(incident: Incident, reader: Reader, audiences: Collection[str], said: PoliceSaid | None) -> None:
    """Each text to these needs the police again; one that waits for its time goes back to its authors then."""
    incident = hold(incident, reader, may_let_audience_free, on_behalf=said is not None)
    ended = [one for one in queries.free_audiences(incident) if one.audience_key in audiences]
    for one in ended:
        one.ended_at = clock.now()
    if ended:
        keys = [one.audience_key for one in ended]
        text = f"Politiet vil igen se hver besked til {called(document_of(incident), keys)}."
        _note(incident, reader, text, said)


def _note(incident: Incident, reader: Reader, text: str, said: PoliceSaid | None) -> None:
    db.session.flush()
    log.write(incident, Kind.MESSAGE, text, by=reader.by, on_behalf_of=said.in_the_log if said else None)
    log.changed(incident, "informed")
