"""The area page: six dimensions, each for itself, and the time axis. Everybody with a role in the area may read it."""

from flask import Blueprint, render_template

from app.accounts.guard import Permission, requires
from app.incidents.access import reader
from app.indicators import caveats, queries, words
from app.indicators.area_lists import TITLE, said_of
from app.measures.queries import open_by_dimension
from app.room.tryghed_axis import Axis, period
from app.room.tryghed_cards import cards

blueprint = Blueprint("tryghed", __name__, url_prefix="/indicators")


@blueprint.get("")
@requires(Permission.READ_AREA)
def show() -> str:
    """The reader's area. Boards read it too; what is told of incidents each sees by their own rights."""
    who = reader()
    rounds = queries.shown_rounds(who.area)
    return render_template(
        "room/tryghed.html", reader=who, area=who.area, cards=cards(who.area, rounds), words=words, period=period,
        axis=Axis(who, rounds), measures=open_by_dimension(who), lists=said_of(who.area), lists_title=TITLE,
        caveats=caveats.always(), crime_caveats=caveats.of_crime(),
    )  # fmt: skip
