"""Two forms: shifts that come again, and a single one. Clocks and dates are Danish."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, RadioField, SelectField, SelectMultipleField, TimeField
from wtforms.validators import InputRequired, ValidationError

from app.contacts.models import Contact
from app.lib import clock
from app.lib.i18n import N_, _, lazy
from app.roster.operations import Hours
from app.roster.rules import RANK_LABELS, Rank, instant

WEEKDAYS = (N_("Mandag"), N_("Tirsdag"), N_("Onsdag"), N_("Torsdag"), N_("Fredag"), N_("Lørdag"), N_("Søndag"))
ENDS_ON = {
    0: N_("samme dag"), 1: N_("dagen efter"), 2: N_("to dage efter"), 3: N_("tre dage efter"),
    4: N_("fire dage efter"), 5: N_("fem dage efter"), 6: N_("seks dage efter"), 7: N_("en uge efter"),
}  # fmt: skip
RHYTHMS = {1: N_("hver uge"), 2: N_("hver anden uge"), 3: N_("hver tredje uge"), 4: N_("hver fjerde uge")}
LONGEST = timedelta(days=31)
FURTHEST = timedelta(days=731)


class DanishDate(DateField):
    """A date; what could not be read stays as it was typed."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, format=["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist if value.strip()])
        except ValueError:
            raise ValueError(_("Skriv en dato, fx 22.11.2026.")) from None


class DanishTime(TimeField):
    """A time of day; what could not be read stays as it was typed."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, format=["%H:%M", "%H:%M:%S", "%H.%M"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist if value.strip()])
        except ValueError:
            raise ValueError(_("Skriv et klokkeslæt, fx 16.00.")) from None


def _date(label: str, *, required: str = "", hint: str = "") -> DanishDate:
    return DanishDate(lazy(label), validators=_need(required), description=lazy(hint) if hint else "")


def _time(label: str) -> DanishTime:
    return DanishTime(lazy(label), validators=_need(N_("Skriv et klokkeslæt, fx 16.00.")))


def _need(required: str) -> list[Any]:
    return [InputRequired(lazy(required))] if required else []


class ShiftForm(FlaskForm):
    """What both have: who, and first or next."""

    contact = SelectField(lazy("Hvem"), validate_choice=False)
    rank = RadioField(lazy("Som"), validate_choice=False, choices=[], default=Rank.ON_DUTY.value)

    def __init__(self, contacts: list[Contact], **options: Any) -> None:
        super().__init__(**options)
        self.contacts = {contact.public_id: contact for contact in contacts}
        named = [(key, " · ".join(filter(None, (c.name, c.function)))) for key, c in self.contacts.items()]
        self.contact.choices = [("", _("Vælg")), *named]
        self.rank.flags.required = True
        self.rank.choices = [(rank.value, _(label)) for rank, label in RANK_LABELS.items()]

    def validate_contact(self, field: Field) -> None:
        """One of the party's."""
        if field.data not in self.contacts:
            raise ValidationError(_("Vælg, hvem der har vagten."))

    def validate_rank(self, field: Field) -> None:
        """One of the two."""
        if field.data not in {rank.value for rank in Rank}:
            raise ValidationError(_("Vælg vagthavende eller stedfortræder."))

    @property
    def who(self) -> Contact:
        return self.contacts[self.contact.data]

    @property
    def as_what(self) -> Rank:
        return Rank(self.rank.data)


class WeeklyForm(ShiftForm):
    """Shifts that come again."""

    weekdays = SelectMultipleField(lazy("Vagten begynder"), coerce=int, validate_choice=False)
    starts = _time(N_("Fra kl."))
    ends = _time(N_("Til kl."))
    days = SelectField(lazy("Slutter"), coerce=int, validate_choice=False, default=1)
    every_weeks = SelectField(lazy("Hvor tit"), coerce=int, validate_choice=False, default=1)
    valid_from = _date(N_("Første gang tidligst"), required=N_("Skriv en dato, fx 22.11.2026."))
    valid_until = _date(N_("Sidste gang senest"), hint=N_("Tom, hvis vagten fortsætter."))

    def __init__(self, contacts: list[Contact], **options: Any) -> None:
        super().__init__(contacts, **options)
        self.weekdays.flags.required = True
        self.weekdays.choices = [(n, _(day)) for n, day in enumerate(WEEKDAYS)]
        self.days.choices = [(n, _(label)) for n, label in ENDS_ON.items()]
        self.every_weeks.choices = [(n, _(label)) for n, label in RHYTHMS.items()]
        if self.valid_from.data is None and not self.valid_from.raw_data:
            self.valid_from.data = clock.local(clock.now()).date()

    def validate_weekdays(self, field: Field) -> None:
        """At least one."""
        if not field.data or set(field.data) - set(range(7)):
            raise ValidationError(_("Vælg mindst én ugedag."))

    def validate_days(self, field: Field) -> None:
        """The end comes after the beginning, and a shift lasts a week at most."""
        if field.data not in ENDS_ON:
            raise ValidationError(_("Vælg, hvornår vagten slutter."))
        starts, ends = self.starts.data, self.ends.data
        if isinstance(starts, time) and isinstance(ends, time):
            if field.data == 0 and ends <= starts:
                raise ValidationError(_("Vagten slutter, før den begynder. Vælg »dagen efter«."))
            if field.data == 7 and ends > starts:
                raise ValidationError(_("En vagt er højst en uge."))

    def validate_every_weeks(self, field: Field) -> None:
        """A rhythm that there is."""
        if field.data not in RHYTHMS:
            raise ValidationError(_("Vælg, hvor tit vagten kommer igen."))

    def validate_valid_until(self, field: Field) -> None:
        """Not before the first time."""
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError(_("Den sidste dag ligger før den første."))

    @property
    def hours(self) -> Hours:
        """What was typed, once it is valid."""
        starts, ends, since = self.starts.data, self.ends.data, self.valid_from.data
        assert starts is not None and ends is not None and since, "valid"
        return Hours(starts, ends, self.days.data, since, self.valid_until.data, self.every_weeks.data)


class SingleForm(ShiftForm):
    """One shift."""

    from_day = _date(N_("Fra dato"), required=N_("Skriv en dato, fx 22.11.2026."))
    from_time = _time(N_("Fra kl."))
    to_day = _date(N_("Til dato"), required=N_("Skriv en dato, fx 22.11.2026."))
    to_time = _time(N_("Til kl."))
    instead = BooleanField(
        lazy("I stedet for den faste vagt"), default=True,
        description=lazy("Uden flueben står vagten ved siden af den faste, og begge tilkaldes."),
    )  # fmt: skip

    def validate_to_time(self, _field: Field) -> None:
        """After the beginning, not over, and of a length that a person can stand."""
        if not self._is_read():
            return
        if self.ends_at <= self.starts_at:
            raise ValidationError(_("Vagten slutter, før den begynder."))
        if self.ends_at <= clock.now():
            raise ValidationError(_("Vagten er allerede slut."))
        if self.ends_at - self.starts_at > LONGEST:
            raise ValidationError(_("En enkelt vagt er højst en måned. Lav flere."))
        if self.starts_at > clock.now() + FURTHEST:
            raise ValidationError(_("Vagten ligger mere end to år ude i fremtiden."))

    def _is_read(self) -> bool:
        return all(f.data is not None for f in (self.from_day, self.from_time, self.to_day, self.to_time))

    @property
    def starts_at(self) -> datetime:
        return _moment(self.from_day, self.from_time)

    @property
    def ends_at(self) -> datetime:
        return _moment(self.to_day, self.to_time)


def _moment(day: DateField, clock_time: TimeField) -> datetime:
    assert day.data is not None and clock_time.data is not None, "asked for before both were read"
    return instant(datetime.combine(day.data, clock_time.data))
