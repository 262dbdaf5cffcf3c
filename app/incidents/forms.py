"""What every form of an incident has: a once-only key, a digest of what was shown, free text without CPR numbers."""

import secrets

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField
from wtforms.validators import InputRequired, Length

from app.incidents.fields import LINTED
from app.incidents.fields import long_text as long_text
from app.incidents.fields import moment as moment
from app.incidents.fields import no_cpr as no_cpr
from app.incidents.fields import phone_number as phone_number
from app.incidents.fields import radio as radio
from app.incidents.fields import select as select
from app.incidents.fields import short_text as short_text
from app.incidents.fields import ticks as ticks
from app.lib import personal_data
from app.lib.i18n import N_, _, lazy

ONCE_LENGTH = 60
# Short, under whatever people write freely.
BE_CAREFUL = N_("Loggen kan blive læst ved aktindsigt. Skriv ikke navne på dem, det handler om.")


def new_once() -> str:
    """A once-only key."""
    return secrets.token_urlsafe(24)


class IncidentForm(FlaskForm):
    """Parent of all forms that change an incident. `needs_word` is true once a text was refused as a CPR number."""

    once = HiddenField(
        default=new_once,
        validators=[InputRequired(lazy("Genindlæs siden, og prøv igen.")), Length(max=ONCE_LENGTH)],
    )
    digest = HiddenField()
    not_cpr = BooleanField(lazy("Det er ikke et CPR-nummer"))
    warned = HiddenField(validators=[Length(max=ONCE_LENGTH)])  # the kinds that lint.js has pointed at in place

    @property
    def needs_word(self) -> bool:
        """Show the tick "Det er ikke et CPR-nummer"."""
        refusals = {_(text) for text in personal_data.MESSAGES.values()}
        return bool(self.not_cpr.data) or any(str(e) in refusals for errors in self.errors.values() for e in errors)

    @property
    def overridden(self) -> list[personal_data.Find]:
        """What looks like a person, a car or a number in the free texts, each kind once."""
        texts = [str(field.data or "") for field in self if (field.render_kw or {}).keys() & LINTED.keys()]
        found = {one.kind for text in texts for one in personal_data.find(text)}
        return [kind for kind in personal_data.Find if kind in found]

    @property
    def shown(self) -> list[Field]:
        """The fields a person fills in, in order."""
        return [f for f in self if not isinstance(f, HiddenField) and f.name not in ("not_cpr", "csrf_token")]
