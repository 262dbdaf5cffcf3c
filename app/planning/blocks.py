"""A plan in words, block by block: what the editor lists, what a difference compares, what others wrote meanwhile."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from app.lib.i18n import N_, _
from app.lib.languages import LANGUAGE_LABELS, Language
from app.planning.rules.entries import CHILDREN, Entry, entries, key_of
from app.plans.document import ActionCard, Activation, FixedText, MessageTemplate, PlanDocument
from app.plans.labels import FIELDS
from app.plans.message_checks import called
from app.plans.places import SECTION_OF, Kind, Section
from app.plans.vocabulary import (
    CALL_LEVEL_LABELS,
    CHANNEL_LABELS,
    DIMENSION_LABELS,
    FIXED_LABELS,
    LEADER,
    MESSAGE_PHASE_LABELS,
    SCOPE_LABELS,
    TRACK_LABELS,
    CallLevel,
    Channel,
    Dimension,
    FixedKey,
    MessagePhase,
    Scope,
    Track,
)

TITLES = {
    Kind.PURPOSE: N_("Formål"),
    Kind.GLIMPSE: N_("Politisager og dem, der ikke er part"),
    Kind.CHAIN: N_("Tilkaldekæden"),
    Kind.RELEASER: N_("Frigiver, hvor målgruppen ikke nævner nogen"),
    Kind.ENDING: N_("Situationsbillede og afblæsning"),
    Kind.REVIEW: N_("Evalueringen"),
}
ACTIVATES, UNNAMED = N_("Hvem må aktivere: %(track)s"), N_("(uden navn)")
_LABELS: dict[type, Mapping[Any, str]] = {
    CallLevel: CALL_LEVEL_LABELS, Channel: CHANNEL_LABELS, Dimension: DIMENSION_LABELS, FixedKey: FIXED_LABELS,
    MessagePhase: MESSAGE_PHASE_LABELS, Scope: SCOPE_LABELS, Track: TRACK_LABELS, Language: LANGUAGE_LABELS,
}  # fmt: skip
_ACTORS = frozenset({"activators", "releaser", "review_leader", "stands_down", "acts_for", "party"})
# Said by the block's title, or in blocks of their own.
_ELSEWHERE = frozenset({"key", "actor_key", "contacts", "items"})


@dataclass(frozen=True)
class Line:
    """One field: what it is called, and what it says."""

    label: str
    text: str


@dataclass(frozen=True)
class Block:
    """One entry in words. `parent` is the key of the block that it stands in."""

    kind: Kind
    key: str
    title: str
    lines: tuple[Line, ...]
    parent: str = ""


def blocks_of(plan: PlanDocument, section: Section) -> list[Block]:
    """Every entry of a section in the plan's order, each followed by what stands in it."""
    return [block for kind, of in SECTION_OF.items() if of is section for block in _of_kind(plan, kind)]


def block(plan: PlanDocument, kind: Kind, entry: Entry, parent: str = "") -> Block:
    """One entry in words."""
    return Block(kind, key_of(kind, entry, parent), title(plan, kind, entry), tuple(_lines(plan, kind, entry)), parent)


def _of_kind(plan: PlanDocument, kind: Kind) -> Iterator[Block]:
    if kind in CHILDREN.values():
        return
    for entry in entries(plan, kind):
        made = block(plan, kind, entry)
        yield made
        if inner := CHILDREN.get(kind):
            yield from (block(plan, inner, one, made.key) for one in entries(plan, inner, made.key))


def title(plan: PlanDocument, kind: Kind, entry: Entry, say: Callable[..., str] = _) -> str:
    """What an entry is called; `say=kept` for what is stored."""
    if isinstance(entry, Activation):
        return say(ACTIVATES, track=say(TRACK_LABELS[entry.track]))
    if isinstance(entry, MessageTemplate):
        return called(plan, entry)
    if isinstance(entry, FixedText):
        return f"{say(LANGUAGE_LABELS[entry.language]).capitalize()}: {say(FIXED_LABELS[entry.key])}"
    if kind in TITLES:
        return say(TITLES[kind])
    names = ("name", "label", "unit", "title", "text")
    return str(next(getattr(entry, name) for name in names if hasattr(entry, name)) or say(UNNAMED))


_TITLED = {
    Kind.PARTY: "name", Kind.AUDIENCE: "label", Kind.CATEGORY: "label", Kind.CONTACT: "unit", Kind.CARD: "title",
    Kind.ITEM: "text", Kind.ACTIVATION: "track", Kind.FIXED: "key",
}  # fmt: skip


def _lines(plan: PlanDocument, kind: Kind, entry: Entry) -> Iterator[Line]:
    for field in fields(entry):
        if field.name in _ELSEWHERE or field.name == _TITLED.get(kind) or _says_its_title(kind, field.name):
            continue
        if text := _said(plan, field.name, getattr(entry, field.name)):
            yield Line(_(FIELDS[field.name]).capitalize(), text)
    if kind is Kind.PARTY:
        yield Line(_(FIELDS["called"]).capitalize(), plan.called(entry.actor_key))
    if isinstance(entry, ActionCard):
        yield Line(_("Punkter"), str(len(entry.items)))


def _says_its_title(kind: Kind, name: str) -> bool:
    texts = {"category", "audience", "phase", "language"}
    return (kind is Kind.MESSAGE and name in texts) or (kind is Kind.FIXED and name == "language")


def _said(plan: PlanDocument, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else "" if name == "waits_for_police" else _("nej")
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, Mapping):
        return "\n".join(f"{plan.called_first(key)}: {_said(plan, name, level)}" for key, level in value.items())
    if isinstance(value, tuple):
        told = [_said(plan, name, one) for one in value]
        return "\n".join(told) if name in ("purpose", "stand_down_criteria", "debrief_questions") else ", ".join(told)
    if isinstance(value, StrEnum):
        return _(_LABELS[type(value)][value])
    if name in _ACTORS:
        return _("den, der leder") if value == LEADER else plan.called(value)
    return str(value)
