"""Pages of what follows a text: withdrawal, correction, after-message; and the briefing of the board."""

from datetime import timedelta

from flask import abort

from app.accounts.guard import Permission, requires
from app.broadcasts import operations, queries
from app.broadcasts.beginning import begun
from app.broadcasts.briefing import joined
from app.broadcasts.forms import BriefingForm, FollowForm, WithdrawForm
from app.broadcasts.page import blueprint, found_or_404, inside_or_404
from app.broadcasts.states import Phase
from app.broadcasts.writing import changed
from app.incidents.pages import FormPage, Shown, form_page
from app.lib import clock
from app.lib.i18n import _
from app.plans.vocabulary import AudienceKey, MessagePhase

HALF_AN_HOUR = 30


@blueprint.route("/<broadcast_id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def withdraw(public_id: str, broadcast_id: str) -> Shown:
    """One person takes it back, with a text that nobody needs to check."""
    page, found = found_or_404(public_id, broadcast_id)
    form = WithdrawForm(minutes=str(HALF_AN_HOUR))

    def act() -> str:
        next_at = clock.now() + timedelta(minutes=int(form.minutes.data))
        return page.url("broadcast", operations.withdraw(found, page.reader, next_at))

    reached = len({(one.address, one.kind) for one in queries.got(found)})
    shown = operations.withdrawal_text(found, clock.now() + timedelta(minutes=HALF_AN_HOUR))
    title = FormPage(
        _("Træk besked %(n)s tilbage", n=found.number), _("Træk tilbage nu"), page.url("broadcast", found),
        is_dangerous=True,
        happens=(
            _("Det, der ikke er sendt endnu, stoppes."),
            _("%(n)s, der fik den, får straks: %(said)s", n=reached, said=shown),
            _("Klokkeslættet følger det, du vælger her. Teksten er fast, så du kan gøre det alene."),
        ),
        world=lambda: page.world(found), changed=lambda: changed(page, found),
    )  # fmt: skip
    return form_page(page.seen, form, title, act)


@blueprint.route("/<broadcast_id>/correction", methods=["GET", "POST"])
@requires(Permission.ACT)
def correct(public_id: str, broadcast_id: str) -> Shown:
    """The right words, to exactly those who got the wrong ones; released like any text."""
    page, found = found_or_404(public_id, broadcast_id)
    form = FollowForm(text=begun(page, MessagePhase.CORRECTION, found.audiences) or _("Rettelse: "))

    def act() -> str:
        made = operations.follow_up(
            page.incident, page.reader, form.text.data or "", corrects=found, not_cpr=form.not_cpr.data
        )
        return page.url("broadcast", made)

    title = FormPage(
        _("Rettelse af besked %(n)s", n=found.number), _("Gem kladden"), page.url("broadcast", found),
        _("Den går til præcis dem, der fik besked %(n)s. Den skal frigives som andre beskeder.", n=found.number),
        template="broadcasts/follow.html",
        world=lambda: page.world(found), changed=lambda: changed(page, found),
    )  # fmt: skip
    return form_page(page.seen, form, title, act, sending=page)


@blueprint.route("/after", methods=["GET", "POST"])
@requires(Permission.ACT)
def after(public_id: str) -> Shown:
    """It is over: to exactly those who got anything."""
    page = inside_or_404(public_id)
    audiences = {one.audience_key for one in queries.got_anything(page.incident)}
    calm = _("Situationen i %(area)s er rolig igen.", area=page.incident.area.name)
    form = FollowForm(text=begun(page, MessagePhase.AFTER, audiences) or calm)

    def act() -> str:
        made = operations.follow_up(
            page.incident, page.reader, form.text.data or "", corrects=None, not_cpr=form.not_cpr.data
        )
        return page.url("broadcast", made)

    title = FormPage(
        _("Efterbesked"), _("Gem kladden"), page.url(),
        _("Den går til præcis dem, der har fået en besked, og skal frigives som andre. Den kan også sendes bagefter."),
        template="broadcasts/follow.html",
    )  # fmt: skip
    return form_page(page.seen, form, title, act, sending=page)


@blueprint.route("/briefing", methods=["GET", "POST"])
@requires(Permission.ACT)
def brief(public_id: str) -> Shown:
    """The boligsociale bestyrelse: situation, possible consequences, possible measures."""
    page = inside_or_404(public_id)
    board = page.document.audience(AudienceKey.SOCIAL_HOUSING_BOARD) or abort(404)
    form = BriefingForm()

    def act() -> str:
        said = joined(form.situation.data or "", form.consequences.data or "", form.measures.data or "")
        told = any(board.key in b.audiences and b.queued_at for b in queries.broadcasts_of(page.incident))
        phase = Phase.UPDATE if told else Phase.FIRST
        typed = operations.Typed(phase, (board.key,), said, not_cpr=form.not_cpr.data)
        return page.url("broadcast", operations.compose(page.incident, page.reader, typed))

    title = FormPage(
        _("Orientering af %(who)s", who=board.label.lower()), _("Gem kladden"), page.url(),
        _("Tre overskrifter. Den skal frigives som andre beskeder og bygger på det fælles budskab."),
    )  # fmt: skip
    return form_page(page.seen, form, title, act)
