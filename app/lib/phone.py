"""Phone numbers as Danes type them, kept as E.164."""

import phonenumbers

from app.lib.i18n import N_, Reason


class InvalidNumber(ValueError):
    """The text is no Danish phone number; `reason` says what to do."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.reason = Reason(N_("%(typed)s er ikke et dansk telefonnummer. Skriv 8 cifre, fx 20 12 34 56."), {"typed": typed})


def normalise(typed: str) -> str:
    """`20 12 34 56`, `0045…` or `+45…` as `+4520123456`. Raises InvalidNumber for all else."""
    try:
        number = phonenumbers.parse(typed, "DK")
    except phonenumbers.NumberParseException:
        raise InvalidNumber(typed) from None
    if number.country_code != 45 or not phonenumbers.is_valid_number(number):
        raise InvalidNumber(typed)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spaced(number: str) -> str:
    """`+4520123456` as it is read aloud: `20 12 34 56`."""
    digits = number.removeprefix("+45")
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))
