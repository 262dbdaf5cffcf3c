"""Comments on the criteria, the conclusion, each party's word to it, the lock, and what is added after it."""

from flask import abort

from app.accounts.guard import Permission, requires
from app.incidents.forms import IncidentForm
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.plans.tracks import may_add_to_locked_review, may_answer_debrief, may_close_review, may_sign_off
from app.reviews import operations, queries
from app.reviews.forms import AddendumForm, CommentForm, ConclusionForm, WordForm
from app.reviews.models import Review
from app.reviews.page import ReviewPage
from app.reviews.reaching import address, blueprint, digest, held, never_changes, reached
from app.reviews.rules import CRITERION_LABELS, QUESTIONS, Criterion


@blueprint.route("/criteria/<criterion>", methods=["GET", "POST"])
@requires(Permission.ACT)
def comment(public_id: str, criterion: str) -> Shown:
    """A party's words on one criterion; nobody's words take the place of another's."""
    seen, review = reached(public_id)
    if criterion not in set(Criterion):
        abort(404)
    about, form = Criterion(criterion), CommentForm()

    def act() -> str:
        held(seen, may_answer_debrief)
        operations.comment(
            review, about, form.text.data or "", disagrees=bool(form.disagrees.data), by=seen.reader.by,
            not_cpr=bool(form.not_cpr.data),
        )  # fmt: skip
        return address(seen.incident, f"criterion-{about}")

    page = FormPage(
        _(CRITERION_LABELS[about]), _("Gem kommentar"), address(seen.incident, f"criterion-{about}"),
        intro=_(QUESTIONS[about]), world=never_changes,
    )  # fmt: skip
    return form_page(seen, form, page, act)


@blueprint.route("/conclusion", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def conclude(public_id: str) -> Shown:
    """The leader writes it; a new version asks every party anew."""
    seen, review = reached(public_id)
    newest = queries.conclusion_of(review)
    form = ConclusionForm(data={"text": newest.text if newest else ""})

    def act() -> str:
        held(seen, may_close_review)
        operations.conclude(review, form.text.data or "", by=seen.reader.by, not_cpr=bool(form.not_cpr.data))
        return address(seen.incident, "conclusion")

    page = FormPage(
        _("Evalueringens konklusion"), _("Gem, og bed parterne om svar"), address(seen.incident, "conclusion"),
        intro=_("Hvad virkede, hvad virkede mindre godt, hvad beholder vi, og hvad ændrer vi?"),
        happens=tuple(_what_concluding_does(review)), world=lambda: _conclusion_now(review),
        changed=lambda: _("Konklusionen er ændret imens. Genindlæs siden for at læse den."),
    )  # fmt: skip
    return form_page(seen, form, page, act)


def _what_concluding_does(review: Review) -> list[str]:
    found = [_("Hver part bliver bedt om at godkende eller skrive, hvorfor ikke.")]
    if queries.words_of(review):
        found.append(_("Parterne skal svare igen på den nye version. Det, de har sagt før, bliver stående."))
    return found


def _conclusion_now(review: Review) -> str:
    newest = queries.conclusion_of(review)
    return digest(newest.number if newest else 0)


@blueprint.route("/sign-off", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def sign_off(public_id: str) -> Shown:
    """The party's word to the conclusion that it read."""
    seen, review = reached(public_id)
    newest = queries.conclusion_of(review) or abort(404)
    form = WordForm()

    def act() -> str:
        held(seen, may_sign_off)
        operations.sign_off(
            review, signs=form.signs, reason=form.reason.data or "", by=seen.reader.by,
            not_cpr=bool(form.not_cpr.data),
        )  # fmt: skip
        return address(seen.incident, "conclusion")

    page = FormPage(
        _("%(actor)s: konklusionen v%(n)s", actor=seen.reader.actor.name, n=newest.number), _("Gem svar"),
        address(seen.incident, "conclusion"), intro=newest.text, world=lambda: _conclusion_now(review),
        changed=lambda: _("Konklusionen er ændret imens. Genindlæs siden for at læse den."),
    )  # fmt: skip
    return form_page(seen, form, page, act)


@blueprint.route("/closure", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def close(public_id: str) -> Shown:
    """The lock, and the end of the incident."""
    seen, review = reached(public_id)
    found = ReviewPage(seen, review)

    def act() -> str:
        held(seen, may_close_review)
        operations.lock(review, by=seen.reader.by)
        return address(seen.incident)

    page = FormPage(
        _("Lås evalueringen"), _("Lås evalueringen"), address(seen.incident), world=lambda: _conclusion_now(review),
        happens=tuple(found.what_locking_does),
        changed=lambda: _("Konklusionen er ændret imens. Genindlæs siden for at læse den."),
    )  # fmt: skip
    return form_page(seen, IncidentForm(), page, act)


@blueprint.route("/addenda/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add_addendum(public_id: str) -> Shown:
    """Below what is locked."""
    seen, review = reached(public_id)
    form = AddendumForm()

    def act() -> str:
        held(seen, may_add_to_locked_review)
        operations.add_addendum(review, form.text.data or "", by=seen.reader.by, not_cpr=bool(form.not_cpr.data))
        return address(seen.incident, "addenda")

    page = FormPage(
        _("Tilføjelse til evalueringen"), _("Gem tilføjelse"), address(seen.incident, "addenda"), world=never_changes,
        intro=_("Evalueringen er låst og ændres ikke. Tilføjelsen står under den med navn og tid."),
    )  # fmt: skip
    return form_page(seen, form, page, act)
