"""Forms of accounts: Danish messages by the field."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length, ValidationError

from app.accounts import password_rules
from app.accounts.models import User
from app.accounts.passwords import MAX_LENGTH
from app.lib.i18n import _, lazy

TOO_LONG = lazy("Det er for langt.")


class SignInForm(FlaskForm):
    """Mail and password; `kept` is a form that waits for the person, `next` a page."""

    email = EmailField(lazy("Mail"), [InputRequired(lazy("Skriv din mail.")), Length(max=254, message=TOO_LONG)])
    password = PasswordField(
        lazy("Kodeord"), [InputRequired(lazy("Skriv dit kodeord.")), Length(max=MAX_LENGTH, message=TOO_LONG)]
    )
    remember_phone = BooleanField(lazy("Husk denne telefon i 30 dage (til aktivering og kvittering)"))
    next = HiddenField()
    kept = HiddenField()


class NewPasswordForm(FlaskForm):
    """A new password, for the person that the form is made for."""

    new_password = PasswordField(lazy("Nyt kodeord"), [InputRequired(lazy("Skriv et nyt kodeord."))])

    def __init__(self, user: User, **options: Any) -> None:
        super().__init__(**options)
        self.user = user

    def validate_new_password(self, field: PasswordField) -> None:
        """Long, not common, not the own name."""
        fault = password_rules.fault(field.data or "", self.user.name, self.user.email)
        if fault:
            raise ValidationError(_(fault.text, **fault.params))


class ChangePasswordForm(NewPasswordForm):
    """The present password is asked for too: the screen may have been left open."""

    old_password = PasswordField(
        lazy("Nuværende kodeord"),
        [InputRequired(lazy("Skriv dit nuværende kodeord.")), Length(max=MAX_LENGTH, message=TOO_LONG)],
    )
