"""For staff: the area's public addresses, and the poster with a code to scan, made by the worker as one A4 page."""

from pathlib import Path
from typing import Any

import segno
import sqlalchemy as sa
from flask import abort, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.accounts.models import User
from app.areas import acting, context
from app.areas.acting import Acting
from app.areas.by import By
from app.areas.models import Area
from app.areas.queries import data_protection_of
from app.broadcasts.publishing.queries import standing_in
from app.contacts.models import Contact, ContactSource
from app.documents import operations as documents
from app.documents.kinds import Kind
from app.documents.models import Document
from app.documents.operations import Wanted
from app.documents.typesetting import typeset
from app.extensions import db
from app.lib.i18n import _, in_danish
from app.lib.languages import Language, direction
from app.public.area.frame import area_or_404, blueprint
from app.signup.words import say
from config import Config

PAPER = Path(__file__).parent.parent / "paper" / "poster.typ"


@blueprint.get("/staff")
@requires(Permission.READ_AREA)
def staff(slug: str) -> str:
    """The addresses to put on a screen and into a feed reader, what stands there now, and how many have signed up."""
    who = _inside_or_404(slug)
    return render_template(
        "public/area/staff.html", area=who.area, standing=standing_in(who.area), count=_signed_up(who.area),
        is_open=data_protection_of(who.area) is not None, root=_root(),
    )  # fmt: skip


@blueprint.post("/poster")
@requires(Permission.READ_AREA)
def poster(slug: str) -> Response:
    """Leaves the file to the worker."""
    who = _inside_or_404(slug)
    document = documents.ask(_wanted(who.area), by=By(who.user, who.actor))
    db.session.commit()
    return redirect(url_for("documents.show", public_id=document.public_id), 303)


def menu(user: User) -> list[tuple[str, str]]:
    """Where the others are."""
    here = acting.unchecked()
    return [(_("Offentlig side"), url_for("area_page.staff", slug=here.actor.area.slug))] if here else []


def register() -> None:
    """The line in everybody's menu; again changes nothing."""
    if menu not in context.more_links:
        context.more_links.append(menu)


def _inside_or_404(slug: str) -> Acting:
    return acting.acting_in(area_or_404(slug)) or abort(404)


def _signed_up(area: Area) -> int:
    own = (Contact.area_id == area.id, Contact.ended_at.is_(None), Contact.source == ContactSource.SIGN_UP)
    return db.session.scalar(sa.select(sa.func.count()).where(*own)) or 0


def _root() -> str:
    config: Config = current_app.config["BEREDSKAB"]
    return config.public_url


@in_danish()
def _wanted(area: Area) -> Wanted:
    back, name = url_for(".staff", slug=area.slug), f"tilmelding-{area.slug}.pdf"
    about = f"area:{area.public_id}"
    return Wanted("sign_up_poster", about, _("Opslag om tilmelding"), name, back, _data(area))


def _data(area: Area) -> dict[str, Any]:
    address = _root() + url_for("area_page.show", slug=area.slug)
    code = segno.make(address, error="m").svg_inline(scale=10, border=0, dark="#000")
    return {
        "lang": "da", "title": say(Language.DANISH, "title", area=area.name), "area": area.name,
        "address": address.removeprefix("https://").removeprefix("http://"),
        "code": f'<?xml version="1.0"?>{code}'.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
        "code_alt": address, "boundary": say(Language.DANISH, "boundary"),
        "languages": [_spoken(one, area) for one in Language],
    }  # fmt: skip


def _spoken(language: Language, area: Area) -> dict[str, str]:
    keys = ("poster", "poster_lead", "poster_scan")
    said = {key: say(language, key, area=area.name) for key in keys}
    return said | {"lang": language.value, "dir": direction(language)}


def _may_read(document: Document) -> bool:
    """Whoever asked still belongs to the area."""
    return any(f"area:{one.actor.area.public_id}" == document.about for one in acting.mine())


KIND = Kind("sign_up_poster", "application/pdf", lambda data: typeset(PAPER, data), _may_read)
