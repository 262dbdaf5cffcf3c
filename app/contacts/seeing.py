"""Whose name a reader may see in the contact list and the duty roster."""

from app.areas.acting import Acting
from app.areas.models import OrganisationKind
from app.contacts.models import Contact


def may_read(reader: Acting, contact: Contact) -> bool:
    """Boards, networks and associations do not see other volunteers."""
    is_own = contact.user_id == reader.user.id
    return is_own or not contact.is_volunteer or reader.actor.organisation.kind is not OrganisationKind.CIVIL
