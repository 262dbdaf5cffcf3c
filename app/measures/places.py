"""Fields that walks and reports share: where it is, who sees to it, and how many."""

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField
from wtforms.validators import NumberRange

from app.areas.models import Actor, Place
from app.lib.i18n import _, lazy

ELSEWHERE = ""


class DanishNumber(IntegerField):
    """A whole number in Danish words; an empty field is none."""

    def __init__(self, label: str, *, most: int, least: int = 0, **options: Any) -> None:
        asked = lazy("Skriv et helt tal fra %(min)d til %(max)d.")
        super().__init__(lazy(label), validators=[NumberRange(least, most, message=asked)], **options)
        self.type, self.least, self.most = "IntegerField", least, most
        self.flags.required = True  # there is always a number, if only 0

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = "".join(valuelist).strip()
        if not typed:
            self.data = self.least if self.least == 0 else None
            return
        try:
            self.data = int(typed)
        except ValueError:
            self.data = None
            raise ValueError(_("Skriv et helt tal fra %(min)d til %(max)d.", min=self.least, max=self.most)) from None


def place_choices(places: Sequence[Place]) -> list[tuple[str, str]]:
    """The area's sections and places, by name."""
    return [(ELSEWHERE, _("Vælg sted")), *((place.public_id, place.name) for place in places)]


def actor_choices(actors: Sequence[Actor], nobody: str) -> list[tuple[str, str]]:
    """The area's actors; the first choice says what it means to choose none."""
    return [("", nobody), *((actor.public_id, actor.name) for actor in actors)]


def picked_place(places: Sequence[Place], public_id: str | None) -> Place | None:
    """The place chosen, None for elsewhere."""
    return next((place for place in places if place.public_id == public_id), None)


def picked_actor(actors: Sequence[Actor], public_id: str | None) -> Actor | None:
    """The actor chosen, None for nobody."""
    return next((actor for actor in actors if actor.public_id == public_id), None)
