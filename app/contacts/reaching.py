"""How a text reaches a contact."""

from app.contacts.models import Contact, PointKind
from app.messaging.channels import channel_for


def texting_address(contact: Contact) -> tuple[str, str] | None:
    """(channel, address) for a text to this contact: the mobile first, else the mail; None when neither works."""
    point = contact.point(PointKind.MOBILE, PointKind.EMAIL)
    if point is None:
        return None
    return channel_for("email" if point.kind is PointKind.EMAIL else "sms"), point.address
