"""Facts on screen: the list, a new one, another status."""

from flask import abort, render_template

from app.accounts.guard import Permission, requires
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.narrative import operations, queries
from app.narrative.forms import FactForm
from app.narrative.models import FACT_STATUS_LABELS, Fact, FactStatus
from app.narrative.page import CHIPS, Narrative, blueprint, inside_or_404
from app.plans.tracks import may_add_fact


@blueprint.get("/facts")
@requires(Permission.READ_ROOM)
def facts(public_id: str) -> str:
    """What is known, what is not, and what is wrong."""
    page = inside_or_404(public_id)
    return render_template(
        "narrative/facts.html", page=page, incident=page.incident, facts=page.standing.facts,
        labels=FACT_STATUS_LABELS, chips=CHIPS, may_add=page.may(may_add_fact),
    )  # fmt: skip


@blueprint.route("/facts/new", methods=["GET", "POST"])
@requires(Permission.ACT)
def add_fact(public_id: str) -> Shown:
    """One statement with its source."""
    page = inside_or_404(public_id)
    form = FactForm(status=FactStatus.UNCONFIRMED.value)

    def act() -> str:
        operations.add_fact(
            page.held(may_add_fact), form.text.data or "", FactStatus(form.status.data), form.source.data or "",
            may_publish=form.may_publish.data, by=page.reader.by, not_cpr=form.not_cpr.data,
        )  # fmt: skip
        return page.url("facts")

    return form_page(page.seen, form, FormPage(_("Ny oplysning"), _("Gem oplysningen"), page.url("facts")), act)


@blueprint.route("/facts/<fact_id>", methods=["GET", "POST"])
@requires(Permission.ACT)
def change_fact(public_id: str, fact_id: str) -> Shown:
    """Another status. Of two at once the second is told who was first, and what it says now."""
    page = inside_or_404(public_id)
    fact = queries.fact(page.incident, fact_id) or abort(404)
    form = FactForm(status=fact.status.value, source=fact.source, may_publish=fact.may_publish)
    del form.text

    def act() -> str:
        page.held(may_add_fact)
        operations.change_fact(
            fact, FactStatus(form.status.data), form.source.data or "", may_publish=form.may_publish.data,
            by=page.reader.by, version=int(form.digest.data or 0), not_cpr=form.not_cpr.data,
        )  # fmt: skip
        return page.url("facts")

    shown = FormPage(
        _("Ret oplysningen"), _("Gem"), page.url("facts"), fact.text, world=lambda: str(fact.version),
        changed=lambda: _changed(page, fact),
    )  # fmt: skip
    return form_page(page.seen, form, shown, act)


def _changed(page: Narrative, fact: Fact) -> str:
    return _(
        "%(who)s har lige ændret oplysningen til %(status)s. Kilde: %(source)s.",
        who=page.changer(fact), status=_(FACT_STATUS_LABELS[fact.status]), source=fact.source,
    )  # fmt: skip
