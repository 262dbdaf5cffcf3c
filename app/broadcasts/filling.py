"""What stands in {braces} in a text, as fields: each must be filled before the text goes to somebody else's eyes."""

from collections.abc import Collection, Mapping
from typing import Any

from app.broadcasts.forms import ReadyForm
from app.incidents.forms import short_text
from app.lib.i18n import _
from app.plans.messages import filled

LONGEST = 200


class FillingForm(ReadyForm):
    """`Er du klar?` with one field for each open placeholder, above the question of when."""

    names: Mapping[str, str] = {}  # placeholders by the name of their field

    @property
    def shown(self) -> list[Any]:
        """The text first, then when it leaves."""
        return [self[name] for name in self.names] + [f for f in super().shown if f.name not in self.names]

    def filled(self, text: str) -> str:
        """The text with what was typed."""
        return filled(text, {said: self[name].data or "" for name, said in self.names.items()})


def filling_form(placeholders: Collection[str]) -> FillingForm:
    """A form that asks for these; a field left empty is refused there, by its own name."""
    names = {f"fill_{n}": said for n, said in enumerate(placeholders)}
    fields = {
        name: short_text(
            _("Hvad skal der stå i stedet for {%(what)s}?", what=said), max_length=LONGEST,
            required=_("Udfyld {%(what)s}. Beskeden kan ikke sendes til frigivelse, før det er gjort.", what=said),
        )
        for name, said in names.items()
    }  # fmt: skip
    return type("FillingForm", (FillingForm,), {"names": names, **fields})()  # type: ignore[no-any-return]
