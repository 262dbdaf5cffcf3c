"""Pocket cards in A6: for one party or all, one card for each track."""

from typing import Any

from app.areas.acting import Acting
from app.documents.typesetting import typeset
from app.lib.i18n import _
from app.lib.phone import spaced
from app.plans.booklet import CARD
from app.plans.booklet.parts import ended_by, what_to_do, within
from app.plans.booklet.standing import Standing, foot
from app.plans.document import ActionCard
from app.plans.vocabulary import POLICE, Track


def cards(standing: Standing, who: Acting, party: str = "") -> dict[str, Any]:
    """Of this party alone, or of every party that has a card."""
    document = standing.document
    found = [
        card for line in document.parties if party in ("", line.actor_key) for track in Track
        if (card := document.card(line.actor_key, track))
    ]  # fmt: skip
    name = next((line.name for line in document.parties if line.actor_key == party), standing.area.name)
    return {
        "lang": "da", "title": _("Lommekort for %(who)s", who=name), "mark": standing.mark,
        "foot": foot(standing, who), "cards": [_card(standing, card) for card in found],
        "words": {
            "tasks": _("De første opgaver"), "within": _("Inden"), "what": _("Gør"), "call": _("Ring til"),
            "page": "", "of": "", "continues": "",
        },
    }  # fmt: skip


def as_pdf(data: dict[str, Any]) -> bytes:
    """Sets them, in the worker."""
    return typeset(CARD, data)


def _card(standing: Standing, card: ActionCard) -> dict[str, Any]:
    is_a = card.track is Track.POLICE
    leads = _("Politiet leder. Følg som udgangspunkt deres anvisninger.") if is_a else (
        _("Tovholderen leder: den, der aktiverede, til en anden tager over.")
    )  # fmt: skip
    return {
        "track": card.track.value, "band": _("POLITISAG") if is_a else _("IKKE POLITISAG · politiet er ikke part"),
        "title": card.title, "goal": card.goal, "leads": leads,
        "items": [[within(item), what_to_do(item)] for item in card.items],
        "call": _to_call(standing, card), "ends": ended_by(standing.document, card),
    }  # fmt: skip


def _to_call(standing: Standing, card: ActionCard) -> list[str]:
    """The functions' numbers, as the plan's own page shows them: no person's."""
    phones = {actor.key: actor.phone for actor in standing.area.actors if actor.phone}
    lines = [
        f"{line.name}: {spaced(phones[line.actor_key])}" if line.actor_key in phones else line.name
        for line in standing.document.parties
        if line.actor_key != card.party and (card.track is Track.POLICE or line.actor_key != POLICE)
    ]
    return [*lines, _("Ved fare for liv: 112")]
