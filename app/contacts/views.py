"""The area's contacts, kept by its coordinators: per party in call order, and per audience."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.accounts.operations import record
from app.areas import acting
from app.areas.acting import Acting
from app.contacts import forms, operations, queries
from app.contacts.forms import ContactForm
from app.contacts.models import Contact
from app.contacts.seeing import may_read
from app.extensions import db
from app.lib.i18n import _

blueprint = Blueprint("contacts", __name__, url_prefix="/contacts")
Answer = Response | str | tuple[str, int]


@blueprint.get("")
@requires(Permission.COORDINATE)
def show() -> str:
    """Everybody in the area."""
    reader = _reader()
    found, audiences = queries.contacts_of(reader.area), forms.audiences_of(reader.area)
    by_actor = [(actor, [c for c in found if c.actor_id == actor.id]) for actor in reader.area.actors]
    by_audience = [
        (key, label, [c for c in found if key in {m.audience_key for m in c.audiences}]) for key, label in audiences
    ]
    # Parties that nobody can be called at come last: most of them never are.
    by_actor.sort(key=lambda pair: (not pair[1], pair[0].name))
    return render_template(
        "contacts/show.html", area=reader.area, by_actor=by_actor, by_audience=by_audience,
        may_read=lambda contact: may_read(reader, contact), place_label=forms.place_label,
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add() -> Answer:
    """One more; the same form twice is one contact."""
    reader = _reader()
    form = ContactForm(reader.area)
    if request.method == "GET":
        _suggest(form)
        return _page(form, _("Ny kontakt"), 200)
    if not form.validate():
        return _page(form, _("Ny kontakt"), 422)
    actor = form.actors.get(form.actor.data or "")
    if not operations.is_there(reader.area, actor, form.name.data or "", form.points):
        points = [(kind, address) for kind, address in form.points.items() if address]
        contact = operations.add_contact(reader.area, points=points, **form.typed)
        operations.place_in_line(contact, form.position.data)
        _record(reader, contact, "contact_added", _("tilføjede en kontakt"))
    return _done(_("Kontakten er tilføjet."))


@blueprint.route("/<public_id>", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def edit(public_id: str) -> Answer:
    """Change one."""
    reader, contact = _reached(public_id)
    form = ContactForm(reader.area, contact, data=forms.shown(contact))
    if request.method == "GET":
        return _page(form, contact.name, 200)
    if not form.validate():
        return _page(form, contact.name, 422)
    changed = operations.edit_contact(contact, points=form.points, **form.typed)
    if changed:
        text = _("rettede %(what)s for en kontakt", what=", ".join(changed))
        _record(reader, contact, "contact_edited", text)
    return _done(_("Gemt."))


@blueprint.route("/<public_id>/end", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def end(public_id: str) -> Answer:
    """Not in the function any more."""
    reader, contact = _reached(public_id)
    if request.method == "GET":
        return render_template("contacts/end.html", contact=contact)
    operations.end_contact(contact)
    _record(reader, contact, "contact_ended", _("afsluttede en kontakt"))
    return _done(_("Kontakten er afsluttet."))


def _reader() -> Acting:
    return acting.current() or abort(404)


def _reached(public_id: str) -> tuple[Acting, Contact]:
    reader = _reader()
    contact = queries.contact_in(reader.area, public_id)
    if contact is None or not may_read(reader, contact):
        abort(404)
    return reader, contact


def _suggest(form: ContactForm) -> None:
    """What the link came from: a party (whose police are rung by people) or an audience."""
    actor = form.actors.get(request.args.get("actor", ""))
    form.audiences.data = [key for key in form.known_audiences if key == request.args.get("audience")]
    if actor is not None:
        form.actor.data = actor.public_id
        form.position.data = min(len(queries.duty_line(actor)), forms.LONGEST_LINE - 1)
        form.is_police.data = form.humans_only.data = actor.is_police


def _page(form: ContactForm, title: str, status: int) -> tuple[str, int]:
    return render_template("contacts/form.html", form=form, title=title, contact=form.contact), status


def _record(reader: Acting, contact: Contact, kind: str, did: str) -> None:
    """Who changed what, in the audit trail: the contact's own name and numbers stay out of it."""
    where = contact.actor.name if contact.actor else _("målgrupperne")
    text = _("%(who)s %(did)s hos %(where)s.", who=reader.user.name, did=did, where=where)
    detail: dict[str, Any] = {"contact": contact.public_id}
    record(kind, text, by=reader.user, area_id=reader.area.id, **detail)


def _done(text: str) -> Response:
    db.session.commit()
    flash(text)
    return redirect(url_for("contacts.show"), 303)
