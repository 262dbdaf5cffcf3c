"""One text in the languages of its receivers, as the pages show it: which of them go, and who gets the Danish one."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.broadcasts import queries
from app.broadcasts.models import Broadcast, BroadcastText
from app.broadcasts.recipients import gather
from app.broadcasts.rules import language_at
from app.broadcasts.texts import as_sent
from app.incidents.documents import document_of
from app.lib.languages import LANGUAGE_LABELS, Language, direction
from app.lib.text import Length, measure


@dataclass(frozen=True)
class Spoken:
    """A language of a text. `readers` counts the addresses that would get it in that language, if it may go."""

    language: Language
    readers: int
    written: BroadcastText | None
    text: str  # as it leaves, or would; empty: nobody has written it

    @property
    def label(self) -> str:
        return LANGUAGE_LABELS[self.language]

    @property
    def dir(self) -> str:
        return direction(self.language)

    @property
    def goes(self) -> bool:
        """The Danish one always does."""
        return self.is_danish or (self.written is not None and self.written.goes)

    @property
    def is_danish(self) -> bool:
        return self.language is Language.DANISH

    @property
    def is_old(self) -> bool:
        """It belongs to a Danish text that is no longer the one."""
        return self.written is not None and not self.written.fits

    @property
    def length(self) -> Length:
        return measure(self.text)


def languages_of(broadcast: Broadcast) -> list[Spoken]:
    """Danish first, then every language that somebody reads or somebody has written."""
    readers = _readers(broadcast)
    languages = [one for one in Language if readers[one] or broadcast.in_language(one) or one is Language.DANISH]
    return [_spoken(broadcast, one, readers[one]) for one in languages]


def _spoken(broadcast: Broadcast, language: Language, readers: int) -> Spoken:
    written = broadcast.in_language(language)
    text = broadcast.text if language is Language.DANISH else written.text if written else ""
    return Spoken(language, readers, written, as_sent(broadcast.incident, text, language) if text else "")


def _readers(broadcast: Broadcast) -> Counter[Language]:
    spoken: dict[tuple[str, Any], set[Language]] = defaultdict(set)
    for address, kind, language in addresses_of(broadcast):
        if address:
            spoken[address, kind].add(language)
    return Counter(language_at(wanted, list(Language)) for wanted in spoken.values())


def addresses_of(broadcast: Broadcast) -> Iterator[tuple[str | None, Any, Language]]:
    """As frozen, else as they would be now."""
    rows = queries.recipients_of(broadcast) or (queries.inherited(broadcast) if broadcast.inherits else [])
    if rows or broadcast.inherits:
        yield from ((one.address, one.kind, one.language) for one in rows)
        return
    incident = broadcast.incident
    plan, had = document_of(incident), queries.had_before(broadcast)
    found = gather(incident, plan, broadcast.audiences, broadcast.narrowing, had)
    yield from ((one.address, one.kind, one.contact.language) for one in found.all)
