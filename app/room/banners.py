"""The lines across every page while something is the matter: nothing leaves this machine, or the sender is silent."""

from collections.abc import Iterator

from flask import Flask, current_app, url_for
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from app.lib.i18n import _
from app.messaging import queries
from app.messaging.channels.log import LogChannel
from app.public.phones import is_shown

Banner = tuple[str, str]


class Banners:
    """Found out only when a whole page asks for them: a fragment costs nothing."""

    def __iter__(self) -> Iterator[Banner]:
        if current_app.config["BEREDSKAB"].channels == (LogChannel.name,):
            yield "info", _log_channel()
        if _sender_is_silent():
            yield "error", _("Afsenderen kører ikke. Ring selv.")


def init_app(app: Flask) -> None:
    """Attach to the application."""
    app.context_processor(lambda: {"banners": Banners()})


def _log_channel() -> str:
    text = _("Log-kanal: intet forlader denne maskine.")
    if not is_shown():
        return text
    return Markup('{} <a href="{}">{}</a>').format(text, url_for("phones.show"), _("Se telefonerne."))


def _sender_is_silent() -> bool:
    try:
        return bool(current_user.is_authenticated) and queries.late()
    except SQLAlchemyError:  # a page that tells of a broken database
        return False
