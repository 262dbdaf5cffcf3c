"""The lines across every page while something is the matter with the sending, told to those whom it concerns."""

from collections.abc import Iterator

import sqlalchemy as sa
from flask import Flask, current_app, url_for
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import Forbidden

from app.callout.models import Callout
from app.extensions import db
from app.incidents.access import reachable, reader_or_none
from app.incidents.models import Incident
from app.lib.i18n import N_, _
from app.messaging import providers
from app.messaging.channels.log import LogChannel
from app.public.phones import is_shown
from app.room.queries import late_rounds, sender_is_silent

Banner = tuple[str, str]

_TEXTS = N_("Beskeder")
SILENT = N_("Afsenderen kører ikke. Ring selv.")
_WHAT = {"twilio_sms": N_("Sms'er"), "twilio_voice": N_("Opkald"), "smtp": N_("Mails")}


class Banners:
    """Found out only when a whole page asks for them: a fragment costs nothing.

    `in_room`: the band says when nothing is sent at all, the parties' panel when a call is late; both live.
    """

    def __init__(self, *, in_room: bool = False) -> None:
        self.in_room = in_room

    def __iter__(self) -> Iterator[Banner]:
        if current_app.config["BEREDSKAB"].channels == (LogChannel.name,):
            yield "info", _log_channel()
        is_silent = False if self.in_room else _is_silent()
        if is_silent is None:
            return
        if is_silent:
            yield "error", _(SILENT)
            return
        troubled = providers.troubled()
        for trouble in troubled if troubled and not _is_kept_from_trouble() else []:
            what = _(_WHAT.get(trouble.channel, _TEXTS))
            yield "error", _("%(what)s kommer ikke af sted lige nu. Ring selv, hvis det haster.", what=what)
        if not self.in_room and _has_late_step():
            yield "error", _("Et tilkald er forsinket. Se under Parter, og ring selv.")


def init_app(app: Flask) -> None:
    """Attach to the application."""
    app.context_processor(lambda: {"banners": Banners()})


def _log_channel() -> str:
    text = _("Log-kanal: intet forlader denne maskine.")
    if not is_shown():
        return text
    return Markup('{} <a href="{}">{}</a>').format(text, url_for("phones.show"), _("Se telefonerne."))


def _is_silent() -> bool | None:
    """None for those who are not told, and while the database itself is away."""
    try:
        return sender_is_silent() if current_user.is_authenticated else None
    except SQLAlchemyError:  # a page that tells of a broken database
        return None


def _is_kept_from_trouble() -> bool:
    """The police hear of a provider's trouble only while a case of theirs is open: else it would tell of another's."""
    try:
        reader = reader_or_none()
    except Forbidden:  # a page that they may not read: nobody knows as whom
        return True
    if reader is None or not reader.who.police_in_area:
        return False
    mine = reachable(reader).where(Incident.ended_at.is_(None)).with_only_columns(Incident.id).order_by(None)
    return db.session.scalar(mine.limit(1)) is None


def _has_late_step() -> bool:
    late = late_rounds()
    try:
        reader = reader_or_none() if late else None
    except Forbidden:
        return False
    if reader is None:
        return False
    mine = reachable(reader).with_only_columns(Incident.id).order_by(None)
    known = sa.select(Callout.id).where(Callout.id.in_(late), Callout.incident_id.in_(mine))
    return db.session.scalar(known.limit(1)) is not None
