"""Phone numbers as Danes type them, kept as E.164."""

import re

import phonenumbers

from app.lib.i18n import N_, Reason

# Lenient on purpose: the library's table of series in use lags behind new ones.
_DANISH = re.compile(r"\+45[2-9]\d{7}")


class InvalidNumber(ValueError):
    """The text is no Danish phone number; `reason` says what to do."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        text = N_("%(typed)s er ikke et dansk telefonnummer. Skriv 8 cifre, fx 20 12 34 56.")
        self.reason = Reason(text, {"typed": typed})


def normalise(typed: str) -> str:
    """`20 12 34 56`, `0045…` or `+45…` as `+4520123456`. Raises InvalidNumber for all else."""
    try:
        number = phonenumbers.parse(typed, "DK")
    except phonenumbers.NumberParseException:
        raise InvalidNumber(typed) from None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not _DANISH.fullmatch(e164):
        raise InvalidNumber(typed)
    return e164


def spaced(number: str) -> str:
    """`+4520123456` as it is read aloud: `20 12 34 56`."""
    digits = number.removeprefix("+45")
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))
