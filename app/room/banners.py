"""The lines across every page while something is the matter with the sending, told to those whom it concerns.

They live: each page's poll says when they have changed, and a page without one of its own asks for them alone.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, current_app, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import Forbidden

from app.accounts.guard import Permission, requires
from app.callout.models import Callout
from app.extensions import db
from app.incidents.access import reachable, reader_or_none
from app.incidents.models import Incident
from app.lib.i18n import N_, _
from app.live.views import quiet, state_response
from app.messaging.channels.log import LogChannel
from app.public.phones import is_shown
from app.room.queries import late_rounds, outages, sender_is_silent

Banner = tuple[str, str]

blueprint = Blueprint("banners", __name__)
CHANNELS = {"twilio_sms": N_("Sms'er"), "twilio_voice": N_("Opkald"), "smtp": N_("Mails")}


class Banners:
    """Found out only when a whole page asks for them: a panel costs nothing.

    `in_room`: the band says when nothing is sent at all, the parties' panel when a call is late; both live.
    """

    def __init__(self, *, in_room: bool = False) -> None:
        self.in_room = in_room

    @property
    def topics(self) -> str:
        """What makes them change; empty for a stranger, who is told nothing, and while the database is away."""
        return "" if not _known() else "outages" if self.in_room else "sending outages"

    @property
    def standing(self) -> dict[str, int | str]:
        """What they were made from, as the poll names it."""
        return _known()

    def __iter__(self) -> Iterator[Banner]:
        if current_app.config["BEREDSKAB"].channels == (LogChannel.name,):
            yield "info", _log_channel()
        if not (known := _known()):
            return
        if known["sending"] and not self.in_room:
            yield "error", _("Afsenderen kører ikke. Ring selv.")
            return
        for channel in str(known["outages"]).split():
            yield "error", outage_words(channel)
        if not self.in_room and _has_late_step():
            yield "error", _("Et tilkald er forsinket. Se under Parter, og ring selv.")


def init_app(app: Flask) -> None:
    """Attach to the application."""
    app.context_processor(lambda: {"banners": Banners()})


@blueprint.get("/banners")
@quiet
@requires(Permission.SELF, urgent=True)
def show() -> str:
    """The lines alone."""
    return render_template("components/banners.html", banners=Banners(in_room="room" in request.args))


@blueprint.get("/banners/live")
@quiet
@requires(Permission.SELF, urgent=True)
def live() -> Response:
    """The poll of a page that has none of its own."""
    return state_response({})


def standing() -> dict[str, int | str]:
    """Whether the sender is silent (the dead raise no topic), and which channels are out. Nothing for a stranger."""
    if not current_user.is_authenticated:
        return {}
    return {"sending": int(sender_is_silent()), "outages": " ".join(outages())}


def outage_words(channel: str) -> str:
    """No counts and no times: those would come from somebody's texts."""
    what = _(CHANNELS.get(channel, N_("Beskeder")))
    return _("%(what)s kommer ikke af sted lige nu. Ring selv, hvis det haster.", what=what)


def _known() -> dict[str, int | str]:
    try:
        return standing()
    except SQLAlchemyError:  # a page that tells of a broken database
        return {}


def _log_channel() -> str:
    text = _("Log-kanal: intet forlader denne maskine.")
    if not is_shown():
        return text
    return Markup('{} <a href="{}">{}</a>').format(text, url_for("phones.show"), _("Se telefonerne."))


def _has_late_step() -> bool:
    late = late_rounds()
    try:
        reader = reader_or_none() if late else None
    except Forbidden:  # a page that they may not read: nobody knows as whom
        return False
    if reader is None:
        return False
    mine = reachable(reader).with_only_columns(Incident.id).order_by(None)
    known = sa.select(Callout.id).where(Callout.id.in_(late), Callout.incident_id.in_(mine))
    return db.session.scalar(known.limit(1)) is not None
