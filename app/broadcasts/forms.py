"""A text with its receivers, when it leaves, and the words that release, return, cancel."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from wtforms import BooleanField, Field
from wtforms.validators import InputRequired, ValidationError

from app.broadcasts.night import is_night, next_seven
from app.broadcasts.states import How, Phase
from app.direction.word_form import PoliceWordForm
from app.incidents.fields import DanishMoment
from app.incidents.forms import BE_CAREFUL, IncidentForm, long_text, radio, select, short_text, ticks
from app.lib import clock
from app.lib.i18n import N_, _, lazy
from app.plans.vocabulary import AudienceKey

PHASES = {
    Phase.FIRST: N_("Første besked"), Phase.UPDATE: N_("Opdatering"),
}  # fmt: skip
SOON = {15: N_("Om 15 minutter"), 30: N_("Om en halv time"), 60: N_("Om en time"), 120: N_("Om to timer")}
LATEST = timedelta(days=7)
LONGEST = 900


class When(StrEnum):
    """When it leaves, once released."""

    NOW = "now"
    SEVEN = "seven"
    AT = "at"


class TextForm(IncidentForm):
    """What, to whom, where."""

    phase = radio(N_("Hvad er det for en besked?"), N_("Vælg, hvad det er for en besked."), PHASES)
    audiences = ticks(N_("Hvem skal have den?"))
    places = ticks(N_("Kun disse steder"), hint=N_("Lad alle stå tomme, hvis hele området skal have den."))
    entrances = ticks(N_("Kun disse opgange"), hint=N_("Kun de valgte opgange får den, også når afdelingen er valgt."))
    named = ticks(N_("Kun disse i målgruppen"), hint=N_("Vælger du nogen i en målgruppe, får kun de valgte i den."))
    is_enough = BooleanField(
        lazy("De andre i målgruppen skal ikke have besked om det her"),
        description=lazy("Kun når du har valgt steder, opgange eller bestemte. Ellers mangler de andre stadig."),
    )  # fmt: skip
    is_public = BooleanField(
        lazy("Vis den også på infoskærmene og områdets offentlige side"),
        description=lazy("Kun når alle beboere skal have den: alle kan læse siden, også politi og presse."),
    )  # fmt: skip
    text = long_text(
        N_("Tekst"), required=N_("Skriv teksten."), max_length=LONGEST,
        hint=N_("Kort og roligt. Forslaget kommer fra det fælles budskab. Skriv ikke navne på dem, det handler om."),
    )  # fmt: skip

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.audiences.flags.required = True

    def validate_audiences(self, field: Field) -> None:
        """Somebody must get it."""
        if not field.data:
            raise ValidationError(_("Vælg mindst én målgruppe."))

    def validate_named(self, field: Field) -> None:
        """Somebody picked out of an audience that is not ticked: did they mean it or not?"""
        labels = {str(value): label for value, label, *_more in self.audiences.iter_choices()}
        missing = {key.partition(":")[0] for key in field.data or ()} - set(self.audiences.data or ())
        for key in sorted(missing & set(labels)):
            text = _("Du har valgt nogen i %(who)s. Sæt også kryds ved målgruppen, eller fjern dem.", who=labels[key])
            raise ValidationError(text)

    def validate_is_public(self, field: Field) -> None:
        """It is for everybody, or it does not stand there."""
        residents = AudienceKey.RESIDENTS
        if not field.data:
            return
        if residents not in (self.audiences.data or ()):
            raise ValidationError(_("Alle kan læse den offentlige side. Sæt også kryds ved beboere."))
        picked = [key for key in self.named.data or () if key.startswith(f"{residents}:")]
        if self.places.data or self.entrances.data or picked:
            raise ValidationError(_("Alle kan læse den offentlige side. Fjern de valgte steder og opgange."))

    def keep_receivers(self) -> None:
        """Only the words are asked for: who gets it follows from who got something before."""
        del self.phase, self.audiences, self.places, self.entrances, self.named, self.is_enough, self.is_public


class ReadyForm(IncidentForm):
    """The last question before somebody else reads it: when?"""

    when = radio(N_("Hvornår skal den sendes?"), N_("Vælg, hvornår den skal sendes: nu eller kl. 7?"))
    at = DanishMoment(
        label=lazy("Tidspunkt"), description=lazy("Kun når du har valgt et tidspunkt. Det tjekkes igen inden da.")
    )

    def ask_when(self) -> None:
        """At night both choices are asked for, and none is made beforehand."""
        night = is_night(clock.now())
        choices = {When.NOW: _("Så snart den er frigivet")}
        if night:
            choices[When.SEVEN] = _("Kl. 7")
        self.when.choices = [*choices.items(), (When.AT, _("På et tidspunkt"))]
        if not night and not self.when.data:
            self.when.data = When.NOW.value

    def validate_at(self, field: Any) -> None:
        """A time to come, when one was chosen."""
        if self.when.data != When.AT:
            return
        now = clock.now()
        if field.data is None:
            raise ValidationError(_("Skriv, hvornår den skal sendes."))
        if not now < field.data < now + LATEST:
            raise ValidationError(_("Vælg et tidspunkt inden for de næste syv dage."))

    @property
    def planned_at(self) -> datetime | None:
        """None: at once."""
        if self.when.data == When.SEVEN:
            return next_seven(clock.now())
        return self.at.data if self.when.data == When.AT else None


class ReleaseForm(PoliceWordForm):
    """The police's word where it is theirs to give; at night, when it leaves."""

    when = radio(N_("Det er nat. Hvornår skal den sendes?"), N_("Vælg, hvornår den skal sendes: nu eller kl. 7?"))
    read_aloud = BooleanField(
        lazy("Jeg har læst hele teksten op for politiet, og de sagde ja"),
        [InputRequired(lazy("Læs teksten op for politiet først."))],
    )

    def ask_when(self, planned_at: datetime | None) -> None:
        """Only at night, and only where its author has not said a time to come; nothing is chosen beforehand."""
        now = clock.now()
        if is_night(now) and (planned_at is None or planned_at <= now):
            self.when.choices = [(When.NOW, _("Nu. Den vækker folk")), (When.SEVEN, _("Kl. 7"))]
        else:
            del self.when

    @property
    def planned_at(self) -> datetime | None:
        """The time chosen here; None: as it stands."""
        chosen = self.when.data if "when" in self else None
        return next_seven(clock.now()) if chosen == When.SEVEN else None

    def ask_for_word(self, is_needed: bool) -> None:
        """The reading aloud is the second pair of eyes."""
        super().ask_for_word(is_needed)
        if not is_needed:
            del self.read_aloud


class WhyForm(IncidentForm):
    """Why."""

    reason = long_text(N_("Hvorfor?"), required=N_("Skriv kort hvorfor."), max_length=250, hint=BE_CAREFUL)


class FollowForm(IncidentForm):
    """The words of a correction or an after-message."""

    text = long_text(
        N_("Tekst"), required=N_("Skriv teksten."), max_length=LONGEST,
        hint=N_("Kort og roligt. Skriv ikke navne på dem, det handler om."),
    )  # fmt: skip


class WithdrawForm(IncidentForm):
    """When they hear again."""

    minutes = radio(N_("Hvornår kommer en ny besked?"), N_("Vælg, hvornår de hører nyt."), SOON)


class BriefingForm(IncidentForm):
    """The three things that the boligsociale bestyrelse is told."""

    situation = long_text(N_("Situationen"), required=N_("Skriv kort, hvordan situationen er."), max_length=1000)
    consequences = long_text(
        N_("Mulige konsekvenser"), required=N_("Skriv, hvad den kan føre til."), max_length=1000
    )
    measures = long_text(N_("Mulige tiltag"), required=N_("Skriv, hvad der kan gøres."), max_length=1000)


class PressForm(IncidentForm):
    """An enquiry of the press and what became of it."""

    outlet = short_text(N_("Medie"), required=N_("Skriv, hvilket medie det er."), max_length=120)
    enquiry = long_text(
        N_("Hvad spurgte de om?"), required=N_("Skriv, hvad de spurgte om."), max_length=500, hint=BE_CAREFUL
    )
    answer = long_text(N_("Hvad svarede I?"), max_length=1000)
    printed = long_text(N_("Hvad bragte de?"), max_length=500)
    correction = long_text(N_("Har I bedt om en rettelse? Hvilken?"), max_length=500)


class FreeForm(PoliceWordForm):
    """Which audiences."""

    audiences = ticks(N_("Hvilke målgrupper?"))

    def validate_audiences(self, field: Field) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(_("Vælg mindst én målgruppe."))


TOLD = {
    How.DOOR: N_("Ved døren"), How.POSTER: N_("Opslag"), How.MEETING: N_("Møde"), How.OTHER: N_("På en anden måde"),
    How.NOT_RELEVANT: N_("Ikke relevant: de skal ikke have besked"),
}  # fmt: skip


class ToldForm(IncidentForm):
    """How the whole audience heard it, or why it need not."""

    how = radio(N_("Hvordan fik de besked?"), N_("Vælg, hvordan de fik besked."), TOLD)
    note = short_text(N_("Bemærkning"), hint=BE_CAREFUL)

    def validate_note(self, field: Field) -> None:
        """Needed where nobody is told, and where it was done otherwise."""
        if self.how.data in (How.NOT_RELEVANT, How.OTHER) and not field.data:
            raise ValidationError(_("Skriv kort hvordan eller hvorfor."))


class EngageForm(PoliceWordForm):
    """Who said yes to do what."""

    contact = select(N_("Hvem?"), N_("Vælg, hvem der har sagt ja."))
    task = short_text(
        N_("Hvad har de sagt ja til?"), required=N_("Skriv, hvad de har sagt ja til."),
        hint=N_("Fx: natteravne ved torvet kl. 20-23."),
    )  # fmt: skip
    keep_away = short_text(N_("Hvor må de ikke gå hen?"), hint=N_("Spørg politiet i en politisag."))

    def validate_keep_away(self, field: Field) -> None:
        """The police's yes comes with where nobody must go."""
        if self.needs_police and not field.data:
            raise ValidationError(_("Skriv, hvor de ikke må gå hen. Er hele området fri, så skriv det."))
