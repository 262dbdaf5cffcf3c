"""The police read the shared message by telephone and say the same: somebody writes it down for them."""

from flask import abort, url_for

from app.accounts.guard import Permission, requires
from app.direction import operations
from app.direction.page import blueprint, seen_inside
from app.direction.word_form import PoliceWordForm
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.narrative import queries
from app.plans.vocabulary import POLICE, Track


@blueprint.route("/message/<int:number>/police-acknowledgement", methods=["GET", "POST"])
@requires(Permission.ACT)
def acknowledge_for_police(public_id: str, number: int) -> Shown:
    """In force at once, not confirmed."""
    seen = seen_inside(public_id, Track.POLICE)
    message = queries.message(seen.incident, number) or abort(404)
    if seen.reader.actor.key == POLICE:
        abort(404)
    form, back = PoliceWordForm(), url_for("narrative.message", public_id=public_id)
    form.ask_for_word(True)

    def newest() -> str:
        latest = queries.latest_message(seen.incident)
        return str(latest.number) if latest else ""

    def act() -> str:
        said = form.police_said
        assert said is not None
        operations.acknowledge_for_police(message, seen.reader, said)
        return back

    page = FormPage(
        _("Politiet siger det samme"), _("Skriv kvitteringen"), back,
        _("Læs budskab v%(n)s op for politiet. Siger de det samme, så skriv, hvem der sagde det.", n=number),
        world=newest, changed=lambda: _("Budskabet er nu v%(n)s. Læs den op i stedet.", n=newest()),
        happens=(_("Politiet står som dem, der har kvitteret, mærket: ikke bekræftet."),),
    )  # fmt: skip
    return form_page(seen, form, page, act)
