"""The press log on screen."""

from flask import abort, render_template

from app.accounts.guard import Permission, requires
from app.broadcasts import operations, queries
from app.broadcasts.forms import PressForm
from app.broadcasts.models import PressEnquiry
from app.broadcasts.page import Sending, blueprint, inside_or_404
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.plans.tracks import may_record_informed


@blueprint.get("/press")
@requires(Permission.READ_ROOM)
def press(public_id: str) -> str:
    """What the press asked, the newest first."""
    page = inside_or_404(public_id)
    return render_template(
        "broadcasts/press.html", page=page, incident=page.incident, enquiries=queries.press_of(page.incident),
        may_record=page.may(may_record_informed),
    )  # fmt: skip


@blueprint.route("/press/new", methods=["GET", "POST"])
@requires(Permission.ACT)
def new_enquiry(public_id: str) -> Shown:
    """They have rung."""
    page = inside_or_404(public_id)
    form = PressForm()

    def act() -> str:
        operations.note_press(page.incident, page.reader, _typed(form))
        return page.url("press")

    return form_page(page.seen, form, FormPage(_("Henvendelse fra pressen"), _("Gem"), page.url("press")), act)


@blueprint.route("/press/<enquiry_id>", methods=["GET", "POST"])
@requires(Permission.ACT)
def enquiry(public_id: str, enquiry_id: str) -> Shown:
    """What became of it."""
    page = inside_or_404(public_id)
    found = _found(page, enquiry_id)
    form = PressForm(obj=found)

    def act() -> str:
        shown = form.digest.data or ""
        version = int(shown) if shown.isdecimal() else 0
        operations.note_press(page.incident, page.reader, _typed(form), found, version=version)
        return page.url("press")

    title = FormPage(
        found.outlet, _("Gem"), page.url("press"), world=lambda: str(found.version),
        changed=lambda: _("%(who)s har skrevet i den imens. Svar: %(said)s", who=found.actor.name, said=found.answer),
    )  # fmt: skip
    return form_page(page.seen, form, title, act)


def _found(page: Sending, enquiry_id: str) -> PressEnquiry:
    found = (one for one in queries.press_of(page.incident) if one.public_id == enquiry_id)
    return next(found, None) or abort(404)


def _typed(form: PressForm) -> operations.Enquiry:
    words = {name: getattr(form, name).data or "" for name in ("outlet", "enquiry", "answer", "printed", "correction")}
    return operations.Enquiry(**words, not_cpr=form.not_cpr.data)
