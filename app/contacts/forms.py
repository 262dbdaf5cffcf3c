"""A contact's form: who, how to reach them, where in the call order, and which audiences they belong to."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, ValidationError

from app.areas.administration.forms import MAIL, a_name, no_cpr, stripped
from app.areas.models import Actor, Area, Place
from app.contacts.models import SOURCE_WORDS, Contact, ContactSource, PointKind
from app.contacts.operations import normalise
from app.lib import phone
from app.lib.fields import PhoneField
from app.lib.i18n import N_, _, lazy
from app.lib.languages import LANGUAGE_LABELS, Language

LONGEST_LINE = 9
TOO_LONG = lazy("Højst %(max)d tegn.")

# Filled in wiring.py: (key, name) of the audiences that the area's plan speaks of.
audiences_of: Callable[[Area], list[tuple[str, str]]] = lambda area: []  # noqa: E731


def set_slots(audiences_of_: Callable[[Area], list[tuple[str, str]]]) -> None:
    """Called once, from wiring.py."""
    global audiences_of
    audiences_of = audiences_of_


def place_label(position: int) -> str:
    """What a place in the call order is called."""
    first = {0: N_("Første kontakt"), 1: N_("Stedfortræder")}
    return _(first[position]) if position in first else _("Nr. %(n)s i rækken", n=position + 1)


def a_number(_form: FlaskForm, field: Field) -> None:
    """Kept as E.164; may be left out."""
    try:
        field.data = normalise(PointKind.MOBILE, field.data) if field.data else ""
    except phone.InvalidNumber as invalid:
        raise ValidationError(str(invalid.reason)) from None


class ContactForm(FlaskForm):
    """`contact` is the one it is about, None for a new one."""

    name = a_name(N_("Navn"), N_("Skriv et navn, fx personens eller vagttelefonens."))
    function = StringField(lazy("Funktion"), [Length(max=120, message=TOO_LONG), no_cpr], filters=[stripped])
    mobile = PhoneField(
        lazy("Mobil"), [a_number], filters=[stripped], description=lazy("Får sms. 8 cifre, fx 20 12 34 56.")
    )
    landline = PhoneField(lazy("Fastnet"), [a_number], filters=[stripped], description=lazy("Kan kun ringes op."))
    email = StringField(lazy("Mail"), [Length(max=254, message=TOO_LONG)], filters=[stripped])
    actor = SelectField(lazy("Kontakt for"), validate_choice=False)
    position = SelectField(
        lazy("Plads i tilkaldet"), coerce=int, validate_choice=False,
        description=lazy("Den første får besked straks, stedfortræderen lidt efter og så alle: planen siger hvornår."),
    )  # fmt: skip
    place = SelectField(
        lazy("Afdeling eller sted"), validate_choice=False,
        description=lazy("Så kan en besked sendes kun til dem, der bor eller holder til der."),
    )  # fmt: skip
    entrance = StringField(
        lazy("Opgang"), [Length(max=60, message=TOO_LONG), no_cpr], filters=[stripped],
        description=lazy("Fx 12 A. Skriv den ens for alle i opgangen."),
    )  # fmt: skip
    language = SelectField(
        lazy("Sprog"), validate_choice=False, default=Language.DANISH.value,
        description=lazy("Får beskeder på sproget, når nogen har godkendt en oversættelse. Ellers på dansk."),
    )  # fmt: skip
    humans_only = BooleanField(
        lazy("Ringes kun af mennesker"), description=lazy("Får ingen sms eller automatisk opkald. En kollega ringer.")
    )
    is_police = BooleanField(lazy("Er politi"), description=lazy("Får aldrig noget om hændelser uden politiet."))
    is_volunteer = BooleanField(lazy("Er frivillig"), description=lazy("Navnet vises ikke for andre frivillige."))
    source = SelectField(
        lazy("Hvorfor har I nummeret?"), validate_choice=False,
        description=lazy("Vises hos kontakten, så alle kan se, at I må bruge det."),
    )  # fmt: skip
    opted_out = BooleanField(
        lazy("Vil ikke have beskeder"), description=lazy("Får intet, der sendes til målgrupperne. Dagen gemmes.")
    )
    audiences = SelectMultipleField(lazy("Målgrupper"), validate_choice=False)

    def __init__(
        self, area: Area, contact: Contact | None = None, *, only_of: int | None = None, **options: Any
    ) -> None:
        """`only_of`: the organisation whose parties can be chosen; it leaves the audiences to those who keep them."""
        super().__init__(**options)
        self.contact = contact
        kept = [actor for actor in area.actors if only_of in (None, actor.organisation_id)]
        self.actors: dict[str, Actor] = {actor.public_id: actor for actor in kept}
        nobodys = [("", _("Ingen part, kun målgrupper"))] if only_of is None else []
        self.actor.choices = [*nobodys, *((k, a.name) for k, a in self.actors.items())]
        self.source.choices = [("", _("Ikke skrevet ned")), *((k.value, _(w)) for k, w in SOURCE_WORDS.items())]
        self.position.choices = [(place, place_label(place)) for place in range(LONGEST_LINE)]
        self.places: dict[str, Place] = {place.public_id: place for place in area.places}
        self.place.choices = [("", _("Ikke et bestemt sted")), *((k, place.name) for k, place in self.places.items())]
        self.language.choices = [(key.value, _(label)) for key, label in LANGUAGE_LABELS.items()]
        self.known_audiences = dict(audiences_of(area))
        self.audiences.choices = list(self.known_audiences.items())
        self.keeps_audiences = only_of is None
        if not self.keeps_audiences:
            del self.audiences
        if contact is None:
            del self.opted_out

    def validate_email(self, field: Field) -> None:
        """Looks like a mail address, and there is some way to reach the contact."""
        if field.data and not MAIL.fullmatch(field.data):
            raise ValidationError(_("Det ligner ikke en mail. Skriv den som navn@sted.dk."))
        if not (field.data or self.mobile.data or self.landline.data):
            raise ValidationError(_("Skriv mindst ét nummer eller en mail."))

    def validate_actor(self, field: Field) -> None:
        """One of the area's, or at least one audience."""
        if field.data and field.data not in self.actors:
            raise ValidationError(_("Den part findes ikke. Vælg en på listen."))
        if not field.data and not (self.keeps_audiences and self.audiences.data):
            raise ValidationError(_("Vælg en part eller mindst én målgruppe."))

    def validate_position(self, field: Field) -> None:
        """A place that there is."""
        if field.data not in range(LONGEST_LINE):
            raise ValidationError(_("Vælg en plads på listen."))

    def validate_place(self, field: Field) -> None:
        """One of the area's; a stairwell is in one."""
        if field.data and field.data not in self.places:
            raise ValidationError(_("Det sted findes ikke. Vælg et på listen."))
        if self.entrance.data and not field.data:
            raise ValidationError(_("Vælg den afdeling, opgangen ligger i."))

    def validate_source(self, field: Field) -> None:
        """One that there is."""
        if field.data and field.data not in list(ContactSource):
            raise ValidationError(_("Vælg en på listen."))

    def validate_language(self, field: Field) -> None:
        """One that there is."""
        if field.data not in list(Language):
            raise ValidationError(_("Vælg et sprog på listen."))

    def validate_audiences(self, field: Field) -> None:
        """The plan's own."""
        if set(field.data or ()) - set(self.known_audiences):
            raise ValidationError(_("Den målgruppe er ikke i planen."))

    @property
    def typed(self) -> dict[str, Any]:
        """Ready for the operations, but for the points' shape."""
        return {
            "name": self.name.data,
            "function": self.function.data,
            "actor": self.actors.get(self.actor.data or ""),
            "position": self.position.data,
            "place": self.places.get(self.place.data or ""),
            "entrance": self.entrance.data or "",
            "audiences": self.audiences.data if self.keeps_audiences else None,
            "source": ContactSource(self.source.data) if self.source.data else None,
            "language": Language(self.language.data),
            "is_police": self.is_police.data,
            "is_volunteer": self.is_volunteer.data,
            "humans_only": self.humans_only.data,
        }

    @property
    def points(self) -> dict[PointKind, str]:
        """What was typed, by kind; empty where there is none."""
        fields = {PointKind.MOBILE: self.mobile, PointKind.LANDLINE: self.landline, PointKind.EMAIL: self.email}
        return {kind: field.data or "" for kind, field in fields.items()}


def shown(contact: Contact) -> dict[str, Any]:
    """A contact as its form shows it."""

    def of(kind: PointKind) -> str:
        address = next((p.address for p in contact.points if p.kind is kind), "")
        return address if kind is PointKind.EMAIL or not address else phone.spaced(address)

    return {
        "name": contact.name, "function": contact.function, "mobile": of(PointKind.MOBILE),
        "landline": of(PointKind.LANDLINE), "email": of(PointKind.EMAIL),
        "actor": contact.actor.public_id if contact.actor else "", "position": min(contact.position, LONGEST_LINE - 1),
        "place": contact.place.public_id if contact.place else "", "entrance": contact.entrance,
        "language": contact.language.value,
        "humans_only": contact.humans_only, "is_police": contact.is_police, "is_volunteer": contact.is_volunteer,
        "audiences": [member.audience_key for member in contact.audiences],
        "source": contact.source.value if contact.source else "", "opted_out": contact.opted_out_at is not None,
    }  # fmt: skip
