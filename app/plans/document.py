"""The typed plan: what an area has agreed, as data. Read and checked by `reading.py`, judged by `tracks`.

Actors are named by key. `parties` take part, `activators` may activate, `audiences` are told: three separate things.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.lib.languages import Language
from app.plans.vocabulary import (
    POLICE,
    AudienceKey,
    CallLevel,
    Channel,
    Dimension,
    FixedKey,
    MessagePhase,
    Scope,
    SharingLevel,
    Track,
)

__all__ = [
    "ActionCard", "Activation", "Audience", "AudienceKey", "CallLevel", "CallOutChain", "CardItem", "Category",
    "Channel", "ContactFunction", "Dimension", "FixedText", "MessageTemplate", "PartyLine", "PlanActor",
    "PlanDocument", "Scope", "SharingLevel", "Track",
]  # fmt: skip


@dataclass(frozen=True)
class PlanActor:
    """An actor and how a sentence speaks of it. `acts_for`: SSP acts for the municipality."""

    key: str
    called: str
    acts_for: str | None = None


@dataclass(frozen=True)
class ContactFunction:
    """One contact of a party's line: functions, never names (those are in the contact list)."""

    unit: str
    first: str
    deputy: str


@dataclass(frozen=True)
class PartyLine:
    """A party as the booklet lists it; SSP and opsøgende team are one line with two contacts."""

    actor_key: str
    name: str
    contacts: tuple[ContactFunction, ...]
    note: str = ""


@dataclass(frozen=True)
class Activation:
    """Who may activate on a track, and when the plan says they should."""

    track: Track
    activators: tuple[str, ...]
    when: str


@dataclass(frozen=True)
class CallOutChain:
    """Delays from the start of a round: on-duty, deputy, all (minutes); voice after a text (seconds)."""

    on_duty_after_minutes: int = 0
    deputy_after_minutes: int = 3
    all_after_minutes: int = 6
    voice_after_seconds: int = 90


@dataclass(frozen=True)
class CardItem:
    """One thing to do, due so many minutes after activation. `duty` is 1-4 for the helhedsplan's four duties."""

    key: str
    text: str
    due_minutes: int
    duty: int | None = None
    waits_for_police: bool = False


@dataclass(frozen=True)
class ActionCard:
    """What one party does in the first hour of one track, and who stands it down."""

    party: str
    track: Track
    title: str
    goal: str
    items: tuple[CardItem, ...]
    stands_down: str


@dataclass(frozen=True)
class Audience:
    """Who is to be told, how, preferably released by whom, and within how many minutes of activation."""

    key: str
    label: str
    channels: tuple[Channel, ...]
    target_minutes: int
    releaser: str | None = None


@dataclass(frozen=True)
class Category:
    """A kind of incident: fills *hvad*, and says per party how it is woken. `suggested_track` None: both fit."""

    key: str
    label: str
    what: str
    scope: Scope
    call_levels: Mapping[str, CallLevel]
    dimensions: tuple[Dimension, ...]
    may_be: tuple[Track, ...]
    suggested_track: Track | None = None

    def level(self, actor_key: str) -> CallLevel:
        """How this party is reached. Where nothing is said: rather one call too many; but the police called us."""
        silent = CallLevel.NOTIFY if actor_key == POLICE else CallLevel.CALL_NOW
        return self.call_levels.get(actor_key, silent)


@dataclass(frozen=True)
class MessageTemplate:
    """A text begun beforehand; `None` means any category, any audience. What stands in {braces} must be filled.

    `released_by`: who of the police said yes to this very wording in advance, and when. Empty: nobody has.
    `approved_by`: who vouches for a translation; without a name it is a proposal that is never begun with.
    """

    text: str
    phase: MessagePhase
    category: str | None = None
    audience: str | None = None
    language: Language = Language.DANISH
    released_by: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class FixedText:
    """A fixed text in another language. A proposal, never sent, until `approved_by` says who approved it and when."""

    key: FixedKey
    language: Language
    text: str
    approved_by: str = ""


@dataclass(frozen=True)
class PlanDocument:
    """A whole plan. Minutes count from activation unless said otherwise."""

    purpose: tuple[str, ...]
    actors: tuple[PlanActor, ...]
    parties: tuple[PartyLine, ...]
    activation: tuple[Activation, ...]
    cards: tuple[ActionCard, ...]
    audiences: tuple[Audience, ...]
    categories: tuple[Category, ...]
    stand_down_criteria: tuple[str, ...]
    debrief_questions: tuple[str, ...]
    review_leader: str
    releaser: str
    chain: CallOutChain = CallOutChain()
    first_report_minutes: int = 60
    update_every_minutes: int = 60
    hides_glimpse: bool = False
    messages: tuple[MessageTemplate, ...] = ()
    fixed_texts: tuple[FixedText, ...] = ()

    @property
    def party_keys(self) -> tuple[str, ...]:
        return tuple(line.actor_key for line in self.parties)

    def activators(self, track: Track) -> tuple[str, ...]:
        """Actors that may activate on the track."""
        return next((rule.activators for rule in self.activation if rule.track is track), ())

    def party(self, actor_key: str) -> PartyLine | None:
        """The actor's line, or None when it is no party."""
        return next((line for line in self.parties if line.actor_key == actor_key), None)

    def card(self, party: str, track: Track) -> ActionCard | None:
        """The party's card on the track, or None."""
        return next((card for card in self.cards if card.party == party and card.track is track), None)

    def category(self, key: str) -> Category | None:
        """The category, or None when the plan has none by that key."""
        return next((category for category in self.categories if category.key == key), None)

    def audience(self, key: str) -> Audience | None:
        """The audience, or None."""
        return next((audience for audience in self.audiences if audience.key == key), None)

    def called(self, actor_key: str) -> str:
        """The actor as a sentence names it; its key when the plan does not know it."""
        return next((actor.called for actor in self.actors if actor.key == actor_key), actor_key)

    def called_first(self, actor_key: str) -> str:
        """The same as the first word of a sentence."""
        called = self.called(actor_key)
        return called[:1].upper() + called[1:]

    def called_all(self, actor_keys: tuple[str, ...]) -> str:
        """`kommunen (SSP), boligorganisationen og Lindevangen på Vej`."""
        acting = {actor.key: actor.acts_for for actor in self.actors if actor.acts_for in actor_keys}
        names = []
        for key in (key for key in actor_keys if key not in acting):
            proxies = ", ".join(self.called(proxy) for proxy in actor_keys if acting.get(proxy) == key)
            names.append(f"{self.called(key)} ({proxies})" if proxies else self.called(key))
        return " og ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
