"""Who was told by hand, who need not be, and who said yes to do something."""

from app.areas.by import By
from app.broadcasts import told
from app.broadcasts.models import Engagement, Informed
from app.broadcasts.operations.holding import called, hold
from app.broadcasts.states import HOW_LABELS, How
from app.contacts.models import Contact
from app.direction.models import PoliceActKind
from app.direction.police_word import PoliceSaid, record
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.lib import clock
from app.logbook.kinds import Kind
from app.plans.tracks import may_engage, may_record_informed
from app.plans.vocabulary import Track


def record_call(incident: Incident, reader: Reader, audience_key: str, contact: Contact) -> None:
    """One tap in the list to ring: this contact has heard it. Twice is once."""
    incident = hold(incident, reader, may_record_informed)
    if contact.id not in told.called_of(incident, audience_key):
        _add(incident, audience_key, How.CALL, reader.by, contact_id=contact.id)
        _note(incident, f"Ringet til {contact.called} ({_called(incident, audience_key)}).", reader.by)


def record_told(
    incident: Incident, reader: Reader, audience_key: str, how: How, note: str, *, not_cpr: bool = False
) -> None:
    """The whole audience, at the door, by a notice, at a meeting, otherwise; or not relevant with a reason."""
    incident = hold(incident, reader, may_record_informed)
    _add(incident, audience_key, how, reader.by, note=note)
    said = f": {note}" if note else "."
    text = f"{_called(incident, audience_key).capitalize()}: {HOW_LABELS[how]}{said}"
    _note(incident, text, reader.by, not_cpr=not_cpr)


def engage(
    incident: Incident, reader: Reader, audience_key: str, contact: Contact, task: str, *, keep_away: str = "",
    said: PoliceSaid | None = None, not_cpr: bool = False,
) -> None:  # fmt: skip
    """This contact said yes to do this. In a politisag the police's yes stands beside it."""
    incident = hold(incident, reader, may_engage, on_behalf=said is not None)
    said = said if incident.track is Track.POLICE else None
    act = record(incident, PoliceActKind.ENGAGEMENT, said, by=reader.by) if said else None
    db.session.add(
        Engagement(
            incident_id=incident.id, audience_key=audience_key, contact=contact, task=task, keep_away=keep_away,
            police_act_id=act.id if act else None, at=clock.now(), as_id=reader.actor.id,
        )
    )  # fmt: skip
    away = f" Gå ikke hertil: {keep_away}." if keep_away else ""
    text = f"Aktiveret: {contact.called} ({_called(incident, audience_key)}) har sagt ja til: {task}.{away}"
    _note(incident, text, reader.by, on_behalf_of=said.in_the_log if said else None, not_cpr=not_cpr)


def _add(
    incident: Incident, audience_key: str, how: How, by: By, *, contact_id: int | None = None, note: str = ""
) -> None:
    db.session.add(
        Informed(
            incident_id=incident.id, audience_key=audience_key, how=how, contact_id=contact_id, note=note,
            at=clock.now(), by_id=by.user.id, as_id=by.actor.id,
        )
    )  # fmt: skip


def _called(incident: Incident, audience_key: str) -> str:
    return called(document_of(incident), [audience_key])


def _note(
    incident: Incident, text: str, by: By, *, on_behalf_of: str | None = None, not_cpr: bool = False
) -> None:
    db.session.flush()
    log.write(incident, Kind.CONTACT, text, by=by, on_behalf_of=on_behalf_of, not_cpr=not_cpr)
    log.changed(incident, "informed")
