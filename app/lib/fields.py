"""A field that every form may want and that knows nothing of the subject."""

from typing import Any

from wtforms import TelField


class PhoneField(TelField):
    """A number that is kept as E.164; a form that comes back shows it as it was typed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.type = "TelField"  # what the field macro goes by

    def _value(self) -> str:
        return " ".join(self.raw_data) if self.raw_data else self.data or ""
