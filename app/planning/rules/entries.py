"""A plan as entries that can be changed one at a time: found, put back, taken out and moved by their keys. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from app.plans.document import ActionCard, PartyLine, PlanActor, PlanDocument
from app.plans.places import ONLY, Kind, card_key, contact_key, fixed_key, message_key
from app.plans.vocabulary import AudienceKey


@dataclass(frozen=True)
class Purpose:
    """Why the area has a plan."""

    purpose: tuple[str, ...]


@dataclass(frozen=True)
class Glimpse:
    """Whether a politisag is hidden from activators that are no party."""

    hides_glimpse: bool


@dataclass(frozen=True)
class Releaser:
    """Who preferably releases, where an audience names nobody."""

    releaser: str


@dataclass(frozen=True)
class Ending:
    """When the situation is told, and when the beredskab can be stood down."""

    first_report_minutes: int
    update_every_minutes: int
    stand_down_criteria: tuple[str, ...]


@dataclass(frozen=True)
class ReviewLead:
    """Who leads the review, and what everybody is asked."""

    review_leader: str
    debrief_questions: tuple[str, ...]


class Gone(LookupError):
    """What the entry stands in is no longer there."""


Entry = Any  # one of the plan's dataclasses
Entries = tuple[Entry, ...]


@dataclass(frozen=True)
class _Group:
    """How a list of the plan is read and written. `parent` is the key of what it stands in, empty for the plan."""

    read: Callable[[PlanDocument, str], Entries]
    write: Callable[[PlanDocument, str, Entries], PlanDocument]
    key: Callable[[str, Entry], str]


def entries(plan: PlanDocument, kind: Kind, parent: str = "") -> Entries:
    """All of a kind, of one parent where they have one. Raises Gone without that parent."""
    return _GROUPS[kind].read(plan, parent)


def key_of(kind: Kind, entry: Entry, parent: str = "") -> str:
    """The key by which the entry is found again."""
    return _GROUPS[kind].key(parent, entry)


def parent_of(kind: Kind, key: str) -> str:
    """`ssp.non_police` of the item `ssp.non_police.overview`; empty for what stands in the plan itself."""
    return key.rpartition(".")[0] if kind in CHILDREN.values() else ""


def find(plan: PlanDocument, kind: Kind, key: str) -> Entry | None:
    """The entry, or None."""
    try:
        there = entries(plan, kind, parent_of(kind, key))
    except Gone:
        return None
    return next((entry for entry in there if key_of(kind, entry, parent_of(kind, key)) == key), None)


def put(plan: PlanDocument, kind: Kind, parent: str, key: str | None, entry: Entry) -> PlanDocument:
    """The entry in the place of the one by this key; last, when there is none."""
    there = entries(plan, kind, parent)
    keys = [key_of(kind, one, parent) for one in there]
    if key not in keys:
        return _GROUPS[kind].write(plan, parent, (*there, entry))
    at = keys.index(key)
    return _GROUPS[kind].write(plan, parent, (*there[:at], entry, *there[at + 1 :]))


def without(plan: PlanDocument, kind: Kind, key: str) -> PlanDocument:
    """The plan without the entry."""
    parent = parent_of(kind, key)
    left = tuple(one for one in entries(plan, kind, parent) if key_of(kind, one, parent) != key)
    return _GROUPS[kind].write(plan, parent, left)


def moved(plan: PlanDocument, kind: Kind, key: str, *, up: bool) -> PlanDocument:
    """The entry one place further up or down; as it was at the end of the list."""
    parent = parent_of(kind, key)
    there = list(entries(plan, kind, parent))
    at = next((n for n, one in enumerate(there) if key_of(kind, one, parent) == key), None)
    other = None if at is None else at - 1 if up else at + 1
    if at is None or other is None or not 0 <= other < len(there):
        return plan
    there[at], there[other] = there[other], there[at]
    return _GROUPS[kind].write(plan, parent, tuple(there))


def may_remove(kind: Kind, key: str) -> bool:
    """The model's nine audiences stay, and so does what a plan has one of."""
    if kind is Kind.AUDIENCE:
        return key not in set(AudienceKey)
    return kind in MANY


def with_actors(plan: PlanDocument, named: Iterable[tuple[str, str]]) -> PlanDocument:
    """The plan knowing these actors too, (key, how a sentence names it)."""
    known = {actor.key for actor in plan.actors}
    more = tuple(PlanActor(key, called) for key, called in named if key not in known)
    return replace(plan, actors=plan.actors + more) if more else plan


CHILDREN = {Kind.PARTY: Kind.CONTACT, Kind.CARD: Kind.ITEM}
MANY = frozenset(
    {Kind.PARTY, Kind.CONTACT, Kind.CARD, Kind.ITEM, Kind.AUDIENCE, Kind.MESSAGE, Kind.FIXED, Kind.CATEGORY}
)


def _alone(shape: type, *names: str) -> _Group:
    """What a plan has one of: some of its own fields as one entry."""
    return _Group(
        lambda plan, _: (shape(*(getattr(plan, name) for name in names)),),
        lambda plan, _, found: replace(plan, **{name: getattr(found[-1], name) for name in names}),
        lambda _, entry: ONLY,
    )


def _list(name: str, key: Callable[[Entry], str]) -> _Group:
    return _Group(
        lambda plan, _: getattr(plan, name),
        lambda plan, _, found: replace(plan, **{name: found}),  # type: ignore[arg-type]
        lambda _, entry: key(entry),
    )


def _party(plan: PlanDocument, key: str) -> PartyLine:
    line = plan.party(key)
    if line is None:
        raise Gone(key)
    return line


def _card(plan: PlanDocument, key: str) -> ActionCard:
    card = next((card for card in plan.cards if card_key(card) == key), None)
    if card is None:
        raise Gone(key)
    return card


def _with_contacts(plan: PlanDocument, parent: str, found: Entries) -> PlanDocument:
    line = replace(_party(plan, parent), contacts=found)
    return replace(plan, parties=tuple(line if one.actor_key == parent else one for one in plan.parties))


def _with_items(plan: PlanDocument, parent: str, found: Entries) -> PlanDocument:
    card = replace(_card(plan, parent), items=found)
    return replace(plan, cards=tuple(card if card_key(one) == parent else one for one in plan.cards))


_GROUPS = {
    Kind.PURPOSE: _alone(Purpose, "purpose"),
    Kind.ACTIVATION: _list("activation", lambda rule: str(rule.track.value)),
    Kind.GLIMPSE: _alone(Glimpse, "hides_glimpse"),
    Kind.PARTY: _list("parties", lambda line: str(line.actor_key)),
    Kind.CONTACT: _Group(lambda plan, parent: _party(plan, parent).contacts, _with_contacts, contact_key),
    Kind.CHAIN: _Group(
        lambda plan, _: (plan.chain,), lambda plan, _, found: replace(plan, chain=found[-1]), lambda _, entry: ONLY
    ),
    Kind.CARD: _list("cards", card_key),
    Kind.ITEM: _Group(
        lambda plan, parent: _card(plan, parent).items, _with_items, lambda parent, item: f"{parent}.{item.key}"
    ),
    Kind.AUDIENCE: _list("audiences", lambda audience: str(audience.key)),
    Kind.RELEASER: _alone(Releaser, "releaser"),
    Kind.MESSAGE: _list("messages", message_key),
    Kind.FIXED: _list("fixed_texts", fixed_key),
    Kind.CATEGORY: _list("categories", lambda category: str(category.key)),
    Kind.ENDING: _alone(Ending, "first_report_minutes", "update_every_minutes", "stand_down_criteria"),
    Kind.REVIEW: _alone(ReviewLead, "review_leader", "debrief_questions"),
}
