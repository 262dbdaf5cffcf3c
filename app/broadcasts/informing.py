"""Who is informed, on screen: the grid, the list to ring, what was told otherwise, who said yes to do something."""

from flask import abort, render_template

from app.accounts.guard import Permission, requires
from app.broadcasts import operations
from app.broadcasts.forms import EngageForm, ToldForm
from app.broadcasts.narrowing import Narrowing
from app.broadcasts.page import Sending, blueprint, inside_or_404
from app.broadcasts.recipients import gather
from app.broadcasts.standing import Grid, Row
from app.broadcasts.states import HOW_LABELS, How
from app.broadcasts.told import called_of
from app.contacts.models import Contact, PointKind
from app.incidents.forms import new_once
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.lib.i18n import _
from app.plans.tracks import may_engage, may_record_informed
from app.plans.vocabulary import AudienceKey, Track


@blueprint.get("/informed")
@requires(Permission.READ_ROOM)
def informed(public_id: str) -> str:
    """All audiences."""
    page = inside_or_404(public_id)
    return render_template("broadcasts/informed.html", page=page, incident=page.incident, grid=page.grid)


@blueprint.get("/informed/<key>")
@requires(Permission.READ_ROOM)
def audience(public_id: str, key: str) -> str:
    """One audience: what it got, whom to ring, what was recorded."""
    page, row = _row(public_id, key)
    return render_template(
        "broadcasts/audience.html", page=page, incident=page.incident, row=row, contacts=_contacts(page, key),
        called=called_of(page.incident, key), how_labels=HOW_LABELS, new_once=new_once,
        phone=lambda contact: contact.point(PointKind.MOBILE, PointKind.LANDLINE),
        may_record=page.may(may_record_informed),
    )  # fmt: skip


@blueprint.post("/informed/<key>/calls/<contact_id>")
@requires(Permission.ACT)
def call(public_id: str, key: str, contact_id: str) -> Shown:
    """One tap: this one has heard it."""
    page, _row_of = _row(public_id, key)
    contact = next((c for c in _contacts(page, key) if c.public_id == contact_id), None) or abort(404)

    def act() -> str:
        operations.record_call(page.incident, page.reader, key, contact)
        return page.audience_url(key)

    return one_tap(page.seen, act)


@blueprint.route("/informed/<key>/told", methods=["GET", "POST"])
@requires(Permission.ACT)
def told(public_id: str, key: str) -> Shown:
    """The whole audience was told otherwise, or need not be."""
    page, row = _row(public_id, key)
    form = ToldForm()

    def act() -> str:
        note = form.note.data or ""
        operations.record_told(page.incident, page.reader, key, How(form.how.data), note, not_cpr=form.not_cpr.data)
        return page.audience_url(key)

    intro = _("Skriv, hvordan de fik besked.")
    if key == AudienceKey.PRESS and page.inside_waits:
        intro += " " + _("De her har ikke hørt det endnu: %(who)s. Sig det til dem først.", who=page.inside_waits)
    title = FormPage(row.audience.label, _("Gem"), page.audience_url(key), intro)
    return form_page(page.seen, form, title, act)


@blueprint.route("/informed/<key>/activated", methods=["GET", "POST"])
@requires(Permission.ACT)
def engage(public_id: str, key: str) -> Shown:
    """Somebody of them said yes to do something. In a politisag the police have said yes first."""
    page, row = _row(public_id, key)
    contacts = {contact.public_id: contact for contact in _contacts(page, key)}
    form = EngageForm()
    form.contact.choices = [(key, page.name_of(contact)) for key, contact in contacts.items()]
    form.ask_for_word(page.incident.track is Track.POLICE and not page.may(may_engage))

    def act() -> str:
        operations.engage(
            page.incident, page.reader, key, contacts[form.contact.data], form.task.data or "",
            keep_away=form.keep_away.data or "", said=form.police_said, not_cpr=form.not_cpr.data,
        )  # fmt: skip
        return page.audience_url(key)

    title = FormPage(
        _("Aktiveret: %(who)s", who=row.audience.label), _("Gem"), page.audience_url(key),
        _("Informeret er at have fået besked. Aktiveret er at have sagt ja til at gøre noget."),
    )  # fmt: skip
    return form_page(page.seen, form, title, act)


def _row(public_id: str, key: str) -> tuple[Sending, Row]:
    page = inside_or_404(public_id)
    return page, Grid(page.incident).row(key) or abort(404)


def _contacts(page: Sending, key: str) -> list[Contact]:
    """Those that a text would go to, and those that it cannot reach; in B never the police."""
    return [target.contact for target in gather(page.incident, page.document, [key], Narrowing()).all]
