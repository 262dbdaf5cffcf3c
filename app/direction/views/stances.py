"""Where a party stands to a version: agrees by one tap, disagrees with a reason, or said so by phone or mail."""

from flask import abort

from app.accounts.guard import Permission, requires
from app.areas.models import Actor
from app.direction import operations, queries
from app.direction.forms import DisagreementForm, RecordedStanceForm
from app.direction.models import AgreedHow, AgreedPlan
from app.direction.operations import Said
from app.direction.page import blueprint
from app.direction.plan_page import Agreement
from app.direction.views.agreed_plan import TEMPLATE, made_meanwhile, number_of, reached
from app.incidents.forms import IncidentForm
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.lib.i18n import _


@blueprint.post("/agreed-plan/<int:number>/agreement")
@requires(Permission.ACT)
def agree(public_id: str, number: int) -> Shown:
    """The own party agrees with the version that was shown."""
    desk = reached(public_id)
    plan = queries.version(desk.incident, number) or abort(404)

    def act() -> str:
        operations.take_stance(plan, desk.reader, Said(agrees=True))
        return desk.room(anchor="direction")

    return one_tap(desk.seen, act)


@blueprint.route("/agreed-plan/disagreement", methods=["GET", "POST"])
@requires(Permission.ACT)
def disagree(public_id: str) -> Shown:
    """The own party does not agree with the version that stands below the form."""
    desk = _with_plan(public_id)
    form = DisagreementForm()

    def act() -> str:
        said = Said(agrees=False, reason=form.reason.data or "", not_cpr=bool(form.not_cpr.data))
        operations.take_stance(_shown(desk, form), desk.reader, said)
        return desk.room(anchor="direction")

    page = _page(
        desk, _("Vi er uenige i planen"), _("Meld uenighed"),
        happens=(
            _("Uenigheden vises for alle parter og står i loggen."),
            _("Planen gælder stadig for de andre. Ingen skal vente på, at alle er enige."),
        ),
    )  # fmt: skip
    return form_page(desk.seen, form, page, act, direction=desk)


@blueprint.route("/agreed-plan/stances/new", methods=["GET", "POST"])
@requires(Permission.ACT)
def record(public_id: str) -> Shown:
    """What another party said by phone or mail of the version that stands below the form."""
    desk = _with_plan(public_id)
    others = {actor.public_id: actor for actor in _others(desk)}
    form = RecordedStanceForm(agrees="yes", how=AgreedHow.PHONE.value)
    form.actor.choices = [("", _("Vælg part")), *((key, actor.name) for key, actor in others.items())]

    def act() -> str:
        operations.record_stance(_shown(desk, form), desk.reader, others[form.actor.data], _said(form))
        return desk.url("agreed_plan")

    return form_page(desk.seen, form, _page(desk, _("Skriv en parts svar"), _("Gem svaret")), act, direction=desk)


def _said(form: RecordedStanceForm) -> Said:
    agrees = form.agrees.data == "yes"
    reason = "" if agrees else form.reason.data or ""
    return Said(agrees, reason, AgreedHow(form.how.data), form.said_by.data or "", bool(form.not_cpr.data))


def _with_plan(public_id: str) -> Agreement:
    desk = reached(public_id)
    return desk if desk.plan else abort(404)


def _shown(desk: Agreement, form: IncidentForm) -> AgreedPlan:
    # The digest is the number of the version that was shown; form_page has seen that it is still the newest.
    return queries.version(desk.incident, int(form.digest.data or 0)) or abort(404)


def _others(desk: Agreement) -> list[Actor]:
    own = desk.reader.actor.id
    return [p.actor for p in desk.incident.participations if p.ended_at is None and p.actor_id != own]


def _page(desk: Agreement, title: str, submit: str, happens: tuple[str, ...] = ()) -> FormPage:
    return FormPage(
        title, submit, desk.url("agreed_plan"), happens=happens, template=TEMPLATE, world=lambda: number_of(desk),
        changed=lambda: made_meanwhile(desk),
    )  # fmt: skip
