"""Each party over the exercises that the reader may know of: never beside another, and small numbers in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.exercises.responses import report_of
from app.exercises.rules import Verdict, minutes, said_of
from app.extensions import db
from app.incidents.access import Reader, reachable
from app.incidents.models import Incident
from app.lib.i18n import _
from app.plans.vocabulary import IncidentStatus

LATEST = 12


@dataclass(frozen=True)
class Time:
    """One exercise for one party."""

    at: datetime
    incident: Incident
    said: str


@dataclass(frozen=True)
class Party:
    """`times`, the newest first."""

    name: str
    lead: str
    times: list[Time]


def exercises_of(reader: Reader) -> list[Incident]:
    """The newest that were held, or are being held; what was broken off says nothing about anybody."""
    held = reachable(reader).where(Incident.is_exercise.is_(True), Incident.status != IncidentStatus.ANNULLED)
    return list(db.session.scalars(held.limit(LATEST)))


def trend_of(reader: Reader) -> list[Party]:
    """Parties by name."""
    times: dict[str, list[Time]] = {}
    took: dict[str, list[timedelta | None]] = {}
    for incident in exercises_of(reader):
        for one in report_of(incident).called:
            if one.verdict is Verdict.WAITING:  # it may answer yet
                continue
            said = _("svarede %(after)s", after=str(minutes(one.took))) if one.took is not None else _("svarede ikke")
            times.setdefault(one.party, []).append(Time(incident.activated_at, incident, said))
            took.setdefault(one.party, []).append(one.took)
    return [Party(name, str(said_of(took[name])), found) for name, found in sorted(times.items())]
