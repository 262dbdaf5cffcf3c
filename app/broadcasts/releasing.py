"""The pages that let a text go, send it back, or stop it."""

from app.accounts.guard import Permission, requires
from app.broadcasts import operations
from app.broadcasts.forms import ReleaseForm, WhyForm
from app.broadcasts.page import blueprint, found_or_404, version_of
from app.broadcasts.writing import changed, words
from app.incidents.forms import IncidentForm
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.plans.vocabulary import Track


@blueprint.route("/<broadcast_id>/release", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def release(public_id: str, broadcast_id: str) -> Shown:
    """The second pair of eyes: the police's, by phone or here, or another coordinator's."""
    page, found = found_or_404(public_id, broadcast_id)
    form = ReleaseForm()
    form.ask_for_word(page.needs_word(found))
    form.ask_when(found.planned_at)

    def act() -> str:
        version = version_of(form.digest.data)
        operations.release(found, page.reader, version=version, said=form.police_said, planned_at=form.planned_at)
        return page.url("broadcast", found)

    title = FormPage(
        _("Frigiv besked %(n)s", n=found.number), _("Frigiv og send"), page.url("broadcast", found),
        template="broadcasts/release.html", world=lambda: page.world(found), changed=lambda: changed(page, found),
    )  # fmt: skip
    return form_page(page.seen, form, title, act, sending=page, broadcast=found, **words())


@blueprint.route("/<broadcast_id>/return", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def give_back(public_id: str, broadcast_id: str) -> Shown:
    """Something must be mended first."""
    page, found = found_or_404(public_id, broadcast_id)
    form = WhyForm()

    def act() -> str:
        version = version_of(form.digest.data)
        operations.give_back(found, page.reader, form.reason.data or "", version=version, not_cpr=form.not_cpr.data)
        return page.url("broadcast", found)

    title = FormPage(
        _("Returnér besked %(n)s", n=found.number), _("Returnér"), page.url("broadcast", found),
        happens=(_("De, der skrev den, får besked nu, med din grund."),),
        world=lambda: page.world(found), changed=lambda: changed(page, found),
    )  # fmt: skip
    return form_page(page.seen, form, title, act)


@blueprint.route("/<broadcast_id>/alone", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def break_glass(public_id: str, broadcast_id: str) -> Shown:
    """Nobody else is there."""
    page, found = found_or_404(public_id, broadcast_id)
    form = WhyForm()

    def act() -> str:
        version = version_of(form.digest.data)
        operations.break_glass(found, page.reader, form.reason.data or "", version=version, not_cpr=form.not_cpr.data)
        return page.url("broadcast", found)

    title = FormPage(
        _("Send uden frigivelse"), _("Send nu, på mit ansvar"), page.url("broadcast", found), is_dangerous=True,
        template="broadcasts/alone.html",
        happens=(
            _("Beskeden sendes nu. Kun du har set den."),
            _("Politiet og de andre parter får besked og bliver bedt om at læse den.")
            if page.incident.track is Track.POLICE
            else _("Lederen og de andre parter får besked og bliver bedt om at læse den."),
            _("Din grund står i loggen."),
        ),
        world=lambda: page.world(found), changed=lambda: changed(page, found),
    )  # fmt: skip
    return form_page(page.seen, form, title, act, sending=page, broadcast=found, **words())


@blueprint.route("/<broadcast_id>/stop", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def stop(public_id: str, broadcast_id: str) -> Shown:
    """What has not left does not leave."""
    page, found = found_or_404(public_id, broadcast_id)

    def act() -> str:
        operations.stop(found, page.reader)
        return page.url("broadcast", found)

    title = FormPage(
        _("Stop besked %(n)s", n=found.number), _("Stop resten"), page.url("broadcast", found), is_dangerous=True,
        happens=(
            _("Det, der ikke er sendt endnu, bliver ikke sendt."),
            _("Det, der er på vej eller er sendt, kan ikke kaldes tilbage. Du ser, hvor mange det er."),
        ),
        world=lambda: page.world(found), changed=lambda: changed(page, found),
    )  # fmt: skip
    return form_page(page.seen, IncidentForm(), title, act)
