"""What a person sees when something is refused or broken: what happened and what to do."""

from flask import Flask, render_template, request
from werkzeug.exceptions import HTTPException

from app.extensions import db
from app.lib.database import set_read_only
from app.lib.i18n import N_, Reason


class Refused(Exception):
    """A rule said no. `reason` is shown; `who_can` names those who may, with numbers where known."""

    def __init__(self, reason: Reason, who_can: tuple[str, ...] = ()) -> None:
        super().__init__(reason.in_danish())
        self.reason = reason
        self.who_can = who_can


TEXTS = {
    400: N_("Siden kunne ikke læse det, der blev sendt. Gå tilbage, genindlæs siden og prøv igen."),
    403: N_("Det har du ikke adgang til. Spørg en koordinator i dit område."),
    404: N_("Siden findes ikke, eller du har ikke adgang til den."),
    405: N_("Det kan man ikke gøre her."),
    409: N_("Noget har ændret sig, siden du åbnede siden."),
    413: N_("Det er for stort. Gør teksten eller filen mindre."),
    429: N_("For mange forsøg. Vent lidt, og prøv igen."),
    500: N_("Noget gik galt hos os. Intet er sendt. Prøv igen, eller ring."),
    503: N_("Databasen svarer ikke lige nu. Det, du skrev, er ikke gemt. Prøv igen om lidt, eller ring."),
}


def init_app(app: Flask) -> None:
    """Attach handlers."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    return render_template("errors/error.html", code=code, text=Reason(TEXTS.get(code, TEXTS[500]))), code


def _refused(error: Refused) -> tuple[str, int]:
    return render_template("errors/refused.html", reason=error.reason, who_can=error.who_can), 403


def _unexpected(error: Exception) -> tuple[str, int]:
    from flask import current_app
    from sqlalchemy.exc import OperationalError

    code = 503 if isinstance(error, OperationalError) else 500
    # The type and place, never the message: it may quote what a person typed.
    shown = error if current_app.debug or current_app.testing else None
    current_app.logger.error("unexpected %s", type(error).__name__, exc_info=shown)
    if code == 503:
        # The page asks who is signed in. As a reader it waits for no writer, and it must not fail for the same reason.
        db.session.rollback()
        set_read_only(True)
    typed = _typed() if code == 503 else []
    return render_template("errors/error.html", code=code, text=Reason(TEXTS[code]), typed=typed), code


def _typed() -> list[str]:
    """What reads as written by a person, to be copied: the form could not be saved, and may be all there is of it."""
    fields = request.form.items(multi=True) if request.method == "POST" else ()
    return [value for name, value in fields if len(value.split()) > 1 and "password" not in name][:20]
