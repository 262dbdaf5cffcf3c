"""What boards may read of a review: written, approved, and read."""

from flask import abort

from app.accounts.guard import Permission, requires
from app.incidents.forms import IncidentForm
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.plans.tracks import may_approve_summary, may_write_summary
from app.reviews import operations, queries
from app.reviews.forms import SummaryForm
from app.reviews.models import Review
from app.reviews.reaching import address, blueprint, digest, held, reached


@blueprint.route("/summary", methods=["GET", "POST"])
@requires(Permission.ACT)
def write_summary(public_id: str) -> Shown:
    """The next version; boards see nothing of it before it is approved."""
    seen, review = reached(public_id)
    newest = queries.summary_of(review)
    form = SummaryForm(data={"text": newest.text if newest else ""})

    def act() -> str:
        held(seen, may_write_summary)
        operations.write_summary(review, form.text.data or "", by=seen.reader.by, not_cpr=bool(form.not_cpr.data))
        return address(seen.incident, "summary")

    page = FormPage(
        _("Resumé til bestyrelserne"), _("Gem resumé"), address(seen.incident, "summary"),
        intro=_("Kort: hvad skete der, hvad gjorde vi, hvad ændrer vi? Den, der leder evalueringen, godkender det."),
        world=lambda: _now(review), changed=lambda: _("Der er skrevet en nyere version imens. Læs den først."),
    )  # fmt: skip
    return form_page(seen, form, page, act)


@blueprint.route("/summary/approval", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def approve_summary(public_id: str) -> Shown:
    """The leader of the review lets boards read it."""
    seen, review = reached(public_id)
    newest = queries.summary_of(review) or abort(404)

    def act() -> str:
        held(seen, may_approve_summary)
        operations.approve_summary(newest, by=seen.reader.by)
        return address(seen.incident, "summary")

    page = FormPage(
        _("Godkend resuméet"), _("Godkend resuméet"), address(seen.incident, "summary"), intro=newest.text,
        happens=(_("Områdets bestyrelsesmedlemmer kan læse det på deres forside."),), world=lambda: _now(review),
        changed=lambda: _("Der er skrevet en nyere version imens. Læs den først."),
    )  # fmt: skip
    return form_page(seen, IncidentForm(), page, act)


def _now(review: Review) -> str:
    newest = queries.summary_of(review)
    return digest(newest.number if newest else 0, bool(newest and newest.approved_at))
