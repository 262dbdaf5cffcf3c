"""What stands now: as a page that keeps itself fresh, as an info screen, and the part of either fetched anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.guard import public
from app.areas.models import Area
from app.areas.queries import data_protection_of
from app.broadcasts.publishing.models import Publication
from app.broadcasts.publishing.queries import standing_in
from app.lib.languages import Language
from app.live.views import quiet
from app.public.area.frame import area_or_404, blueprint, kept, language, page, render

LENGTHS = ((110, "short"), (260, "medium"), (520, "long"))


@dataclass(frozen=True)
class Slide:
    """One text in one language, as an info screen shows it: the shorter, the larger."""

    text: str
    language: str
    written_at: datetime
    until: datetime

    @property
    def size(self) -> str:
        return next((name for most, name in LENGTHS if len(self.text) <= most), "longest")


@blueprint.get("")
@quiet
@public
def show(slug: str) -> Response:
    """For residents: the messages of now, and the way to get them by text or mail."""
    area = area_or_404(slug)
    return page("show", area, is_open=data_protection_of(area) is not None, **_messages(area))


@blueprint.get("/now")
@quiet
@public
def now(slug: str) -> AnyResponse:
    """The messages alone, in the reader's language."""
    area = area_or_404(slug)
    answer = kept(render("_now", area, **_messages(area)), "text/html; charset=utf-8")
    answer.headers["Vary"] = "Accept-Language"
    return answer


@blueprint.get("/screen")
@quiet
@public
def screen(slug: str) -> Response:
    """For a screen on a wall that nobody touches for weeks."""
    area = area_or_404(slug)
    return page("screen", area, **_slides(area))


@blueprint.get("/screen/now")
@quiet
@public
def screen_now(slug: str) -> AnyResponse:
    """What the screen shows."""
    area = area_or_404(slug)
    return kept(render("_slides", area, **_slides(area)), "text/html; charset=utf-8")


def _messages(area: Area) -> dict[str, Any]:
    spoken = language()
    return {"messages": [_in(one, spoken) for one in standing_in(area)]}


def _in(one: Publication, spoken: Language) -> Slide:
    tag = spoken.value if spoken.value in one.texts else Language.DANISH.value
    return _slide(one, tag)


def _slide(one: Publication, tag: str) -> Slide:
    assert one.published_at is not None and one.expires_at is not None
    return Slide(one.texts[tag], tag, one.published_at, one.expires_at)


def _slides(area: Area) -> dict[str, Any]:
    return {"slides": list(_all(standing_in(area))), "every_language": list(Language)}


def _all(standing: list[Publication]) -> Iterator[Slide]:
    for one in standing:
        yield from (_slide(one, tag.value) for tag in Language if tag.value in one.texts)
