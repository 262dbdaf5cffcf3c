"""Half an hour without an agreement blocks nothing; it is said in the log and to the tovholder, once."""

from app.direction import queries
from app.incidents import log
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock
from app.logbook.kinds import Kind
from app.notices.operations import notify


def note_silence(incident: Incident) -> bool:
    """True when it was noted now. The caller holds the incident."""
    if not queries.is_late(incident):
        return False
    minutes = int(queries.AGREED_WITHIN.total_seconds() // 60)
    text = f"Uden aftale efter {minutes} min. {_who_is_missing(incident)}"
    told = notify(
        incident.leader, marked(incident, text)[:500], about=f"incident:{incident.public_id}",
        key=f"no-agreement:{incident.id}", without_police=True, send=True, is_exercise=incident.is_exercise,
        group=f"incident:{incident.id}",
    )  # fmt: skip
    if told is None:
        return False
    log.write(incident, Kind.AGREEMENT, text, by=None, at=clock.now())
    log.changed(incident, "direction")
    return True


def _who_is_missing(incident: Incident) -> str:
    plan = queries.latest_plan(incident)
    if plan is None:
        return "Der er ikke skrevet en plan."
    stances = {stance.actor_id: stance.agrees for stance in plan.stances}
    here = [p.actor for p in incident.participations if p.ended_at is None]
    silent = [actor.name for actor in here if actor.id not in stances]
    against = [actor.name for actor in here if stances.get(actor.id) is False]
    parts = [f"Har ikke svaret på v{plan.number}: {', '.join(silent)}." if silent else ""]
    parts.append(f"Uenige: {', '.join(against)}." if against else "")
    return " ".join(part for part in parts if part)
