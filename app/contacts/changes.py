"""One topic for whatever decides who is in an audience and whose addresses are the police's, anywhere in the house."""

from app.accounts.models import User
from app.areas.models import Actor, Membership, Organisation
from app.contacts.models import AudienceMember, Contact, ContactPoint
from app.live.operations import raised_by

CONTACTS = "contacts"

for model in (Contact, ContactPoint, AudienceMember, Membership, User, Actor, Organisation):
    raised_by(model, lambda _row: (CONTACTS,))
