"""`/data-protection/<area>`: what an area says of its personal data, for users and residents alike."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries as accounts
from app.accounts.guard import public
from app.areas import acting, queries
from app.public.kept import how_long

blueprint = Blueprint("data_protection", __name__, url_prefix="/data-protection")


@blueprint.get("")
@public
def areas() -> Response | str:
    """The reader's own area; a stranger chooses one."""
    there = queries.all_areas()
    if (here := acting.unchecked()) is not None:
        there = [here.actor.area]
    if len(there) == 1:
        return redirect(url_for(".show", slug=there[0].slug))
    return render_template("public/data_protection_areas.html", areas=there)


@blueprint.get("/<slug>")
@public
def show(slug: str) -> str:
    """One area's page. Who can write a missing one is told to those who are signed in."""
    area = queries.area_by_slug(slug) or abort(404)
    said = queries.data_protection_of(area)
    can = accounts.administrators() if said is None and current_user.is_authenticated else []
    return render_template("public/data_protection.html", area=area, said=said, kept=how_long(), administrators=can)
