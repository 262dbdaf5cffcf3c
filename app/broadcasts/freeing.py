"""Which audiences the police have let free in advance."""

from flask import abort

from app.accounts.guard import Permission, requires
from app.broadcasts import operations, queries
from app.broadcasts.forms import FreeForm
from app.broadcasts.page import Sending, blueprint, inside_or_404
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.plans.vocabulary import Track


@blueprint.route("/standing-release", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def let_free(public_id: str) -> Shown:
    """The police say once that texts to these audiences need not wait for them."""
    page, form, free = _begun(public_id)
    form.audiences.choices = [(a.key, a.label) for a in page.document.audiences if a.key not in free]

    def act() -> str:
        operations.let_free(page.incident, page.reader, form.audiences.data or (), form.police_said)
        return page.url()

    title = FormPage(
        _("Politiet giver målgrupper fri"), _("Gem politiets ja"), page.url(),
        happens=(
            _("Beskeder til disse målgrupper frigives af en anden koordinator end den, der skrev dem."),
            _("Politiet læser dem ikke først."),
        ),
    )  # fmt: skip
    return form_page(page.seen, form, title, act)


@blueprint.route("/standing-release/end", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def hold_back(public_id: str) -> Shown:
    """They want to see every text again."""
    page, form, free = _begun(public_id)
    form.audiences.choices = [(a.key, a.label) for a in page.document.audiences if a.key in free]

    def act() -> str:
        operations.hold_back(page.incident, page.reader, form.audiences.data or (), form.police_said)
        return page.url()

    title = FormPage(_("Politiet vil se beskederne igen"), _("Gem"), page.url())
    return form_page(page.seen, form, title, act)


def _begun(public_id: str) -> tuple[Sending, FreeForm, set[str]]:
    page = inside_or_404(public_id)
    if page.incident.track is not Track.POLICE:
        abort(404)
    form = FreeForm()
    form.ask_for_word(page.records_for_police)
    return page, form, {one.audience_key for one in queries.free_audiences(page.incident)}
