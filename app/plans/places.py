"""Where something stands in a plan: its section, and within it one entry by a key that fits in an address. Pure."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from app.lib.i18n import N_
from app.plans.document import ActionCard, CardItem, ContactFunction, FixedText, MessageTemplate


class Section(StrEnum):
    """The parts of a plan, in the order it is read."""

    PURPOSE = "purpose"
    ACTIVATION = "activation"
    PARTIES = "parties"
    CHAIN = "chain"
    CARDS = "cards"
    AUDIENCES = "audiences"
    MESSAGES = "messages"
    CATEGORIES = "categories"
    ENDING = "ending"


SECTION_LABELS = {
    Section.PURPOSE: N_("Formål"),
    Section.ACTIVATION: N_("Hvem må aktivere"),
    Section.PARTIES: N_("Parter og kontakter"),
    Section.CHAIN: N_("Tilkald"),
    Section.CARDS: N_("Actionkort"),
    Section.AUDIENCES: N_("Hvem skal have besked"),
    Section.MESSAGES: N_("Tekster på forhånd"),
    Section.CATEGORIES: N_("Hændelsestyper"),
    Section.ENDING: N_("Afblæsning og evaluering"),
}


class Kind(StrEnum):
    """What an entry is. Of `alone` ones a plan has exactly one, of the others as many as it likes."""

    PURPOSE = "purpose"
    ACTIVATION = "activation"
    GLIMPSE = "glimpse"
    PARTY = "party"
    CONTACT = "contact"
    CHAIN = "chain"
    CARD = "card"
    ITEM = "item"
    AUDIENCE = "audience"
    RELEASER = "releaser"
    MESSAGE = "message"
    FIXED = "fixed"
    CATEGORY = "category"
    ENDING = "ending"
    REVIEW = "review"


SECTION_OF = {
    Kind.PURPOSE: Section.PURPOSE,
    Kind.ACTIVATION: Section.ACTIVATION,
    Kind.GLIMPSE: Section.ACTIVATION,
    Kind.PARTY: Section.PARTIES,
    Kind.CONTACT: Section.PARTIES,
    Kind.CHAIN: Section.CHAIN,
    Kind.CARD: Section.CARDS,
    Kind.ITEM: Section.CARDS,
    Kind.AUDIENCE: Section.AUDIENCES,
    Kind.RELEASER: Section.AUDIENCES,
    Kind.MESSAGE: Section.MESSAGES,
    Kind.FIXED: Section.MESSAGES,
    Kind.CATEGORY: Section.CATEGORIES,
    Kind.ENDING: Section.ENDING,
    Kind.REVIEW: Section.ENDING,
}
ALONE = frozenset({Kind.PURPOSE, Kind.GLIMPSE, Kind.CHAIN, Kind.RELEASER, Kind.ENDING, Kind.REVIEW})
ONLY = "it"  # the key of what a plan has one of
ANY = "-"  # in a text's key: for any category, for any audience


class Place(NamedTuple):
    """A section, and perhaps one entry of it."""

    section: Section
    kind: Kind | None = None
    key: str = ""


def at(kind: Kind, key: str = ONLY) -> Place:
    """The place of an entry."""
    return Place(SECTION_OF[kind], kind, key)


def key_from(text: str, fallback: str = "x") -> str:
    """A key of a-z, 0-9 and _ from what people write; `Ældre på 2. sal` gives `aeldre_paa_2_sal`."""
    danish = text.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = unicodedata.normalize("NFKD", danish).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return (key if key[:1].isalpha() else f"{fallback}_{key}".rstrip("_"))[:50]


def contact_key(actor_key: str, contact: ContactFunction) -> str:
    """`ssp.opsoegende_team`."""
    return f"{actor_key}.{key_from(contact.unit)}"


def card_key(card: ActionCard) -> str:
    """`ssp.non_police`."""
    return f"{card.party}.{card.track}"


def item_key(card: ActionCard, item: CardItem) -> str:
    """`ssp.non_police.overview`."""
    return f"{card_key(card)}.{item.key}"


def message_key(text: MessageTemplate) -> str:
    """`rumours.residents.first.da`; a text for any category or audience has a `-` there."""
    return f"{text.category or ANY}.{text.audience or ANY}.{text.phase}.{text.language}"


def fixed_key(text: FixedText) -> str:
    """`withdrawal.en`."""
    return f"{text.key}.{text.language}"
