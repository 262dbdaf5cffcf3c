"""The other parties hear of a text: that it waits for them, came back, or left without them."""

from app.areas.models import Actor
from app.broadcasts.models import Broadcast
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.notices.operations import notify
from app.plans.vocabulary import POLICE, Track


def others(incident: Incident, but: Actor | None) -> list[Actor]:
    """Who takes part besides the one who acts; the leader first, then the plan's releaser."""
    releaser = document_of(incident).releaser
    here = [p.actor for p in incident.participations if p.ended_at is None and (but is None or p.actor_id != but.id)]
    return sorted(here, key=lambda actor: (actor.id != incident.leader_actor_id, actor.key != releaser))


def tell(broadcast: Broadcast, actor: Actor, text: str, key: str, *, send: bool = False) -> None:
    """On the actor's front page; `send` also to its first contact who may be texted."""
    incident = broadcast.incident
    notify(
        actor, marked(incident, f"Beredskab {incident.area.name}. {text}")[:500],
        about=f"incident:{incident.public_id}", key=f"broadcast:{broadcast.id}:{key}:{actor.id}",
        without_police=incident.track is Track.NON_POLICE, send=send, is_exercise=incident.is_exercise,
        group=f"incident:{incident.id}",
    )  # fmt: skip


def ask_to_release(broadcast: Broadcast, by: Actor) -> None:
    """In A the police and, by text, nobody else; in B the others, by text too whom the plan wants for the audience."""
    incident = broadcast.incident
    text = f"Besked {broadcast.number} afventer frigivelse. Læs den, og frigiv den."
    asked = others(incident, by)
    preferred = [POLICE] if incident.track is Track.POLICE else _wanted(broadcast)
    sent_to = next((a for key in preferred for a in asked if a.key == key), asked[0] if asked else None)
    for actor in asked:
        tell(broadcast, actor, text, f"asked:{broadcast.version}", send=actor is sent_to)


def _wanted(broadcast: Broadcast) -> list[str]:
    """Who preferably releases a text to these audiences, the plan's own releaser last."""
    plan = document_of(broadcast.incident)
    audiences = (plan.audience(key) for key in broadcast.audiences)
    return [one.releaser for one in audiences if one and one.releaser] + [plan.releaser]
