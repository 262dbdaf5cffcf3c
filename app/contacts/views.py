"""The area's contacts: searched, per party in call order, per audience; changed by those who keep them."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.accounts.operations import record
from app.areas import acting
from app.areas.acting import Acting
from app.contacts import access, forms, operations, queries, searching, why
from app.contacts.forms import ContactForm
from app.contacts.models import AudienceMember, Contact
from app.contacts.searching import STATES, Sought
from app.extensions import db
from app.lib import clock
from app.lib.i18n import _
from app.templating import day

blueprint = Blueprint("contacts", __name__, url_prefix="/contacts")
Answer = Response | str | tuple[str, int]


@blueprint.get("")
@requires(Permission.COORDINATE)
def show() -> str:
    """Everybody whom this reader sees: the parties in call order and how many each audience has, or who was sought."""
    reader, sought = _reader(), Sought.of(request.args)
    choices = _choices(reader)
    if sought.said:
        contacts, rest = searching.found(reader, sought, request.args.get("after", ""))
        said: dict[str, Any] = dict(sought.said)
        older = url_for(".show", **said, after=rest) if rest else None
        return render_template(
            "contacts/found.html", contacts=contacts, older=older, count=searching.how_many(reader, sought),
            sought=sought, newest=url_for(".show", **said) if "after" in request.args else None,
            **choices, **_shared(reader),
        )  # fmt: skip
    by_actor = [(actor, _line(reader, actor.id)) for actor in reader.area.actors]
    # Parties that nobody can be called at come last: most of them never are.
    by_actor.sort(key=lambda pair: (not pair[1], pair[0].name))
    return render_template(
        "contacts/show.html", by_actor=by_actor, counts=_counts(reader), sought=sought, place_label=forms.place_label,
        residents=access.RESIDENTS, **choices, **_shared(reader),
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add() -> Answer:
    """One more; the same form twice is one contact."""
    reader = _reader()
    form = _form(reader)
    if request.method == "GET":
        _suggest(form)
        return _page(form, _("Ny kontakt"), 200, reader)
    if not form.validate():
        return _page(form, _("Ny kontakt"), 422, reader)
    actor = form.actors.get(form.actor.data or "")
    if not operations.is_there(reader.area, actor, form.name.data or "", form.points):
        points = [(kind, address) for kind, address in form.points.items() if address]
        typed = form.typed | {"audiences": form.typed["audiences"] or ()}
        contact = operations.add_contact(reader.area, points=points, why=_by_hand(reader), **typed)
        operations.place_in_line(contact, form.position.data)
        _record(reader, contact, "contact_added", "tilføjede en kontakt")
    return _done(_("Kontakten er tilføjet."))


@blueprint.route("/<public_id>", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def edit(public_id: str) -> Answer:
    """What stands of one and why; whoever keeps it can change it here."""
    reader, contact = _reached(public_id)
    if not access.may_edit(reader, contact):
        return _read_only(reader, contact)
    form = _form(reader, contact)
    if request.method == "GET":
        return _page(form, contact.name, 200, reader)
    if not form.validate():
        return _page(form, contact.name, 422, reader)
    changed = operations.edit_contact(
        contact, points=form.points, opted_out=form.opted_out.data, why=_by_hand(reader), **form.typed
    )
    if changed:
        text = f"rettede {', '.join(changed)} for en kontakt"
        _record(reader, contact, "contact_edited", text)
    return _done(_("Gemt."))


@blueprint.route("/<public_id>/end", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def end(public_id: str) -> Answer:
    """Not in the function any more."""
    reader, contact = _reached(public_id)
    if not access.may_edit(reader, contact):
        abort(403)
    if request.method == "GET":
        return render_template("contacts/end.html", contact=contact)
    operations.end_contact(contact)
    _record(reader, contact, "contact_ended", "afsluttede en kontakt")
    return _done(_("Kontakten er afsluttet."))


def _reader() -> Acting:
    return acting.current() or abort(404)


def _reached(public_id: str) -> tuple[Acting, Contact]:
    reader = _reader()
    return reader, access.reached(reader, public_id) or abort(404)


def _form(reader: Acting, contact: Contact | None = None) -> ContactForm:
    only_of = None if access.reader_of(reader).keeps_audiences else reader.actor.organisation_id
    data = forms.shown(contact) if contact else None
    return ContactForm(reader.area, contact, only_of=only_of, data=data)


def _line(reader: Acting, actor_id: int) -> list[Contact]:
    seen = access.visible(reader.area, access.reader_of(reader))
    query = sa.select(Contact).where(seen, Contact.actor_id == actor_id).order_by(Contact.position, Contact.id)
    return list(db.session.scalars(query))


def _counts(reader: Acting) -> dict[str, int]:
    """How many of each audience this reader sees."""
    query = sa.select(AudienceMember.audience_key, sa.func.count()).join(Contact).group_by(AudienceMember.audience_key)
    seen = query.where(access.visible(reader.area, access.reader_of(reader)))
    return {row[0]: row[1] for row in db.session.execute(seen)}


def _choices(reader: Acting) -> dict[str, Any]:
    """What the list can be narrowed to."""
    area = reader.area
    return {
        "audiences": forms.audiences_of(area), "actors": [(a.public_id, a.name) for a in area.actors],
        "places": [(p.public_id, p.name) for p in area.places], "states": [(k.value, _(w)) for k, w in STATES.items()],
    }  # fmt: skip


def _shared(reader: Acting) -> dict[str, Any]:
    police, who = queries.police_addresses(reader.area), access.reader_of(reader)
    return {
        "area": reader.area, "police_why": lambda contact: why.is_police(contact, police), "reader": who,
        "in_audience": why.in_audience, "on_list": why.on_list,
        "is_old": lambda c: c.confirmed_at is None or c.confirmed_at < clock.now() - searching.CONFIRMED_EVERY,
        "labels": dict(forms.audiences_of(reader.area)), "keepers": access.keepers_of(reader.area),
    }  # fmt: skip


def _suggest(form: ContactForm) -> None:
    """What the link came from: a party (whose police are rung by people) or an audience."""
    actor = form.actors.get(request.args.get("actor", ""))
    if form.keeps_audiences:
        form.audiences.data = [key for key in form.known_audiences if key == request.args.get("audience")]
    if actor is not None:
        form.actor.data = actor.public_id
        form.position.data = min(len(queries.duty_line(actor)), forms.LONGEST_LINE - 1)
        form.is_police.data = form.humans_only.data = actor.is_police


def _page(form: ContactForm, title: str, status: int, reader: Acting) -> tuple[str, int]:
    page = render_template("contacts/form.html", form=form, title=title, contact=form.contact, **_shared(reader))
    return page, status


def _read_only(reader: Acting, contact: Contact) -> Answer:
    if request.method == "POST":
        abort(403)
    return render_template("contacts/contact.html", contact=contact, **_shared(reader))


def _by_hand(reader: Acting) -> str:
    return why.by_hand(reader.actor.name, day(clock.now()))


def _record(reader: Acting, contact: Contact, kind: str, did: str) -> None:
    """Who changed what, in the audit trail: the contact's own name and numbers stay out of it."""
    where = contact.actor.name if contact.actor else "målgrupperne"
    text = f"{reader.user.name} {did} hos {where}."
    detail: dict[str, Any] = {"contact": contact.public_id}
    record(kind, text, by=reader.user, area_id=reader.area.id, **detail)


def _done(text: str) -> Response:
    db.session.commit()
    flash(text)
    return redirect(url_for("contacts.show"), 303)
