"""Choosing as whom to act."""

from flask import Blueprint, Flask, redirect
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.areas import acting, context
from app.areas.access import own_membership_or_404
from app.areas.administration import data_protection, people, places
from app.areas.administration import views as administration

PAGES = (people, places, data_protection)  # each adds its pages to administration's address when imported

blueprint = Blueprint("areas", __name__)


@blueprint.post("/acting/<public_id>")
@requires(Permission.SELF, urgent=True)
def act_as(public_id: str) -> Response:
    """Act as one of the own memberships from now on. To the front page: the one before may be closed to the new one."""
    acting.choose(own_membership_or_404(current_user, public_id))
    return redirect("/", 303)


def init_app(app: Flask) -> None:
    """Attach the pages and what every page knows about its reader."""
    app.register_blueprint(blueprint)
    app.register_blueprint(administration.blueprint)
    context.init_app(app)
