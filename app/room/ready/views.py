"""The page *Er vi klar?*, and its line on the front page."""

from flask import Blueprint, abort, render_template

from app.accounts.guard import Permission, requires
from app.areas import acting
from app.room.ready.findings import checks

blueprint = Blueprint("ready", __name__)


@blueprint.get("/ready")
@requires(Permission.COORDINATE)
def show() -> str:
    """Every check with what it found, and where it is mended."""
    reader = acting.current() or abort(404)
    looked = checks(reader.area, without_police=not reader.police_in_area)
    found = sum(len(check.findings) for check in looked)
    return render_template("room/ready.html", area=reader.area, checks=looked, found=found)
