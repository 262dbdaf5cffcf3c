"""The plan as the area's members read it and hang it on a wall."""

from flask import Blueprint, Flask, abort, render_template, url_for

from app.accounts.guard import requires
from app.accounts.models import User
from app.accounts.permissions import Permission
from app.areas import acting, context
from app.areas.acting import memberships_of
from app.lib.i18n import _
from app.lib.languages import LANGUAGE_LABELS, direction
from app.plans import vocabulary
from app.plans.message_checks import called
from app.plans.messages import DANISH_FIXED
from app.plans.models import PLAN_STATUS_LABELS
from app.plans.queries import plan_for
from app.plans.tracks import Who, may_edit_plan
from app.plans.vocabulary import Track

blueprint = Blueprint("plans", __name__)


@blueprint.get("/plan")
@requires(Permission.READ_AREA)
def show() -> str:
    """The plan in force of the area where the reader acts."""
    reader = acting.current() or abort(404)
    plan, document, warning = plan_for(reader.area)
    who = Who(reader.user.id, reader.actor.key, None, reader.role, reader.police_in_area, reader.user.is_administrator)
    phones = {actor.key: actor.phone for actor in reader.area.actors if actor.phone}
    return render_template(
        "plans/show.html", area=reader.area, plan=plan, document=document, warning=warning, phones=phones,
        own=reader.actor.key, tracks=tuple(Track), words=vocabulary, plan_status=PLAN_STATUS_LABELS,
        called=called, languages=LANGUAGE_LABELS, direction=direction, danish_fixed=DANISH_FIXED,
        may_edit=may_edit_plan(document, who), may_ask=reader.may(Permission.READ_ROOM),
    )  # fmt: skip


def menu(user: User) -> list[context.Link]:
    """The menu's way to the plan, for everybody with a role."""
    return [(_("Beredskabsplanen"), url_for("plans.show"))] if memberships_of(user) else []


def init_app(app: Flask) -> None:
    """Attach the page and its place in the menu."""
    app.register_blueprint(blueprint)
    if menu not in context.more_links:
        context.more_links.append(menu)
