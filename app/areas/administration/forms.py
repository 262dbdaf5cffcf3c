"""The administrator's forms: Danish messages by the field, lengths as the tables have them."""

import re
from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.accounts import queries as accounts
from app.accounts.models import User
from app.areas.models import (
    ORGANISATION_KINDS,
    Actor,
    Area,
    DataProtection,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
)
from app.areas.roles import LABELS, Role
from app.lib import personal_data, phone
from app.lib.fields import PhoneField
from app.lib.i18n import N_, _, lazy

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PLACE_KINDS = {PlaceKind.SECTION: N_("Boligafdeling"), PlaceKind.PLACE: N_("Sted")}

# Filled in wiring.py: (key, name) of the actors that the plan's template speaks of.
plan_places: Callable[[], list[tuple[str, str]]] = list


def set_slots(plan_places_: Callable[[], list[tuple[str, str]]]) -> None:
    """Called once, from wiring.py."""
    global plan_places
    plan_places = plan_places_


def stripped(text: str | None) -> str:
    """Without blanks around, and with single ones inside."""
    return " ".join((text or "").split())


def a_name(label: str, missing: str) -> StringField:
    """A short name that must be given and holds no CPR number."""
    checks = [DataRequired(lazy(missing)), Length(max=120, message=lazy("Højst 120 tegn.")), no_cpr]
    return StringField(lazy(label), checks, filters=[stripped])


def no_cpr(_form: FlaskForm, field: Field) -> None:
    """A CPR number is refused everywhere."""
    refusal = personal_data.refusal(field.data or "")
    if refusal:
        raise ValidationError(_(refusal))


def a_number(_form: FlaskForm, field: Field) -> None:
    """Kept as E.164; may be left out."""
    try:
        field.data = phone.normalise(field.data) if field.data else None
    except phone.InvalidNumber as invalid:
        raise ValidationError(str(invalid.reason)) from None


class PersonForm(FlaskForm):
    """Who somebody is; `user` is the person it is about, None for a new one."""

    name = a_name(N_("Navn"), N_("Skriv et navn."))
    email = EmailField(
        lazy("Mail"),
        [InputRequired(lazy("Skriv en mail.")), Length(max=254, message=lazy("Højst 254 tegn."))],
        filters=[lambda text: stripped(text).lower()],
        description=lazy("Personen logger ind med den."),
    )
    phone = PhoneField(lazy("Telefon"), [a_number], filters=[stripped], description=lazy("8 cifre, fx 20 12 34 56."))

    def __init__(self, user: User | None = None, **options: Any) -> None:
        super().__init__(obj=user, **options)
        self.user = user

    def say_of_email(self, taken: Exception) -> None:
        """What was found out only when it was saved."""
        self.email.errors = [*self.email.errors, str(taken)]

    def validate_email(self, field: EmailField) -> None:
        """Looks like a mail address and is nobody else's."""
        if not MAIL.fullmatch(field.data or ""):
            raise ValidationError(_("Det ligner ikke en mail. Skriv den som navn@sted.dk."))
        other = accounts.user_by_email(field.data or "")
        if other and other is not self.user:
            raise ValidationError(_("%(name)s har allerede den mail.", name=other.name))


class NewPersonForm(PersonForm):
    """A new person, who may be an administrator from the start."""

    is_administrator = BooleanField(
        lazy("Administrator"),
        description=lazy("Styrer personer og opsætning. Ser ingen hændelser og kan ikke have en rolle."),
    )


class GrantForm(FlaskForm):
    """A role at an actor."""

    actor = SelectField(lazy("Aktør"), [InputRequired(lazy("Vælg en aktør."))])
    role = SelectField(lazy("Rolle"), coerce=Role)

    def __init__(self, actors: list[Actor], **options: Any) -> None:
        super().__init__(**options)
        self.actor.choices = [(a.public_id, f"{a.area.name}: {a.name}") for a in actors]
        self.role.choices = [(role, _(label).capitalize()) for role, label in LABELS.items()]


class AreaForm(FlaskForm):
    """A housing area."""

    name = a_name(N_("Områdets navn"), N_("Skriv områdets navn."))
    municipality = a_name(N_("Kommune"), N_("Skriv kommunens navn."))


class PlaceForm(FlaskForm):
    """A section or place of `area`; `place` is the one that is edited, None for a new one."""

    name = a_name(N_("Navn"), N_("Skriv et navn."))
    kind = SelectField(lazy("Hvad er det?"), coerce=PlaceKind)

    def __init__(self, area: Area, place: Place | None = None, **options: Any) -> None:
        super().__init__(obj=place, **options)
        self.others = [other for other in area.places if other is not place]
        self.kind.choices = [(kind, _(label)) for kind, label in PLACE_KINDS.items()]

    def validate_name(self, field: StringField) -> None:
        """One of each name in an area."""
        if any(place.name.casefold() == (field.data or "").casefold() for place in self.others):
            raise ValidationError(_("Det navn er der allerede i området."))


class OrganisationForm(FlaskForm):
    """The name of an organisation."""

    name = a_name(N_("Navn"), N_("Skriv et navn."))


class NewOrganisationForm(OrganisationForm):
    """Its kind is chosen once."""

    kind = SelectField(
        lazy("Slags"),
        coerce=OrganisationKind,
        description=lazy("Kan ikke ændres bagefter. Politi er aldrig med i ikke politisag."),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kind.choices = [(kind, _(label).capitalize()) for kind, label in ORGANISATION_KINDS.items()]


class ActorForm(FlaskForm):
    """The name and number of an actor."""

    name = a_name(N_("Aktørens navn"), N_("Skriv et navn, som de andre kender."))
    phone = PhoneField(
        lazy("Funktionens telefon"),
        [a_number],
        filters=[stripped],
        description=lazy("Vagttelefon eller hovednummer, ikke et privat. Vises for dem, der ikke kan logge ind."),
    )


class NewActorForm(ActorForm):
    """Organisation and place in the plan are chosen once."""

    organisation = SelectField(lazy("Organisation"), [InputRequired(lazy("Vælg en organisation."))])
    key = SelectField(lazy("Plads i planen"), description=lazy("Kan ikke ændres bagefter."))

    def __init__(self, area: Area, organisations: list[Organisation], **options: Any) -> None:
        super().__init__(**options)
        taken = {actor.key for actor in area.actors}
        free = [(key, name) for key, name in plan_places() if key not in taken]
        self.organisation.choices = [(o.public_id, o.name) for o in organisations]
        self.key.choices = [*free, ("", _("En anden"))]


def some_lines(label: str, missing: str, hint: str) -> TextAreaField:
    """Text that must be given and holds no CPR number."""
    checks = [DataRequired(lazy(missing)), Length(max=2000, message=lazy("Højst 2.000 tegn.")), no_cpr]
    return TextAreaField(lazy(label), checks, filters=[lambda text: (text or "").strip()], description=lazy(hint))


class DataProtectionForm(FlaskForm):
    """What residents and users may read of the area's personal data; `over` is the version that was shown."""

    controller = some_lines(
        N_("Hvem er dataansvarlig?"), N_("Skriv, hvem der er dataansvarlig."),
        N_("Navn og adresse. Er I flere i fællesskab, så skriv, hvem der har ansvar for hvad."),
    )
    ask = some_lines(
        N_("Hvem kan man spørge?"), N_("Skriv, hvem man kan spørge."),
        N_("Funktion, telefon og mail, fx databeskyttelsesrådgiveren."),
    )
    sources = some_lines(
        N_("Hvor kommer numre og adresser fra?"), N_("Skriv, hvor numre og adresser kommer fra."),
        N_("Fx: beboere har selv tilmeldt sig. Bruges numre fra lejekontrakter, skal det også stå i "
           "boligorganisationens egen oplysning til beboerne."),
    )
    processors = some_lines(
        N_("Hvem behandler oplysningerne for jer?"), N_("Skriv, hvem der behandler oplysningerne, eller: ingen."),
        N_("Databehandlere, fx udbyderen af sms og opkald og den, der driver systemet."),
    )
    transfers = some_lines(
        N_("Sendes oplysninger ud af EU og EØS?"), N_("Skriv hvilke og på hvilket grundlag, eller: nej."),
        N_("Skriv nej, eller hvilket land, og på hvilket grundlag."),
    )
    over = HiddenField(default="0")

    @property
    def shown(self) -> int:
        """The number of the version that was rewritten; 0 for none."""
        said = self.over.data or ""
        return int(said) if said.isdecimal() else 0

    def words(self) -> dict[str, str]:
        """As they are kept."""
        return {name: self[name].data or "" for name in DataProtection.WORDS}
