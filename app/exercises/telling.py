"""What the parties of a planned exercise are told, and whom: everybody of them, or their coordinators alone."""

from collections.abc import Iterable

from app.accounts.models import User
from app.areas.models import Actor
from app.areas.queries import members_of
from app.areas.roles import Role
from app.exercises.models import Drill
from app.exercises.queries import actors_of
from app.exercises.vocabulary import DRILL_KIND_LABELS
from app.lib import clock
from app.lib.text import plain
from app.messaging.models import EXERCISE_MARK
from app.notices.operations import forget, notify, notify_user
from app.plans.vocabulary import Track
from app.templating import clock_time, day


def about(drill: Drill) -> str:
    """What notices call it."""
    return f"drill:{drill.public_id}"


def planned(drill: Drill, *, again: bool = False) -> None:
    """Announced: each party, also by text to its first contact. Unannounced: the coordinators on the front page."""
    opening = "Ændret øvelse" if again else "Planlagt"
    _tell(drill, f"{opening} i {drill.area.name}: {_named(drill)}, {_when(drill)}.", "planned", send=True)


def called_off(drill: Drill) -> None:
    """To the same."""
    forget(about(drill))
    _tell(drill, f"Aflyst i {drill.area.name}: {_named(drill)}, {_when(drill)}.", "called-off", send=True)


def is_due(drill: Drill) -> int:
    """It never starts by itself: the coordinators of whoever planned it are told that it is time."""
    text = _marked(f"Nu skulle {_named(drill).lower()} begynde. Start den i Beredskab, eller flyt den.")
    return _each(drill, _coordinators([drill.planned_as]), text, "due")


def started(drill: Drill) -> None:
    """A table-top calls nobody: it stands on the parties' front page."""
    _tell(drill, f"{_named(drill)} er begyndt i {drill.area.name}.", "started", to_all=True)


def _tell(drill: Drill, text: str, what: str, *, send: bool = False, to_all: bool = False) -> None:
    actors = actors_of(drill)
    if drill.is_unannounced and not to_all:
        _each(drill, _coordinators(actors), _marked(text), what)
        return
    for actor in actors:
        notify(
            actor, _marked(text), about=about(drill), key=f"drill-{what}:{drill.id}:{drill.version}:{actor.id}",
            without_police=drill.track is Track.NON_POLICE, send=send, is_exercise=True,
        )  # fmt: skip


def _each(drill: Drill, people: Iterable[User], text: str, what: str) -> int:
    told = [
        notify_user(
            person.id, text, about=about(drill), key=f"drill-{what}:{drill.id}:{drill.version}:u{person.id}",
            without_police=drill.track is Track.NON_POLICE,
        )
        for person in people
    ]  # fmt: skip
    return sum(one is not None for one in told)


def _coordinators(actors: Iterable[Actor]) -> list[User]:
    ids = {actor.id: actor for actor in actors}
    area = next(iter(ids.values())).area if ids else None
    members = members_of(area) if area else []
    found = {m.user_id: m.user for m in members if m.actor_id in ids and m.role is Role.COORDINATOR}
    return [user for user in found.values() if user.may_sign_in(clock.now())]


def _named(drill: Drill) -> str:
    return str(DRILL_KIND_LABELS[drill.kind])


def _when(drill: Drill) -> str:
    return f"{day(drill.starts_at)} kl. {clock_time(drill.starts_at)}"


def _marked(text: str) -> str:
    return plain(f"{EXERCISE_MARK}. {text}")
