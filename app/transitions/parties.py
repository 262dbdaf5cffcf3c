"""Which of the parties that the rules name can take part in an area."""

from collections.abc import Iterable

from app.areas.models import Actor
from app.plans.tracks import Participant
from app.plans.vocabulary import Track


def with_actors(parties: Iterable[Participant], track: Track, actors: dict[str, Actor]) -> list[Participant]:
    """Those that the area has an actor for, and in what is no politisag nobody of the police."""
    # A party of the plan that the area has no actor for cannot take part; the plan page says so.
    named = [p for p in parties if p.actor_key in actors]
    # The rule knows the police by their key; an area may have called another actor of theirs something else.
    return [p for p in named if track is Track.POLICE or not actors[p.actor_key].is_police]
