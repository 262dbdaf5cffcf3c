"""Adding and ending contacts; addresses are normalised here and nowhere else."""

from collections.abc import Iterable

from app.areas.models import Actor, Area, Place
from app.contacts.models import AudienceMember, Contact, ContactPoint, PointKind
from app.extensions import db
from app.lib import clock, phone


def add_contact(
    area: Area,
    *,
    name: str,
    points: Iterable[tuple[PointKind, str]],
    function: str = "",
    actor: Actor | None = None,
    user_id: int | None = None,
    position: int = 0,
    place: Place | None = None,
    audiences: Iterable[str] = (),
    is_police: bool = False,
    is_volunteer: bool = False,
    humans_only: bool | None = None,
    language: str = "da",
) -> Contact:
    """A new contact. Raises phone.InvalidNumber. People of the police are called by humans unless said otherwise."""
    of_police = is_police or (actor is not None and actor.is_police)
    contact = Contact(
        area_id=area.id,
        name=name,
        function=function,
        actor=actor,
        user_id=user_id,
        position=position,
        place=place,
        is_police=of_police,
        is_volunteer=is_volunteer,
        humans_only=of_police if humans_only is None else humans_only,
        language=language,
        confirmed_at=clock.now(),
    )
    contact.points = [ContactPoint(kind=kind, address=normalise(kind, address)) for kind, address in points]
    contact.audiences = [AudienceMember(audience_key=key) for key in audiences]
    db.session.add(contact)
    db.session.flush()
    return contact


def normalise(kind: PointKind, address: str) -> str:
    """A number as E.164, a mail address in lower case."""
    return address.strip().lower() if kind is PointKind.EMAIL else phone.normalise(address)


def end_contact(contact: Contact) -> None:
    """The person has left the function; nothing is sent to them from now on."""
    contact.ended_at = clock.now()
    db.session.flush()
