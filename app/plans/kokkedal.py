"""Kokkedal-modellen, shipped as data, and fitted to the actors that an area has."""

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from app.areas.models import Actor, OrganisationKind
from app.plans.document import Activation, PlanActor, PlanDocument
from app.plans.reading import from_json
from app.plans.vocabulary import HELHEDSPLAN, HOUSING, Track

FILE = Path(__file__).parent / "templates_data" / "kokkedal.json"


@cache
def model() -> PlanDocument:
    """The template as shipped, naming nobody's area."""
    return from_json(json.loads(FILE.read_text(encoding="utf-8")))


def fitted_to(actors: Iterable[Actor]) -> PlanDocument:
    """The template with the area's own names; every housing organisation of the area may activate."""
    return _fitted_to(tuple(Known(a.key, a.name, a.organisation.kind is OrganisationKind.HOUSING) for a in actors))


class Known(NamedTuple):
    """What the template needs to know of an actor."""

    key: str
    name: str
    is_housing: bool


@lru_cache(maxsize=200)  # an area without a plan asks several times for each page
def _fitted_to(actors: tuple[Known, ...]) -> PlanDocument:
    document, known = model(), {actor.key: actor for actor in actors}
    housing = [actor for actor in known.values() if actor.is_housing]
    more = tuple(PlanActor(actor.key, actor.name) for actor in housing if actor.key != HOUSING)
    named = {HELHEDSPLAN} | ({HOUSING} if more else set())  # one housing organisation is just "boligorganisationen"
    return replace(
        document,
        actors=tuple(
            replace(a, called=known[a.key].name) if a.key in named & known.keys() else a for a in document.actors
        ) + more,
        parties=tuple(
            replace(line, name=known[line.actor_key].name) if line.actor_key in known else line
            for line in document.parties
        ),
        activation=tuple(_with_more(rule, more) for rule in document.activation),
    )


def _with_more(rule: Activation, more: tuple[PlanActor, ...]) -> Activation:
    if rule.track is Track.POLICE:
        return rule
    return replace(rule, activators=(*rule.activators, *(actor.key for actor in more)))
