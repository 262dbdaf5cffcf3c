"""`/area/<slug>/feed.atom` and each message of it as CAP 1.2: what stands on the public page, for machines."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import abort, current_app, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import public
from app.areas.models import Area
from app.broadcasts.publishing.models import Publication
from app.broadcasts.publishing.queries import standing_in, standing_one
from app.lib.languages import Language
from app.live.views import quiet
from app.public.area.cap import CAP_TYPE, Alert, Entry, Said, atom_xml, cap_xml
from app.public.area.frame import area_or_404, blueprint, kept
from app.signup.words import say
from config import Config


@blueprint.get("/feed.atom")
@quiet
@public
def feed(slug: str) -> Response:
    """The texts of now; one that was taken back is there no more, but that it was."""
    area = area_or_404(slug)
    entries = [Entry(as_alert(area, one), _full(".cap", slug, message_id=one.public_id)) for one in standing_in(area)]
    title = say(Language.DANISH, "title", area=area.name)
    body = atom_xml(title, _full(".feed", slug), _full(".show", slug), area.name, area.created_at, entries)
    return kept(body, "application/atom+xml; charset=utf-8")


@blueprint.get("/cap/<message_id>.xml")
@quiet
@public
def cap(slug: str, message_id: str) -> Response:
    """One text in all its languages, as long as it stands."""
    area = area_or_404(slug)
    one = standing_one(area, message_id) or abort(404)
    return kept(cap_xml(as_alert(area, one)), f"{CAP_TYPE}; charset=utf-8")


def as_alert(area: Area, one: Publication) -> Alert:
    """What machines are told: the words, when, where, and whose place they took."""
    assert one.kind is not None and one.published_at is not None and one.expires_at is not None
    config: Config = current_app.config["BEREDSKAB"]
    return Alert(
        identifier=one.public_id, sender=f"{area.slug}@{urlsplit(config.public_url).hostname}", sent=one.published_at,
        kind=one.kind.value, expires=one.expires_at, area=area.name, web=_full(".show", area.slug),
        texts=[
            Said(tag.value, say(tag, "cap_event"), one.texts[tag.value]) for tag in Language if tag.value in one.texts
        ],
        references=[(identifier, datetime.fromisoformat(sent)) for identifier, sent in one.replaces],
        restriction=say(Language.DANISH, "boundary"), is_exercise=one.is_exercise,
    )  # fmt: skip


def _full(endpoint: str, slug: str, **values: Any) -> str:
    config: Config = current_app.config["BEREDSKAB"]
    return config.public_url + url_for(endpoint, slug=slug, **values)
