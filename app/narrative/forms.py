"""Facts, and versions of report and message, as people type them."""

from wtforms import BooleanField, SubmitField

from app.incidents.forms import IncidentForm, long_text, radio, short_text
from app.incidents.next_update import MINUTES
from app.lib.i18n import N_, lazy
from app.narrative.models import FactStatus

STATUS_CHOICES = {
    FactStatus.CONFIRMED: N_("Bekræftet"), FactStatus.UNCONFIRMED: N_("Ubekræftet"),
    FactStatus.REFUTED: N_("Afkræftet: det passer ikke"),
}  # fmt: skip


class FactForm(IncidentForm):
    """A statement, how sure we are, who says so, and whether it may stand in the shared message."""

    text = long_text(
        N_("Hvad har vi hørt?"), required=N_("Skriv oplysningen."), max_length=500,
        hint=N_("Én sætning, der kan be- eller afkræftes. Skriv ikke navne på dem, det handler om."),
    )  # fmt: skip
    status = radio(N_("Hvor sikkert er det?"), N_("Vælg, hvor sikkert det er."), STATUS_CHOICES)
    source = short_text(
        N_("Hvem siger det?"), required=N_("Skriv, hvor oplysningen kommer fra."),
        hint=N_("Fx: Politiet, telefon kl. 23.40."),
    )  # fmt: skip
    may_publish = BooleanField(
        lazy("Må offentliggøres"), description=lazy("Så kommer den med i næste version af budskabet.")
    )


class ReportForm(IncidentForm):
    """The next version of the situation report."""

    situation = long_text(N_("Situationen nu"), required=N_("Skriv kort, hvordan situationen er nu."))
    development = long_text(N_("Hvad kan den udvikle sig til?"), max_length=1000)
    measures = long_text(N_("Hvad er sat i gang?"))
    not_to_publish = long_text(
        N_("Må ikke offentliggøres"), max_length=1000,
        hint=N_("Det her læser kun parterne. Det kommer aldrig med i budskabet."),
    )  # fmt: skip
    minutes = radio(
        N_("Hvornår kommer næste opdatering?"), N_("Vælg et tidspunkt."), MINUTES,
        hint=N_("Alle parter ser nedtællingen."),
    )  # fmt: skip


class MessageForm(IncidentForm):
    """The next version of the shared message. *Det ved vi* is not typed: it is the facts that may be published."""

    what_happened = long_text(N_("Hvad er der sket?"), required=N_("Skriv kort, hvad der er sket."), max_length=1000)
    do_not_know = long_text(N_("Det ved vi ikke"), max_length=1000)
    we_do = long_text(N_("Det gør vi"), max_length=1000)
    you_can_do = long_text(N_("Det kan du gøre"), max_length=1000)
    contact = short_text(N_("Kontakt"), max_length=300, hint=N_("Hvem kan man ringe eller gå til, og hvornår?"))
    minutes = radio(N_("Hvornår hører folk nyt?"), N_("Vælg et tidspunkt."), MINUTES)
    preview = SubmitField(lazy("Vis, hvordan det lyder"))

    def validate(self, extra_validators: object = None) -> bool:
        """A look at how it reads shows the form again and saves nothing."""
        return super().validate(extra_validators) and not self.preview.data
