"""A text on its way: how far it has come, by itself; and another channel for those whom it did not reach."""

from flask import Response, render_template

from app.accounts.guard import Permission, requires
from app.broadcasts import operations
from app.broadcasts.page import blueprint, found_or_404
from app.broadcasts.reached import topics, way_of
from app.broadcasts.unreached import other_ways
from app.broadcasts.writing import changed
from app.incidents.forms import IncidentForm
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.live.views import poll_response, quiet


@blueprint.get("/<broadcast_id>/live")
@quiet
@requires(Permission.READ_ROOM)
def live(public_id: str, broadcast_id: str) -> Response:
    """Whether anything moved."""
    _page, found = found_or_404(public_id, broadcast_id)
    return poll_response(topics(found))


@blueprint.get("/<broadcast_id>/progress")
@quiet
@requires(Permission.READ_ROOM)
def progress(public_id: str, broadcast_id: str) -> str:
    """The panel alone."""
    page, found = found_or_404(public_id, broadcast_id)
    return render_template(
        "broadcasts/_progress.html", page=page, incident=page.incident, broadcast=found,
        progress=page.progress(found), way=way_of(page, found),
    )  # fmt: skip


@blueprint.route("/<broadcast_id>/another-channel", methods=["GET", "POST"])
@requires(Permission.ACT)
def another_channel(public_id: str, broadcast_id: str) -> Shown:
    """The same words, to those whom they did not reach."""
    page, found = found_or_404(public_id, broadcast_id)

    def act() -> str:
        operations.try_another_way(found, page.reader)
        return page.url("broadcast", found)

    ways = len(other_ways(found))
    title = FormPage(
        _("Prøv de fejlede på en anden kanal"), _("Send til %(n)s", n=ways), page.url("broadcast", found),
        happens=(
            _("De samme ord går til de samme mennesker: en mail i stedet for en sms, eller omvendt."),
            _("Den, hvor det er uvist, om den kom frem, får den ikke igen."),
            _("Den skal ikke frigives en gang til."),
        ),
        world=lambda: page.world(found), changed=lambda: changed(page, found),
    )  # fmt: skip
    return form_page(page.seen, IncidentForm(), title, act)
