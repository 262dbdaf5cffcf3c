"""`/k/<token>`: the link in a call. Opening it changes nothing; its buttons answer yes for the party, or no."""

from flask import Blueprint, render_template

from app.accounts.guard import public
from app.callout import operations, queries
from app.callout.models import Answered, Call
from app.extensions import csrf, db
from app.incidents.locks import locked

blueprint = Blueprint("link", __name__)


@blueprint.get("/k/<token>")
@public
def show(token: str) -> tuple[str, int]:
    """What is asked, with a button. Previews of links fetch this too, so it only reads."""
    call = queries.call_by_token(token)
    if call is None or not call.callout.incident.is_open:
        return _gone()
    return render_template("public/link.html", call=call, incident=call.callout.incident, token=token), 200


# The token is the secret, and nothing of a session is used: the button works where cookies are refused.
@blueprint.post("/k/<token>")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask_wtf has no types
@public
def acknowledge(token: str) -> tuple[str, int]:
    """The yes. The second of two taps finds the link ended, which reads as calmly."""
    call = queries.call_by_token(token)
    if call is None or not _answer(call):
        return _gone()
    incident = call.callout.incident
    page = render_template("public/link_thanks.html", incident=incident, actor=call.callout.actor)
    db.session.commit()
    return page, 200


@blueprint.post("/k/<token>/no")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask_wtf has no types
@public
def decline(token: str) -> tuple[str, int]:
    """This person cannot come: the next is asked at once. The link lives on, for plans change."""
    call = queries.call_by_token(token)
    if call is None or not _pass_on(call):
        return _gone()
    incident = call.callout.incident
    page = render_template("public/link_next.html", incident=incident, actor=call.callout.actor, token=token)
    db.session.commit()
    return page, 200


def _pass_on(call: Call) -> bool:
    incident = locked(call.callout.incident)
    db.session.refresh(call.callout)
    return incident.is_open and operations.decline(call.callout, call, Answered.LINK)


def _answer(call: Call) -> bool:
    """False when the round has ended, perhaps while this waited for its turn."""
    incident = locked(call.callout.incident)
    db.session.refresh(call.callout)
    return incident.is_open and operations.acknowledge(call.callout, Answered.LINK, call.contact.called, by=None)


def _gone() -> tuple[str, int]:
    return render_template("public/link_gone.html"), 404
