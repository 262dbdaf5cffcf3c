"""Learning points of one incident: a new one, and how one was closed."""

from flask import abort

from app.accounts.guard import Permission, requires
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.plans.tracks import may_add_learning, may_close_learning
from app.reviews import operations, queries
from app.reviews.forms import CloseLearningForm, LearningForm
from app.reviews.models import LearningPoint
from app.reviews.reaching import address, blueprint, digest, held, never_changes, reached
from app.reviews.rules import PLAN_PART_LABELS


@blueprint.route("/learning/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add_learning(public_id: str) -> Shown:
    """One thing to change; perhaps in the plan itself."""
    seen, review = reached(public_id)
    form, owners = LearningForm(), {actor.public_id: actor for actor in operations.owners(seen.incident)}
    form.owner.choices = [("", _("Vælg ansvarlig")), *((key, actor.name) for key, actor in owners.items())]

    def act() -> str:
        held(seen, may_add_learning)
        owner, due_on = owners[form.owner.data or ""], form.due_on.data
        assert due_on is not None  # the form asks for it
        operations.add_learning_point(
            review, form.text.data or "", owner, due_on, by=seen.reader.by, not_cpr=bool(form.not_cpr.data),
            proposal=form.proposal,
        )  # fmt: skip
        return address(seen.incident, "learning")

    page = FormPage(_("Nyt læringspunkt"), _("Gem"), address(seen.incident), world=never_changes)
    return form_page(seen, form, page, act)


@blueprint.route("/learning/<point_id>", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def close_learning(public_id: str, point_id: str) -> Shown:
    """It is done."""
    seen, review = reached(public_id)
    point = queries.learning_point(review, point_id) or abort(404)
    form = CloseLearningForm()

    def act() -> str:
        held(seen, may_close_learning, point.owner.key)
        operations.close_learning_point(point, form.note.data or "", by=seen.reader.by, not_cpr=bool(form.not_cpr.data))
        return address(seen.incident, "learning")

    page = FormPage(
        _("Luk læringspunktet"), _("Luk"), address(seen.incident), intro=point.text, happens=_plan_change(point),
        world=lambda: digest(point.closed_at), changed=lambda: _closed(point),
    )  # fmt: skip
    return form_page(seen, form, page, act)


def _plan_change(point: LearningPoint) -> tuple[str, ...]:
    if point.plan_part is None:
        return ()
    part = _(PLAN_PART_LABELS[point.plan_part])
    return (_("Forslaget til planen (%(part)s) regnes for afgjort: %(change)s", part=part, change=point.plan_text),)


def _closed(point: LearningPoint) -> str:
    return _("Punktet er allerede lukket: %(note)s", note=point.closed_note or "")
