"""Whom of an audience a text is meant for: those of a section, of a stairwell, or those named. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Entrance = tuple[int, str]  # the place's row id and what the stairwell is called there


@dataclass(frozen=True)
class Narrowing:
    """Empty: everybody. Whoever is named in an audience is all of it that gets the text; else places count.

    A ticked stairwell narrows its place: the narrower of two readings never reaches somebody by mistake.
    """

    places: frozenset[int] = frozenset()
    entrances: frozenset[Entrance] = frozenset()
    named: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, places: Iterable[int] = (), entrances: Iterable[Entrance | list[object]] = (),
        named: Mapping[str, Iterable[int]] | None = None,
    ) -> "Narrowing":
        """From lists as they are kept."""
        stairs = frozenset((int(str(place)), spelled(str(name))) for place, name in entrances)
        return cls(frozenset(places), stairs, {key: frozenset(ids) for key, ids in (named or {}).items() if ids})

    def narrows(self, audience_key: str) -> bool:
        """Not everybody of this audience gets it."""
        return bool(self.places or self.entrances or self.named.get(audience_key))

    def takes(self, audience_key: str, contact_id: int, place_id: int | None, entrance: str = "") -> bool:
        """Whether this contact of the audience gets it."""
        if wanted := self.named.get(audience_key):
            return contact_id in wanted
        if not (self.places or self.entrances):
            return True
        if place_id is None:
            return False
        stairs = {name for place, name in self.entrances if place == place_id}
        return spelled(entrance) in stairs if stairs else place_id in self.places


    def lacks_where(self, audience_key: str, place_id: int | None, entrance: str) -> bool:
        """It is passed by only because nobody knows where it lives, so it may well be one of those meant."""
        if self.named.get(audience_key):
            return False
        wanted_here = any(place == place_id for place, _name in self.entrances)
        return place_id is None or (wanted_here and not entrance)


def spelled(entrance: str) -> str:
    """`12  a` and `12 A` are the same stairwell."""
    return " ".join(entrance.split()).casefold()
