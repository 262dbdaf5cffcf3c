"""An exercise planned ahead: told of, changed, called off, begun by a person, its story told bit by bit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.areas.by import By
from app.areas.models import Area
from app.errors import Refused
from app.exercises import telling
from app.exercises.models import Drill, Inject
from app.exercises.operations.running import start
from app.exercises.vocabulary import DrillKind, DrillState
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.ruling import demand
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.plans.queries import plan_for
from app.plans.tracks import may_start_exercise
from app.plans.vocabulary import Track
from app.tasks import operations as tasks
from app.transitions.activate import Activation, Alarm, Wakes
from app.transitions.stand_down import StandDown, stand_down

OVER = Reason(N_("Øvelsen er begyndt, holdt eller aflyst. Planlæg en ny."))
NO_MORE = Reason(N_("Hele historien er fortalt."))


@dataclass(frozen=True)
class Planned:
    """What is said of it. `story`: minutes after the start and what happens, in order."""

    kind: DrillKind
    track: Track
    category_key: str
    what: str
    starts_at: datetime
    is_unannounced: bool = False
    calls_all: bool = False
    story: Sequence[tuple[int, str]] = ()


def plan(area: Area, planned: Planned, *, reader: Reader) -> Drill:
    """Raises Refused when the reader could not start it: who plans is who may."""
    _demand(area, planned.track, reader)
    by = reader.by
    drill = Drill(area=area, planned_at=clock.now(), planned_by=by.user, planned_as=by.actor)
    _fill(drill, planned)
    db.session.add(drill)
    db.session.flush()
    telling.planned(drill)
    return drill


def change(drill: Drill, planned: Planned, *, reader: Reader) -> None:
    """As long as it has not begun; everybody concerned is told again."""
    _hold(drill)
    _demand(drill.area, planned.track, reader)
    _demand_planned(drill)
    drill.injects.clear()
    db.session.flush()
    drill.version += 1
    _fill(drill, planned)
    db.session.flush()
    telling.planned(drill, again=True)


def call_off(drill: Drill, *, reader: Reader) -> None:
    """It comes to nothing, and everybody who knew is told."""
    _hold(drill)
    _demand(drill.area, drill.track, reader)
    _demand_planned(drill)
    drill.called_off_at, drill.version = clock.now(), drill.version + 1
    db.session.flush()
    telling.called_off(drill)


def start_planned(drill: Drill, *, reader: Reader) -> Incident:
    """A person begins it, once: the same again answers the same incident."""
    _hold(drill)
    if drill.incident is not None:
        return drill.incident
    _demand_planned(drill)
    wakes = {DrillKind.TABLETOP: Wakes.NOBODY}.get(drill.kind, Wakes.EVERYBODY if drill.calls_all else Wakes.AS_PLANNED)
    alarm = Alarm(drill.track, drill.category_key, drill.what)
    drill.incident = start(
        Activation(
            drill.area, alarm, reader, f"drill:{drill.public_id}", wakes=wakes,
            only_calls=drill.kind is DrillKind.CALLOUT,
        )
    )  # fmt: skip
    db.session.flush()
    if drill.kind is DrillKind.TABLETOP:
        telling.started(drill)
    return drill.incident


def end_callout(drill: Drill, *, reader: Reader) -> None:
    """A drill of the call-out is over: what nobody answered needs no call now. Raises Refused to who does not lead."""
    if drill.incident is None or drill.kind is not DrillKind.CALLOUT:
        raise Refused(OVER)
    incident = locked(drill.incident)
    if incident.is_open:
        tasks.drop(incident, ("call:", "chain:"), N_("Øvelsen er slut."))
        stand_down(incident, reader, StandDown((), move_tasks=True))


def tell_next(drill: Drill, *, by: By) -> Inject:
    """The next bit of the story, into the room's log."""
    incident = locked(drill.incident) if drill.incident else None
    if incident is None or drill.state is not DrillState.RUNNING:
        raise Refused(OVER)
    inject = next((one for one in drill.injects if one.told_at is None), None)
    if inject is None:
        raise Refused(NO_MORE)
    inject.told_at = clock.now()
    log.write(incident, Kind.NOTE, f"Øvelsens historie {inject.number}: {inject.text}", by=by)
    db.session.flush()
    return inject


def _fill(drill: Drill, planned: Planned) -> None:
    for name in ("kind", "track", "category_key", "what", "starts_at", "is_unannounced", "calls_all"):
        setattr(drill, name, getattr(planned, name))
    drill.injects.extend(Inject(number=n, after_minutes=at, text=text) for n, (at, text) in enumerate(planned.story, 1))


def _demand(area: Area, track: Track, reader: Reader) -> None:
    demand(may_start_exercise(plan_for(area).document, reader.who, track), area)


def _demand_planned(drill: Drill) -> None:
    if drill.state is not DrillState.PLANNED:
        raise Refused(OVER)


def _hold(drill: Drill) -> None:
    """Two taps at once: one after the other."""
    db.session.refresh(drill, with_for_update={"of": Drill})
