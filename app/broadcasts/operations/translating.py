"""Translations: written, approved by a named person, void when the Danish text changes. None holds the Danish back."""

from app.broadcasts.models import LONGEST_NAME, Broadcast, BroadcastText
from app.broadcasts.operations.holding import hold, note, take
from app.broadcasts.states import WRITABLE
from app.broadcasts.texts import demand_filled
from app.errors import Refused
from app.extensions import db
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.lib.languages import LANGUAGE_LABELS, OTHERS, Language
from app.lib.text import plain
from app.plans import messages as templates
from app.plans.document import FixedText
from app.plans.tracks import may_approve_translation, may_write_broadcast
from app.plans.vocabulary import FixedKey

OLD = N_("Oversættelsen hører til en ældre dansk tekst. Ret den først.")
FROM_BEFORE = N_("Teksten er skrevet før skiftet. Læs den, ret den, og gem den igen, før den oversættes.")
OWN = N_("Du har selv skrevet oversættelsen. En anden, der kan sproget, godkender den.")


def translate(
    broadcast: Broadcast, reader: Reader, language: Language, text: str, *, version: int, not_cpr: bool = False
) -> BroadcastText:
    """The text in another language, of the Danish as it stands. It goes to nobody before it is approved.

    A text that waits for release goes on waiting; whoever has it open reads it again, now with the translation.
    """
    hold(take(broadcast, WRITABLE, version), reader, may_write_broadcast, after=broadcast.is_after)
    _demand_reread(broadcast)
    written = broadcast.in_language(language) or BroadcastText(language=language)
    if written not in broadcast.texts:
        broadcast.texts.append(written)
    written.text, written.danish = plain(text), broadcast.text
    written.written_at, written.written_by_id, written.written_as = clock.now(), reader.user.id, reader.actor
    _unapprove(written)
    broadcast.version, broadcast.not_cpr = broadcast.version + 1, broadcast.not_cpr or not_cpr
    note(broadcast, f"oversat til {LANGUAGE_LABELS[language]}, ikke godkendt endnu: {written.text}", reader.by)
    return written


def approve(broadcast: Broadcast, reader: Reader, language: Language, approver: str, *, version: int) -> None:
    """`approver` can the language, has read both texts and says that they say the same. The reader writes it down.

    Raises Refused when the Danish has changed since, something is still to be filled, or somebody approves his own.
    """
    hold(take(broadcast, WRITABLE, version), reader, may_approve_translation, after=broadcast.is_after)
    _demand_reread(broadcast)
    written = broadcast.in_language(language)
    if written is None or not written.fits:
        raise Refused(Reason(OLD))
    demand_filled(written.text)
    if written.written_by_id == reader.user.id and _same_name(approver, reader.user.name):
        raise Refused(Reason(OWN))
    written.approver, written.approved_at = approver, clock.now()
    written.approved_by_id, written.approved_as = reader.user.id, reader.actor
    broadcast.version += 1
    note(broadcast, f"oversættelsen til {LANGUAGE_LABELS[language]} er godkendt af {approver}.", reader.by)


def void_outdated(broadcast: Broadcast) -> None:
    """The Danish text has changed: what was approved for the old one is approved no longer."""
    for written in broadcast.texts:
        if written.approved_at is not None and not written.fits:
            _unapprove(written)
            why = "gælder ikke mere: den danske tekst er ændret."
            note(broadcast, f"godkendelsen af oversættelsen til {LANGUAGE_LABELS[written.language]} {why}", None)


def add_fixed(broadcast: Broadcast, reader: Reader, key: FixedKey, values: dict[str, str]) -> None:
    """The fixed text in every language where the plan's parties have approved it; the others get the Danish."""
    plan = document_of(broadcast.incident)
    for language in OTHERS:
        if (fixed := templates.approved_fixed(plan, key, language)) is not None:
            broadcast.texts.append(_as_planned(broadcast, reader, fixed, templates.filled(fixed.text, values)))
    db.session.flush()


def _as_planned(broadcast: Broadcast, reader: Reader, fixed: FixedText, text: str) -> BroadcastText:
    at = clock.now()
    return BroadcastText(
        language=fixed.language, text=plain(text), danish=broadcast.text, written_at=at, written_by_id=reader.user.id,
        written_as=reader.actor, approver=fixed.approved_by[:LONGEST_NAME], approved_at=at,
        approved_by_id=reader.user.id, approved_as=reader.actor,
    )  # fmt: skip


def _unapprove(written: BroadcastText) -> None:
    written.approver, written.approved_at = "", None
    written.approved_by_id, written.approved_as = None, None


def _demand_reread(broadcast: Broadcast) -> None:
    # The Danish first: a translation must not make an old text look as if somebody had read it since the switch.
    if broadcast.is_from_before:
        raise Refused(Reason(FROM_BEFORE))


def _same_name(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
