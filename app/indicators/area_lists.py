"""Which of the three lists that are all called *udsat* an area is on, each with its year; never one yes or no."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.accounts.models import User
from app.accounts.operations import record
from app.areas.models import Area
from app.extensions import db
from app.indicators.vocabulary import AREA_LIST_LABELS, AreaList
from app.lib.i18n import N_, _

TITLE = N_("Hvilke lister står området på?")
THREE = N_("Tre forskellige lister bliver alle kaldt »udsat«. De er ikke det samme, og de gælder et bestemt år.")
NOT_KNOWN = N_("Det er ikke skrevet ind, om området står på nogen af de tre lister, der alle bliver kaldt »udsat«.")


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


def years_on(area: Area, on: AreaList) -> list[int]:
    """The years, the oldest first."""
    return sorted(one.year for one in lists_of(area) if one.on is on)


def said_of(area: Area) -> tuple[str, list[str]]:
    """A sentence and a line for each list and year, on screen and in every file."""
    lines = [f"{area.name} {one.label}" for one in lists_of(area)]
    return (_(THREE) if lines else _(NOT_KNOWN)), lines


def put_on_lists(area: Area, years: Mapping[AreaList, Iterable[int]], *, by: User) -> None:
    """From now on the area was on these lists in these years, and on no others. The same again changes nothing."""
    db.session.refresh(area, with_for_update=True)
    other = [tag for tag in area.tags or [] if tag.get("list") not in set(AreaList)]
    tags = [*other, *({"list": on.value, "year": year} for on in AreaList for year in sorted(set(years.get(on, ()))))]
    if tags == (area.tags or []):
        return
    area.tags = tags
    db.session.flush()
    told = "; ".join(AREA_LIST_LABELS[one.on] + f" {one.year}" for one in lists_of(area)) or "ingen"
    record("area_lists", f"{by.name} skrev listerne for {area.name} ind: {told}.", by=by, area_id=area.id)
