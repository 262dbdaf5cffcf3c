"""Who gets a text: as frozen, else as it would be now."""

from dataclasses import dataclass

from app.broadcasts import queries
from app.broadcasts.models import Broadcast, Recipient
from app.broadcasts.recipients import gather
from app.incidents.documents import document_of
from app.lib.i18n import _


@dataclass(frozen=True)
class Receivers:
    """What should be known before a text goes: how many get it, who cannot, what else they were sent lately."""

    count: int
    silent: list[str]
    police: int
    placeless: int
    others: list[Broadcast]


def receivers(broadcast: Broadcast, others: list[Broadcast]) -> Receivers:
    """`others`: texts to the same that the reader may know of."""
    if frozen := queries.recipients_of(broadcast):
        return _frozen(broadcast, frozen, others)
    if broadcast.inherits:
        left = queries.inherited(broadcast)
        return Receivers(len({(r.address, r.kind) for r in left}), [], 0, 0, others)
    incident, had = broadcast.incident, queries.had_before(broadcast)
    found = gather(incident, document_of(incident), broadcast.audiences, broadcast.narrowing, had)
    silent = [contact.name for contact in found.silent]
    return Receivers(len(found.addresses), silent, len(found.police), len(found.placeless), others)


def _frozen(broadcast: Broadcast, frozen: list[Recipient], others: list[Broadcast]) -> Receivers:
    silent = {r.contact_id: r.name or _("(slettet)") for r in frozen if r.kind is None}
    # One delivery for each address: so they can be counted when the addresses are forgotten.
    count = len({r.delivery_id or (r.address, r.kind) for r in frozen if r.kind is not None})
    return Receivers(count, list(silent.values()), broadcast.police_left_out, 0, others)
