"""Residents are written to only where they can read who keeps their numbers; nobody else waits for that page.

Once written it can be rewritten, never taken away: what holds at the release holds when the text leaves.
"""

from collections.abc import Iterable

from app.accounts.queries import administrators
from app.areas.models import Area
from app.areas.queries import data_protection_of
from app.broadcasts.models import Broadcast, Recipient
from app.broadcasts.recipients import receiver_kind
from app.broadcasts.states import Phase
from app.errors import Refused
from app.lib.i18n import N_, Reason
from app.messaging.models import ReceiverKind
from app.signup.mails import feet

UNWRITTEN = Reason(N_(
    "Beskeden kan ikke sendes til beboere endnu: siden om databeskyttelse er ikke skrevet. "
    "Tag beboere ud, så kan den sendes til de andre."
))  # fmt: skip


def lacks_data_protection(broadcast: Broadcast) -> bool:
    """Whether it must wait. What takes a wrong text back never does; an exercise goes to no resident."""
    if broadcast.phase is Phase.WITHDRAWAL:
        return False
    kinds = {receiver_kind(broadcast.incident, key) for key in broadcast.audiences}
    return ReceiverKind.RESIDENT in kinds and data_protection_of(broadcast.incident.area) is None


def demand_data_protection(broadcast: Broadcast) -> None:
    """Raises Refused, naming who can write the page."""
    if lacks_data_protection(broadcast):
        raise Refused(UNWRITTEN, tuple(user.name for user in administrators()))


def feet_of(area: Area, recipients: Iterable[Recipient]) -> dict[int, str]:
    """What stands below a mail to those who signed up themselves: the way to sign off. By the contact's id."""
    return feet(area, {one.contact_id: one.language for one in recipients})
