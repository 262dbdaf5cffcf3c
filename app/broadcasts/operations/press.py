"""The press log: what was asked, answered, printed, and asked to be corrected."""

from dataclasses import dataclass

from app.broadcasts.models import PressEnquiry
from app.broadcasts.operations.holding import hold
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.plans.tracks import may_record_informed


@dataclass(frozen=True)
class Enquiry:
    """What was typed. What is not known yet is empty."""

    outlet: str
    enquiry: str
    answer: str = ""
    printed: str = ""
    correction: str = ""
    not_cpr: bool = False


def note_press(
    incident: Incident, reader: Reader, typed: Enquiry, row: PressEnquiry | None = None, *, version: int = 1
) -> None:
    """A new enquiry, or what became of one. Raises Refused when somebody wrote in it meanwhile."""
    incident = hold(incident, reader, may_record_informed)
    if row is None:
        row = PressEnquiry(incident_id=incident.id, version=0)
        db.session.add(row)
    elif row.version != version:
        raise Refused(Reason(N_("En anden har skrevet i den imens. Se på den igen.")))
    row.outlet, row.enquiry, row.answer = typed.outlet, typed.enquiry, typed.answer
    row.printed, row.correction = typed.printed, typed.correction
    row.at, row.as_id, row.version = clock.now(), reader.actor.id, row.version + 1
    db.session.flush()
    log.write(incident, Kind.PRESS, _said(typed), by=reader.by, not_cpr=typed.not_cpr)


def _said(typed: Enquiry) -> str:
    parts = [f"{typed.outlet} spurgte: {typed.enquiry}"]
    for label, text in (("Svar", typed.answer), ("Bragt", typed.printed), ("Rettelse bedt om", typed.correction)):
        if text:
            parts.append(f"{label}: {text}")
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)
