"""A translation, and who vouches for it."""

from app.broadcasts.forms import LONGEST
from app.incidents.forms import IncidentForm, long_text, short_text
from app.lib.i18n import N_
from app.lib.languages import Language, direction


class TranslationForm(IncidentForm):
    """The text in another language."""

    text = long_text(
        N_("Oversættelsen"), required=N_("Skriv oversættelsen."), max_length=LONGEST,
        hint=N_("Det samme som den danske tekst, hverken mere eller mindre."),
    )  # fmt: skip

    def write_in(self, language: Language) -> None:
        """The field is read and typed as the language is."""
        self.text.render_kw = {"lang": language.value, "dir": direction(language)}


class ApprovalForm(IncidentForm):
    """A name, since somebody must be asked if it turns out to be wrong."""

    approver = short_text(
        N_("Hvem godkender oversættelsen?"), required=N_("Skriv navnet på den, der godkender."), max_length=120,
        hint=N_("Navn og funktion på en, der kan sproget og har læst begge tekster."),
    )  # fmt: skip
