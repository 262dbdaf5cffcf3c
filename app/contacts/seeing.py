"""Whose name a reader may see in the contact list and the duty roster."""

from typing import Protocol

from app.accounts.models import User
from app.areas.models import Actor
from app.contacts.models import Contact


class Somebody(Protocol):
    """A person as one actor."""

    @property
    def user(self) -> User: ...

    @property
    def actor(self) -> Actor: ...


def may_read(reader: Somebody, contact: Contact) -> bool:
    """Boards, networks and associations do not see other volunteers."""
    is_own = contact.user_id == reader.user.id
    return is_own or not contact.is_volunteer or not reader.actor.is_civil
