"""Which of the three lists that are all called *udsat* an area is on, each with its year; never one yes or no."""

from dataclasses import dataclass

from app.areas.models import Area
from app.extensions import db
from app.indicators.vocabulary import AREA_LIST_LABELS, AreaList
from app.lib.i18n import _


@dataclass(frozen=True)
class Listed:
    """On this list in this year."""

    on: AreaList
    year: int

    @property
    def label(self) -> str:
        return f"{_(AREA_LIST_LABELS[self.on])} ({self.year})"


def lists_of(area: Area) -> list[Listed]:
    """The newest first."""
    known = [tag for tag in area.tags or [] if tag.get("list") in set(AreaList)]
    found = (Listed(AreaList(tag["list"]), int(tag["year"])) for tag in known)
    return sorted(found, key=lambda one: (-one.year, one.on))


def put_on(area: Area, on: AreaList, year: int) -> None:
    """The area was on the list that year; saying it twice changes nothing."""
    if Listed(on, year) not in lists_of(area):
        area.tags = [*(area.tags or []), {"list": on.value, "year": year}]
        db.session.flush()


def take_off(area: Area, on: AreaList, year: int) -> None:
    """It was not."""
    area.tags = [tag for tag in area.tags or [] if (tag.get("list"), tag.get("year")) != (on.value, year)]
    db.session.flush()
