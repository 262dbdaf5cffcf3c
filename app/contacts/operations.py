"""Adding and ending contacts; addresses are normalised here and nowhere else."""

from collections.abc import Iterable, Mapping

from app.areas.models import Actor, Area, Place
from app.contacts.models import AudienceMember, Contact, ContactPoint, ContactSource, PointKind
from app.contacts.queries import contacts_of, duty_line, entrances_in
from app.extensions import db
from app.lib import clock, phone
from app.lib.languages import Language


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
    entrance: str = "",
    audiences: Iterable[str] = (),
    is_police: bool = False,
    is_volunteer: bool = False,
    humans_only: bool | None = None,
    language: Language = Language.DANISH,
    source: ContactSource | None = None,
    why: str = "",
) -> Contact:
    """A new contact; `why` is kept with its audiences. Raises phone.InvalidNumber.

    People of the police are called by humans unless said otherwise.
    """
    of_police = is_police or (actor is not None and actor.is_police)
    contact = Contact(
        area_id=area.id,
        name=name,
        function=function,
        actor=actor,
        user_id=user_id,
        position=position,
        place=place,
        entrance=as_known(area, place, entrance),
        is_police=of_police,
        is_volunteer=is_volunteer,
        humans_only=of_police if humans_only is None else humans_only,
        language=language,
        source=source,
        source_at=clock.now() if source else None,
        confirmed_at=clock.now(),
    )
    contact.points = [ContactPoint(kind=kind, address=normalise(kind, address)) for kind, address in points]
    contact.audiences = [AudienceMember(audience_key=key, why=why) for key in audiences]
    db.session.add(contact)
    db.session.flush()
    return contact


def is_there(area: Area, actor: Actor | None, name: str, points: Mapping[PointKind, str]) -> bool:
    """Whether the very same contact has just been added: a second tap on the same form."""
    wanted = {normalise(kind, address) for kind, address in points.items() if address}
    return any(
        contact.name == name
        and contact.actor_id == (actor.id if actor else None)
        and {point.address for point in contact.points} == wanted
        for contact in contacts_of(area)
    )


def edit_contact(
    contact: Contact,
    *,
    name: str,
    points: Mapping[PointKind, str],
    function: str,
    actor: Actor | None,
    position: int,
    place: Place | None,
    entrance: str,
    audiences: Iterable[str] | None,
    language: Language,
    is_police: bool,
    is_volunteer: bool,
    humans_only: bool,
    source: ContactSource | None = None,
    opted_out: bool | None = None,
    why: str = "",
) -> list[str]:
    """Answers, in Danish, what is another than before. `points` holds one address per kind; an empty one is removed.

    `audiences` None leaves them as they are, and so does `opted_out`. `why` is kept with the audiences that are new.
    """
    of_police = is_police or (actor is not None and actor.is_police)
    before, fields = _facts(contact), (contact.actor, contact.position)
    contact.name, contact.function, contact.actor = name, function, actor
    contact.place, contact.entrance = place, as_known(contact.area_id, place, entrance)
    contact.is_police, contact.is_volunteer, contact.humans_only = of_police, is_volunteer, humans_only
    contact.language = language
    for kind, address in points.items():
        _set_point(contact, kind, normalise(kind, address) if address else "")
    if audiences is not None:
        _set_audiences(contact, set(audiences), why)
    if source is not contact.source:
        contact.source, contact.source_at = source, clock.now() if source else None
    if opted_out is not None and opted_out is not (contact.opted_out_at is not None):
        contact.opted_out_at = clock.now() if opted_out else None
    contact.confirmed_at, contact.disputed_at = clock.now(), None
    db.session.flush()
    if fields != (actor, position):
        place_in_line(contact, position)
    return [label for label, value in _facts(contact).items() if value != before[label]]


def _facts(contact: Contact) -> dict[str, object]:
    return {
        "navn": contact.name,
        "funktion": contact.function,
        "numre og adresser": sorted((p.kind, p.address) for p in contact.points),
        "hvor": contact.actor_id,
        "afdeling": contact.place_id,
        "opgang": contact.entrance,
        "plads": contact.position,
        "målgrupper": sorted(a.audience_key for a in contact.audiences),
        "sprog": contact.language,
        "politi": contact.is_police,
        "frivillig": contact.is_volunteer,
        "ringes kun af mennesker": contact.humans_only,
        "kilde": contact.source,
        "ja eller nej til beskeder": contact.opted_out_at is not None,
    }


def as_known(area: Area | int, place: Place | None, entrance: str) -> str:
    """The stairwell as it is already spelled in that place (`12 a` is `12 A`); without a place there is none."""
    typed = " ".join(entrance.split())
    if place is None or not typed:
        return ""
    area_id = area if isinstance(area, int) else area.id
    return next((e for p, e in entrances_in(area_id) if p == place.id and e.casefold() == typed.casefold()), typed)


def _set_point(contact: Contact, kind: PointKind, address: str) -> None:
    """The first of its kind becomes this address; the others stay. A new address is a working one."""
    old = next((point for point in contact.points if point.kind is kind), None)
    if old is not None and old.address == address:
        old.dead_at = None  # somebody has looked at it and says that it is right
        return
    if old is not None:
        contact.points.remove(old)
    if address:
        contact.points.append(ContactPoint(kind=kind, address=address))


def _set_audiences(contact: Contact, keys: set[str], why: str) -> None:
    contact.audiences[:] = [member for member in contact.audiences if member.audience_key in keys]
    there = {member.audience_key for member in contact.audiences}
    contact.audiences += [AudienceMember(audience_key=key, why=why) for key in sorted(keys - there)]


def place_in_line(contact: Contact, position: int) -> None:
    """The contact takes this place in its party's call order (0 first); the others close up around it."""
    if contact.actor is None:
        contact.position = 0
        return
    line = [other for other in duty_line(contact.actor) if other.id != contact.id]
    line.insert(min(position, len(line)), contact)
    for place, one in enumerate(line):
        one.position = place
    db.session.flush()


def normalise(kind: PointKind, address: str) -> str:
    """A number as E.164, a mail address in lower case."""
    return address.strip().lower() if kind is PointKind.EMAIL else phone.normalise(address)


def end_contact(contact: Contact) -> None:
    """The person has left the function; nothing is sent to them from now on."""
    contact.ended_at = clock.now()
    db.session.flush()
    if contact.actor is not None:
        for place, other in enumerate(duty_line(contact.actor)):
            other.position = place
        db.session.flush()
