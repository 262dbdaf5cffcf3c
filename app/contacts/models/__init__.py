"""Contacts, their numbers and addresses, and the files that they come in by."""

from app.contacts.models.imports import ON_MATCH as ON_MATCH
from app.contacts.models.imports import ContactImport as ContactImport
from app.contacts.models.imports import ImportAudience as ImportAudience
from app.contacts.models.imports import ImportFault as ImportFault
from app.contacts.models.imports import ImportPoint as ImportPoint
from app.contacts.models.imports import ImportRow as ImportRow
from app.contacts.models.imports import OnMatch as OnMatch
from app.contacts.models.imports import Outcome as Outcome
from app.contacts.models.people import COMING as COMING
from app.contacts.models.people import POINT_KINDS as POINT_KINDS
from app.contacts.models.people import SOURCE_LABELS as SOURCE_LABELS
from app.contacts.models.people import SOURCE_WORDS as SOURCE_WORDS
from app.contacts.models.people import AudienceMember as AudienceMember
from app.contacts.models.people import Contact as Contact
from app.contacts.models.people import ContactAsk as ContactAsk
from app.contacts.models.people import ContactPoint as ContactPoint
from app.contacts.models.people import ContactSource as ContactSource
from app.contacts.models.people import PointCheck as PointCheck
from app.contacts.models.people import PointKind as PointKind
