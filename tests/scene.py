"""The cast with contacts to call, and short ways to say who does what in an incident."""

from typing import Any

from app.accounts.models import User
from app.areas.models import Membership
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.incidents.access import Reader
from app.incidents.facts import who
from app.incidents.models import Incident
from app.plans.vocabulary import Track
from app.transitions.activate import Activation, Alarm, PoliceSaid, activate
from tests.cast import Cast, make_cast
from tests.kept import kept

PARTIES = ("ssp", "youth_club", "family_centre", "helhedsplan", "police")


def _people() -> tuple[Cast, dict[str, list[Contact]]]:
    cast = make_cast()
    return cast, {key: [_contact(cast, key, n, place) for place in range(3)] for n, key in enumerate(PARTIES, 1)}


def _contact(cast: Cast, key: str, n: int, place: int) -> Contact:
    name = f"{key} {'ABC'[place]}"
    points = [(PointKind.MOBILE, f"20001{n}{place}0"), (PointKind.EMAIL, f"{key}{place}@lindevangen.example")]
    return add_contact(cast.lindevangen, name=name, actor=cast.actors[key], position=place, points=points)


class Scene:
    """Lindevangen with its cast and three contacts for each party; `scene.contacts["ssp"]` in call order."""

    def __init__(self) -> None:
        self.cast: Cast
        self.contacts: dict[str, list[Contact]]
        self.cast, self.contacts = kept("scene", _people)
        db.session.commit()
        self._keys = 0

    def reader(self, user: User, actor_key: str | None = None) -> Reader:
        """The person as one of their actors (the first, unless named)."""
        memberships = (
            db.session.query(Membership).filter_by(user_id=user.id, ended_at=None).order_by(Membership.id).all()
        )
        held = next(m for m in memberships if actor_key in (None, m.actor.key))
        police = any(m.actor.is_police for m in memberships)
        known = who(user, held.actor, held.role, police_in_area=police)
        return Reader(user, held.actor, held.actor.area, held.role, known)

    def activate(
        self,
        user: User,
        track: Track = Track.NON_POLICE,
        *,
        actor_key: str | None = None,
        what: str = "Rygte om drab",
        category: str = "rumours",
        police_said: PoliceSaid | None = None,
        **more: Any,
    ) -> Incident:
        """An incident activated by this person, committed."""
        self._keys += 1
        more.setdefault("once_key", f"key-{self._keys}")
        alarm = Alarm(track, category, what)
        new = Activation(self.cast.lindevangen, alarm, self.reader(user, actor_key), police_said=police_said, **more)
        incident = activate(new)
        db.session.commit()
        return incident
