"""`/answers/<area>`: "Det sagde I – det gjorde vi", for everybody. The same bytes for all, so that it may be kept."""

import hashlib

import sqlalchemy as sa
from flask import Blueprint, Response, abort, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.guard import public
from app.areas.models import Area
from app.extensions import db
from app.live.views import quiet
from app.measures.walks.queries import published_in

blueprint = Blueprint("answers", __name__, url_prefix="/answers")
KEPT = "public, max-age=300"


@blueprint.get("/<slug>")
@quiet
@public
def show(slug: str) -> AnyResponse:
    """What was pointed at on tryghedsvandringer and what came of it, in the words that a coordinator let out."""
    area = db.session.scalar(sa.select(Area).where(Area.slug == slug)) or abort(404)
    # Not render_template: nothing of the reader, no token and no session may get into what others are shown.
    page = current_app.jinja_env.get_template("public/answers.html").render(area=area, findings=published_in(area))
    answer = Response(page, content_type="text/html; charset=utf-8", headers={"Cache-Control": KEPT})
    answer.set_etag(hashlib.sha256(page.encode()).hexdigest()[:32])
    return answer.make_conditional(request)
