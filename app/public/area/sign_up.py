"""Signing up, off, and one's own data: a code first, then a page that only its owner opens. The same for everybody."""

import re
from dataclasses import dataclass, field

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import public
from app.areas.models import Area, PlaceKind
from app.areas.queries import data_protection_of
from app.contacts.models import ContactSource, PointKind
from app.extensions import csrf, db
from app.lib import phone
from app.lib.languages import Language
from app.public.area.frame import PRIVATE, area_or_404, blueprint, language, page
from app.signup import hashes, operations, queries
from app.signup.models import SignUpCode

_MAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
_ENTRANCE = re.compile(r"[0-9A-Za-zÆØÅæøåÉé ./-]{0,20}")
_LONG_NUMBER = re.compile(r"\d{5}")
LONGEST_MAIL = 200


@dataclass
class Typed:
    """What stands in a form, and what is wrong with it by the field's name."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


# No page here uses a session: the number's owner is known by the code, so the forms work where cookies are refused.
@blueprint.route("/sign-up", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]  # flask_wtf has no types
@public
def sign_up(slug: str) -> Response:
    """Which number or address. What comes after reads the same whether it is known, new, or has had enough codes."""
    area, typed = area_or_404(slug), Typed()
    if data_protection_of(area) is None:
        return page("not_open", area)
    if request.method == "GET":
        return page("sign_up", area, typed=typed)
    reached = _reached(typed)
    if reached is None:
        return page("sign_up", area, 422, typed=typed)
    kind, address = reached
    token = operations.ask(area, operations.Asker(kind, address, language(), request.remote_addr))
    db.session.commit()
    return redirect(url_for(".code", slug=slug, token=token, language=language().value), 303)


@blueprint.route("/sign-up/<token>", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]
@public
def code(slug: str, token: str) -> Response:
    """The six digits. The form reads the same for every token, also for one that no code was sent for."""
    area, typed = area_or_404(slug), Typed()
    if request.method == "GET":
        return _private(page("code", area, typed=typed))
    pass_ = operations.redeem(area, token[:22], request.form.get("code", "")[:20])
    db.session.commit()  # a wrong try is counted too
    if pass_ is None:
        typed.errors["code"] = "code_wrong"
        return _private(page("code", area, 422, typed=typed))
    return redirect(url_for(".mine", slug=slug, pass_id=pass_, language=language().value), 303)


@blueprint.route("/mine/<pass_id>", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]
@public
def mine(slug: str, pass_id: str) -> Response:
    """What stands of this number: to be put there, changed, or taken off."""
    area, typed = area_or_404(slug), Typed()
    held = queries.opened_by(area, pass_id)
    if held is None:
        return _private(page("gone", area, 404))
    if request.method == "POST":
        places = {place.public_id: place for place in area.places if place.kind is PlaceKind.SECTION}
        wanted = next((one for one in Language if one == request.form.get("reads")), language())
        entrance = " ".join(request.form.get("entrance", "").split())
        fits = _ENTRANCE.fullmatch(entrance) and not _LONG_NUMBER.search(entrance)
        is_on = queries.reading(queries.residents_at(area.id, held.kind, held.address)) is not None
        if is_on or request.form.get("consent"):
            place = places.get(request.form.get("place", ""))
            operations.join(held, place, entrance if fits else "", wanted)
            db.session.commit()
            return redirect(url_for(".mine", slug=slug, pass_id=pass_id, language=language().value), 303)
        typed.errors["consent"] = "consent_missing"
    return _own(area, held, typed, pass_id)


@blueprint.route("/mine/<pass_id>/sign-off", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]
@public
def sign_off(slug: str, pass_id: str) -> Response:
    """The second tap."""
    area = area_or_404(slug)
    held = queries.opened_by(area, pass_id)
    if held is None:
        return _private(page("gone", area, 404))
    if request.method == "GET":
        return _private(page("off", area, back=url_for(".mine", slug=slug, pass_id=pass_id, language=language().value)))
    is_gone = operations.leave(area.id, held.kind, held.address)
    held.address, held.pass_hash = "", None
    db.session.commit()
    return _private(page("off_done", area, is_gone=is_gone))


@blueprint.route("/off/<link>", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]
@public
def off(slug: str, link: str) -> Response:
    """From a mail. Previews of links fetch it too, so opening it changes nothing; it reads the same when done twice."""
    area, contact_id = area_or_404(slug), hashes.contact_of(link)
    if contact_id is None:
        return _private(page("gone", area, 404))
    if request.method == "GET":
        return _private(page("off", area, back=url_for(".show", slug=slug)))
    contact, is_gone = queries.contact_by(contact_id), True
    if contact is not None and contact.area_id == area.id:
        for kind, address in [(point.kind, point.address) for point in contact.points]:
            is_gone = operations.leave(area.id, kind, address) and is_gone
    db.session.commit()
    return _private(page("off_done", area, is_gone=is_gone))


def _own(area: Area, held: SignUpCode, typed: Typed, pass_id: str) -> Response:
    contact = queries.reading(queries.residents_at(area.id, held.kind, held.address))
    shown = phone.spaced(held.address) if held.kind is PointKind.MOBILE else held.address
    sections = [place for place in area.places if place.kind is PlaceKind.SECTION]
    status = 422 if typed.errors else 200
    return _private(
        page(
            "mine", area, status, contact=contact, address=shown, sections=sections, typed=typed, pass_id=pass_id,
            signed_up=contact is not None and contact.source == ContactSource.SIGN_UP,
        )
    )  # fmt: skip


def _reached(typed: Typed) -> tuple[PointKind, str] | None:
    form = typed.values = {name: request.form.get(name, "").strip()[:LONGEST_MAIL] for name in ("by", "number", "mail")}
    if form["by"] == "sms":
        try:
            return PointKind.MOBILE, phone.normalise(form["number"])
        except phone.InvalidNumber:
            typed.errors["number"] = "number_wrong"
    elif form["by"] == "mail":
        address = form["mail"].lower()
        if _MAIL.fullmatch(address):
            return PointKind.EMAIL, address
        typed.errors["mail"] = "address_wrong"
    else:
        typed.errors["by"] = "by_missing"
    return None


def _private(answer: Response) -> Response:
    answer.headers.update(PRIVATE)
    return answer
