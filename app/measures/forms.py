"""The forms of measures. Free text is without CPR numbers; what everybody will read is looked at once more."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from wtforms import BooleanField, Field
from wtforms.validators import InputRequired, ValidationError

from app.areas.models import Actor
from app.contacts.models import Contact
from app.contacts.queries import duty_line
from app.contacts.seeing import may_read
from app.incidents.access import Reader
from app.incidents.forms import IncidentForm, long_text, radio, select, short_text
from app.indicators.dimensions import DIMENSION_LABELS, Dimension
from app.lib import clock, personal_data
from app.lib.i18n import N_, _, lazy
from app.measures.operations import Open, Words
from app.measures.vocabulary import ENDS, HORIZON_LABELS, STATUS_LABELS, Horizon, Status
from app.roster.forms import DanishDate

Word = TypeVar("Word", bound=StrEnum)
ABOUT_PLACES = N_("Skriv om steder og om det, vi gør sammen. Aldrig om bestemte personer.")


def _as_choices(labels: Mapping[Word, str]) -> dict[Word, str]:
    return {key: label[:1].upper() + label[1:] for key, label in labels.items()}


BEGUN = {status: STATUS_LABELS[status] for status in (Status.PROPOSED, Status.STARTED)}
ENDED = {status: STATUS_LABELS[status] for status in ENDS}


class MeasureForm(IncidentForm):
    """A new measure, or one that is changed. `kept` is the deadline it had: that may have passed."""

    title = short_text(N_("Hvad hedder tiltaget?"), required=N_("Giv tiltaget et navn."), max_length=120)
    what = long_text(N_("Hvad gør vi?"), required=N_("Skriv, hvad der skal gøres."), max_length=1000, hint=ABOUT_PLACES)
    dimension = radio(
        N_("Hvilken side af tryghed skal det styrke?"), N_("Vælg én side af tryghed."),
        _as_choices(DIMENSION_LABELS),
        hint=N_("Vælg præcis én: arbejd målrettet med den, der lokalt er udfordret."),
    )  # fmt: skip
    expected = long_text(
        N_("Hvilken forandring venter vi?"), required=N_("Skriv, hvad I venter, der bliver anderledes."),
        max_length=500, hint=N_("Hvordan skaber det forandring, og hvordan kan I se det?"),
    )  # fmt: skip
    horizon = radio(
        N_("Kort eller langt sigt?"), N_("Vælg kort eller langt sigt."),
        _as_choices(HORIZON_LABELS),
    )  # fmt: skip
    owner = select(N_("Ansvarlig"), N_("Vælg, hvem der har ansvaret."))
    contact = select(N_("Kontakt hos den ansvarlige"), N_("Vælg en kontakt, eller lad feltet stå tomt."))
    due_on = DanishDate(lazy("Frist"), validators=[InputRequired(lazy("Skriv en frist, fx 22.11.2026."))])
    status = radio(N_("Hvor langt er det?"), N_("Vælg, hvor langt det er."), _as_choices(BEGUN))

    def __init__(
        self, owners: Sequence[Actor], reader: Reader, *, kept: date | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.kept, self.owners = kept, {actor.public_id: actor for actor in owners}
        self.contacts = {contact.public_id: contact for actor in owners for contact in duty_line(actor)}
        self.owner.choices = [("", _("Vælg ansvarlig")), *((key, one.name) for key, one in self.owners.items())]
        named = [(key, _named(one, may_read(reader, one))) for key, one in self.contacts.items()]
        self.contact.choices = [("", _("Ingen bestemt")), *named]

    def validate_owner(self, field: Field) -> None:
        """One of them."""
        if not field.data:
            raise ValidationError(_("Vælg, hvem der har ansvaret."))

    def validate_contact(self, field: Field) -> None:
        """Of the owner."""
        contact = self.contacts.get(field.data or "")
        if contact is not None and contact.actor is not self.owners.get(self.owner.data or ""):
            raise ValidationError(_("Kontakten skal høre til den ansvarlige."))

    def validate_due_on(self, field: Field) -> None:
        """Today or later, unless it is the one that stood there."""
        if field.data and field.data != self.kept and field.data < clock.local(clock.now()).date():
            raise ValidationError(_("Fristen skal være i dag eller senere."))

    @property
    def words(self) -> Words:
        """What was typed and chosen."""
        assert self.due_on.data is not None  # the form asks for it
        return Words(
            self.title.data or "", self.what.data or "", self.expected.data or "", Dimension(self.dimension.data),
            Horizon(self.horizon.data), self.owners[self.owner.data or ""], self.due_on.data,
            self.contacts.get(self.contact.data or ""), Status(self.status.data),
        )  # fmt: skip


class CloseForm(IncidentForm):
    """How it ended, and what came of it."""

    status = radio(N_("Hvordan endte det?"), N_("Vælg, hvordan det endte."), _as_choices(ENDED))
    result = long_text(
        N_("Hvad kom der ud af det?"), required=N_("Skriv kort, hvad der kom ud af det."), max_length=1000,
        hint=ABOUT_PLACES,
    )  # fmt: skip


class PublishForm(IncidentForm):
    """The words that everybody will read. What looks like a person must be read again before it goes."""

    title = short_text(N_("Hvad hedder tiltaget?"), required=N_("Giv tiltaget et navn."), max_length=120)
    what = long_text(N_("Hvad gør vi?"), required=N_("Skriv, hvad der skal gøres."), max_length=1000, hint=ABOUT_PLACES)
    expected = long_text(
        N_("Hvilken forandring venter vi?"), required=N_("Skriv, hvad I venter, der bliver anderledes."), max_length=500
    )
    result = long_text(N_("Hvad kom der ud af det?"), required=N_("Skriv, hvad der kom ud af det."), max_length=1000)
    no_reference = BooleanField(lazy("Teksten viser ikke, hvilken hændelse tiltaget kommer af"))
    looked = BooleanField(lazy("Jeg har læst advarslerne, og teksten kan blive stående"))

    @property
    def warnings(self) -> list[str]:
        """What in the words looks like a person, a car or a number; each sort once."""
        fields = (self.title, self.what, self.expected, self._fields.get("result"))
        texts = [field.data or "" for field in fields if field is not None]
        found = {finding.kind for text in texts for finding in personal_data.find(text) if not finding.blocks}
        return [_(personal_data.MESSAGES[kind]) for kind in personal_data.Find if kind in found]

    def validate_no_reference(self, field: Field) -> None:
        """Said by a person: no program can see it."""
        if not field.data:
            raise ValidationError(_("Læs teksten igennem, og sæt kryds."))

    def validate_looked(self, field: Field) -> None:
        """Only asked for when there is something to look at."""
        if self.warnings and not field.data:
            raise ValidationError(_("Læs advarslerne. Ret teksten, eller sæt kryds."))

    @property
    def words(self) -> Open:
        """What was typed."""
        result = self._fields.get("result")
        return Open(
            self.title.data or "", self.what.data or "", self.expected.data or "", (result.data or "") if result else ""
        )


def _named(contact: Contact, is_read: bool) -> str:
    name = contact.name if is_read else _("En frivillig")
    return " · ".join(filter(None, (name, contact.function, contact.actor.name if contact.actor else "")))
