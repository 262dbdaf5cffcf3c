"""The room's poll: whether the reader still may, and where the topics stand. Nothing else."""

from flask import Response
from flask_login import current_user

from app.accounts.guard import Permission, requires
from app.incidents import log
from app.incidents.hearing import heard_or_404
from app.incidents.polled import polls_incident
from app.live.access import is_audible
from app.live.remembered import already_read
from app.live.views import quiet, state_response
from app.room.blueprint import blueprint
from app.room.queries import outages_told


@blueprint.get("/live")
@quiet
@polls_incident
@requires(Permission.READ_ROOM)
def live(public_id: str) -> Response:
    """What changed since the page was read."""
    heard = heard_or_404(public_id)
    shown: dict[str, int | str] = {name: heard.counters[name] for name in _audible(heard.id)}
    shown |= {"sending": int(heard.is_silent), "outages": " ".join(outages_told(heard.outages))}
    return state_response(shown)


def standing(incident_id: int, *, is_silent: bool) -> dict[str, int | str]:
    """By the page's own names: each topic's counter, and whether the sender is silent (the dead raise no topic)."""
    heard = _audible(incident_id)
    counters = already_read(heard.values())
    return {**{name: counters[topic] for name, topic in heard.items()}, "sending": int(is_silent)}


def _audible(incident_id: int) -> dict[str, str]:
    """The room's topics that the reader may hear of, by their names there."""
    topics = {name: log.topic_of(incident_id, name) for name in log.TOPICS}
    return {name: topic for name, topic in topics.items() if is_audible(current_user, topic)}
