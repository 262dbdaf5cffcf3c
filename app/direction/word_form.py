"""What the police said by phone and somebody else records: who of them, how it was heard, when."""

from typing import Any

from wtforms.validators import ValidationError

from app.direction.models import HeardBy
from app.direction.police_word import PoliceSaid
from app.incidents.forms import IncidentForm, moment, radio, short_text
from app.lib import clock
from app.lib.i18n import N_, _

HEARD = {
    HeardBy.PHONE: N_("Telefon"), HeardBy.RADIO: N_("Radio"), HeardBy.IN_PERSON: N_("Personligt"),
    HeardBy.MAIL: N_("Mail"),
}  # fmt: skip


class PoliceWordForm(IncidentForm):
    """Parent of forms whose act belongs to the police and may be recorded for them. Its fields come first."""

    said_by = short_text(
        N_("Hvem i politiet sagde det?"), max_length=120, hint=N_("Navn eller funktion, fx vagtchefen.")
    )
    heard_by = radio(N_("Hvordan sagde de det?"), N_("Vælg, hvordan de sagde det."), HEARD)
    said_at = moment(N_("Hvornår sagde de det?"), hint=N_("Lad feltet stå, hvis det var nu."))

    def ask_for_word(self, is_needed: bool) -> None:
        """Keep the three fields, or drop them where the reader speaks for the leader anyway."""
        self.needs_police = is_needed
        if not is_needed:
            del self.said_by, self.heard_by, self.said_at
            return
        self.said_by.flags.required = True  # for the eye: without it the label would say that it can be left out
        self.heard_by.data = self.heard_by.data or HeardBy.PHONE.value

    def validate_said_by(self, field: Any) -> None:
        """Needed where the three fields are shown at all."""
        if not field.data:
            raise ValidationError(_("Skriv, hvem i politiet der sagde det."))

    def validate_said_at(self, field: Any) -> None:
        """Not in the future."""
        if field.data and field.data > clock.now():
            raise ValidationError(_("Tidspunktet ligger i fremtiden. Ret det, og prøv igen."))

    @property
    def police_said(self) -> PoliceSaid | None:
        """What was heard; None where nothing had to be."""
        if not self.needs_police:
            return None
        return PoliceSaid(self.said_by.data or "", HeardBy(self.heard_by.data), self.said_at.data or clock.now())

    @property
    def on_behalf_of(self) -> str | None:
        """The same as the log says it."""
        said = self.police_said
        return said.in_the_log if said else None
