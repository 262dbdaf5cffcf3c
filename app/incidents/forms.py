"""What every form of an incident has: a once-only key, a digest of what was shown, and free text without CPR numbers."""

import secrets
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.lib import personal_data
from app.lib.i18n import _, lazy

ONCE_LENGTH = 60


class IncidentForm(FlaskForm):
    """Parent of all forms that change an incident. `needs_word` is true once a text was refused as a CPR number."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[InputRequired(), Length(max=ONCE_LENGTH)])
    digest = HiddenField()
    not_cpr = BooleanField(lazy("Det er ikke et CPR-nummer"))

    @property
    def needs_word(self) -> bool:
        """Show the tick "Det er ikke et CPR-nummer"."""
        refusals = {_(text) for text in personal_data.MESSAGES.values()}
        return bool(self.not_cpr.data) or any(str(e) in refusals for errors in self.errors.values() for e in errors)

    @property
    def shown(self) -> list[Field]:
        """The fields a person fills in, in order."""
        return [f for f in self if not isinstance(f, HiddenField) and f.name not in ("not_cpr", "csrf_token")]


def no_cpr(form: Any, field: Field) -> None:
    """Refuses what looks like a CPR number, unless the writer says that it is none."""
    refusal = personal_data.refusal(field.data or "")
    if refusal and not form.not_cpr.data:
        raise ValidationError(_(refusal))


def short_text(label: str, *, required: str = "", max_length: int = 200, hint: str = "") -> StringField:
    """One line. `required` is the sentence shown when it is empty; without it the field may be empty."""
    return StringField(lazy(label), validators=_text_rules(required, max_length), filters=[_stripped], description=hint and lazy(hint))


def long_text(label: str, *, required: str = "", max_length: int = 2000, hint: str = "") -> TextAreaField:
    """Several lines."""
    return TextAreaField(lazy(label), validators=_text_rules(required, max_length), filters=[_stripped], description=hint and lazy(hint))


def _text_rules(required: str, max_length: int) -> list[Any]:
    need: list[Any] = [InputRequired(lazy(required))] if required else [Optional()]
    too_long = lazy("Teksten er for lang: højst %(max)d tegn. Gør den kortere.")
    return [*need, Length(max=max_length, message=too_long), no_cpr]


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
