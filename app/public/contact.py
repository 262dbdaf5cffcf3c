"""`/c/<token>`: a contact without login says whether the own data still hold."""

from flask import Blueprint, render_template, request

from app.accounts.guard import public
from app.areas.models import Area
from app.contacts import asking
from app.contacts.models import ContactAsk, PointKind
from app.extensions import csrf, db

blueprint = Blueprint("contact_answer", __name__)


# The token is the secret, and nothing of a session is used: the form works where cookies are refused.
@blueprint.route("/c/<token>", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]  # flask_wtf has no types
@public
def answer(token: str) -> tuple[str, int]:
    """Opening it changes nothing. Numbers are half hidden: the phone may be somebody else's by now."""
    asked = asking.open_ask(token)
    if asked is None:
        return render_template("public/link_gone.html"), 404
    area, said = db.session.get_one(Area, asked.contact.area_id), request.form.get("answer")
    if request.method == "GET" or said not in ("right", "wrong"):
        page = render_template("public/contact.html", contact=asked.contact, area=area, shown=_shown(asked))
        return page, 200 if request.method == "GET" else 422
    asking.answer(asked, is_right=said == "right")
    page = render_template("public/contact_thanks.html", area=area, is_right=said == "right")
    db.session.commit()
    return page, 200


def _shown(asked: ContactAsk) -> list[str]:
    return [half_hidden(point.kind, point.address) for point in asked.contact.points]


def half_hidden(kind: PointKind, address: str) -> str:
    """`20 •• •• 56`, `n•••@klub.dk`: enough for whoever knows it."""
    if kind is PointKind.EMAIL:
        name, _at, place = address.partition("@")
        return f"{name[:1]}•••@{place}"
    digits = address.removeprefix("+45")
    return f"{digits[:2]} •• •• {digits[-2:]}"
