"""A narrowing in words, and what there is to narrow to."""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from app.areas.models import Area
from app.broadcasts.models import Broadcast
from app.broadcasts.narrowing import spelled
from app.contacts.models import Contact
from app.contacts.queries import entrances_in
from app.extensions import db
from app.incidents.models import Incident
from app.lib.i18n import _


def narrowed_to(incident: Incident, broadcast: Broadcast, key: str | None, name_of: Callable[[Contact], str]) -> str:
    """Whom it is meant for, in a few words; `key` for one audience alone."""
    keys = [key] if key else broadcast.audiences
    named = [i for one in keys for i in broadcast.named.get(one, ())]
    by_place = [one for one in keys if not broadcast.named.get(one)]
    is_local = bool(broadcast.place_ids or broadcast.entrances)
    parts = list(_places(incident.area, broadcast)) if by_place and is_local else []
    if named:
        contacts = db.session.scalars(sa.select(Contact).where(Contact.id.in_(named)).order_by(Contact.name))
        parts += dict.fromkeys(name_of(contact) for contact in contacts)
    return "; ".join(parts)


def _places(area: Area, broadcast: Broadcast) -> Iterator[str]:
    for place in area.places:
        stairs = sorted(name for place_id, name in broadcast.entrances if place_id == place.id)
        if stairs:
            yield in_words(place.name, *stairs)
        elif place.id in broadcast.place_ids:
            yield place.name


def in_words(place: str, *stairs: str) -> str:
    """`Lindehuse, opgang 12 A og 14`."""
    names = [", ".join(stairs[:-1]), stairs[-1]] if len(stairs) > 1 else list(stairs)
    return _("%(place)s, opgang %(stairs)s", place=place, stairs=_(" og ").join(names))


def stairwells(area: Area) -> dict[str, tuple[str, tuple[int, str]]]:
    """What a form can offer: by a key of its own, the words and (place, stairwell); each spelling once."""
    places, found = {place.id: place for place in area.places}, {}
    for place_id, name in entrances_in(area.id):
        place = places.get(place_id)
        if place is not None:
            found[f"{place.public_id}:{spelled(name)}"] = in_words(place.name, name), (place_id, name)
    return found
