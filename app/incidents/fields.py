"""Fields that speak Danish: free text without CPR numbers, choices, moments on Danish clocks, phone numbers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wtforms import (
    DateTimeLocalField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.lib import clock, personal_data, phone
from app.lib.fields import PhoneField
from app.lib.i18n import _, lazy
from app.logbook.operations import CLOCK_DRIFT

LINTED = {"data-lint": ""}  # free text: lint.js looks while it is typed
MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H.%M", "%d.%m.%Y kl. %H.%M"]


def short_text(label: str, *, required: str = "", max_length: int = 200, hint: str = "") -> StringField:
    """One line. `required` is the sentence shown when it is empty; without it the field may be empty."""
    rules = _text_rules(required, max_length)
    return StringField(lazy(label), rules, filters=[_stripped], description=_said(hint), render_kw=LINTED)


def long_text(label: str, *, required: str = "", max_length: int = 2000, hint: str = "") -> TextAreaField:
    """Several lines."""
    rules = _text_rules(required, max_length)
    return TextAreaField(lazy(label), rules, filters=[_stripped], description=_said(hint), render_kw=LINTED)


def select(label: str, missing: str, choices: Mapping[Any, str] | None = None, *, hint: str = "") -> SelectField:
    """One of many. `choices` as {value: Danish label}, or set by the view; `missing` is said when none was chosen."""
    return DanishSelect(lazy(label), choices=_pairs(choices), missing=lazy(missing), description=_said(hint))


def radio(label: str, missing: str, choices: Mapping[Any, str] | None = None, *, hint: str = "") -> RadioField:
    """One of few, all of them shown."""
    return DanishRadio(lazy(label), choices=_pairs(choices), missing=lazy(missing), description=_said(hint))


def ticks(label: str, *, hint: str = "") -> SelectMultipleField:
    """Any of some; the view sets the choices."""
    return DanishTicks(lazy(label), choices=[], description=_said(hint))


def moment(label: str, *, required: str = "", hint: str = "") -> DateTimeLocalField:
    """A date and a time that have been, as Danish clocks show them; `data` is aware, in UTC."""
    need = [InputRequired(lazy(required))] if required else []
    return DanishMoment(label=lazy(label), validators=[*need, _has_been], description=_said(hint))


def phone_number(label: str, *, required: str = "", hint: str = "") -> PhoneField:
    """A Danish number; `data` is E.164."""
    return PhoneField(lazy(label), [*_need(required), _a_number], filters=[_stripped], description=_said(hint))


def no_cpr(form: Any, field: Field) -> None:
    """Refuses what looks like a CPR number, unless the writer says that it is none."""
    refusal = personal_data.refusal(field.data or "")
    if refusal and not form.not_cpr.data:
        raise ValidationError(_(refusal))


class _Choice:
    """Says in Danish what is missing; `type` is what the field macro goes by."""

    shown_as = ""

    def __init__(self, *args: Any, missing: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type, self.missing = self.shown_as, missing

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except ValidationError:
            raise ValidationError(str(self.missing) or _("Vælg en af mulighederne.")) from None


class DanishSelect(_Choice, SelectField):
    """A list to choose from."""

    shown_as = "SelectField"


class DanishRadio(_Choice, RadioField):
    """Few choices, all shown; one of them must be taken."""

    shown_as = "RadioField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flags.required = True


class DanishTicks(_Choice, SelectMultipleField):
    """Boxes to tick."""

    shown_as = "SelectMultipleField"


class DanishMoment(DateTimeLocalField):
    """A local date and time, kept as a moment; what could not be read stays as it was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format=MOMENT_FORMATS, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = " ".join(valuelist).strip()
        if not typed:
            return
        try:
            super().process_formdata([typed])
        except ValueError:
            raise ValueError(_("Skriv dato og klokkeslæt, fx 22.11.2026 23.40.")) from None
        self.data = clock.from_local(self.data) if isinstance(self.data, datetime) else None

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return f"{clock.local(self.data):%Y-%m-%dT%H:%M}" if self.data else ""


def _a_number(_form: Any, field: Field) -> None:
    try:
        field.data = phone.normalise(field.data) if field.data else None
    except phone.InvalidNumber as invalid:
        raise ValidationError(str(invalid.reason)) from None


def _has_been(_form: Any, field: Field) -> None:
    # A phone whose clock is a little fast is not "in the future".
    if field.data and field.data > clock.now() + CLOCK_DRIFT:
        raise ValidationError(_("Tidspunktet ligger i fremtiden. Ret det, og prøv igen."))


def _pairs(choices: Mapping[Any, str] | None) -> list[tuple[str, Any]]:
    return [(str(value), lazy(label)) for value, label in (choices or {}).items()]


def _need(required: str) -> list[Any]:
    # No Optional(): it would keep a form's own validate_<field> from looking at an empty field.
    return [DataRequired(lazy(required))] if required else []


def _text_rules(required: str, max_length: int) -> list[Any]:
    too_long = lazy("Teksten er for lang: højst %(max)d tegn. Gør den kortere.")
    return [*_need(required), Length(max=max_length, message=too_long), no_cpr]


def _said(hint: str) -> Any:
    return lazy(hint) if hint else ""


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
