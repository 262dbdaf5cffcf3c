"""Who may activate, the parties and their contacts, and how fast they are called."""

from dataclasses import replace
from typing import Any

from wtforms import BooleanField, Field
from wtforms.validators import ValidationError

from app.incidents.forms import long_text, select, short_text, ticks
from app.lib.i18n import N_, _, lazy
from app.measures.places import DanishNumber
from app.planning.forms.base import EntryForm, offered, ticked
from app.planning.rules.entries import Entry, Glimpse, put, with_actors
from app.plans.document import Activation, CallOutChain, ContactFunction, PartyLine, PlanDocument
from app.plans.places import Kind
from app.plans.vocabulary import POLICE, Track


class ActivationForm(EntryForm):
    """Who may activate on a track, and when they should. A politisag is activated by the police alone."""

    kind = Kind.ACTIVATION
    activators = ticks(N_("Hvem må aktivere"), hint=N_("De behøver ikke at være part."))
    when = long_text(N_("Hvornår aktiverer de"), required=N_("Skriv, hvornår der skal aktiveres."), max_length=1000)

    def offer(self, plan: PlanDocument) -> None:
        if self.key == Track.POLICE:
            del self.activators
            return
        named = {a.key: plan.called_first(a.key) for a in plan.actors if a.key != POLICE}
        named |= {a.key: a.name for a in self.area.actors if not a.is_police and a.key not in named}
        offered(self.activators, list(named.items()))
        self.activators.flags.required = True

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        track = Track(self.key or Track.NON_POLICE)
        if track is Track.POLICE:
            return Activation(track, (POLICE,), self.when.data or "")
        return Activation(track, tuple(ticked(self.activators)), self.when.data or "")

    def apply(self, plan: PlanDocument) -> tuple[PlanDocument, Entry]:
        entry = self.made(plan, None)
        names = [(actor.key, actor.name) for actor in self.area.actors if actor.key in entry.activators]
        return put(with_actors(plan, names), self.kind, "", self.key, entry), entry


class GlimpseForm(EntryForm):
    """Whether activators outside a politisag may know that it runs."""

    kind = Kind.GLIMPSE
    hides_glimpse = BooleanField(
        lazy("Skjul politisager for aktører, der ikke er part"),
        description=lazy("Ellers ser de type, sted og lederens nummer, så den samme hændelse ikke aktiveres to gange."),
    )  # fmt: skip

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        return Glimpse(bool(self.hides_glimpse.data))


class PartyForm(EntryForm):
    """A party's line. Functions only: people and numbers are in the contact list."""

    kind = Kind.PARTY
    actor = select(N_("Hvem"), N_("Vælg en aktør."))
    name = short_text(N_("Navn"), required=N_("Skriv partens navn."), max_length=120)
    called = short_text(
        N_("Sådan nævnes de midt i en sætning"), required=N_("Skriv, hvad de kaldes."), max_length=80,
        hint=N_("Fx: ungdomsklubben."),
    )  # fmt: skip
    note = long_text(N_("Note"), max_length=300)

    def offer(self, plan: PlanDocument) -> None:
        if self.key:
            del self.actor
            return
        free = [(actor.key, actor.name) for actor in self.area.actors if actor.key not in plan.party_keys]
        self.actor.choices = [("", _("Vælg")), *free]

    def validate_actor(self, field: Field) -> None:
        """One of the area's that is no party yet."""
        if not field.data:
            raise ValidationError(_("Vælg en aktør. Mangler den, så skal administratoren oprette den."))

    def typed(self, plan: PlanDocument, entry: Entry) -> dict[str, Any]:
        return {"name": entry.name, "note": entry.note, "called": plan.called(entry.actor_key)}

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        contacts = entry.contacts if entry else ()
        return PartyLine(self.key or self.actor.data, self.name.data or "", contacts, self.note.data or "")

    def apply(self, plan: PlanDocument) -> tuple[PlanDocument, Entry]:
        plan, entry = super().apply(plan)
        called = self.called.data or entry.name
        plan = with_actors(plan, [(entry.actor_key, called)])
        actors = tuple(replace(a, called=called) if a.key == entry.actor_key else a for a in plan.actors)
        return replace(plan, actors=actors), entry


class ContactForm(EntryForm):
    """One contact of a party's line. A missing deputy is said beside the draft, and hinders nobody from saving."""

    kind = Kind.CONTACT
    unit = short_text(N_("Enhed"), required=N_("Skriv enheden, fx Opsøgende team."), max_length=80)
    first = short_text(N_("Første kontakt"), max_length=120, hint=N_("Funktion, ikke navn. Fx: SSP-konsulenten."))
    deputy = short_text(N_("Stedfortræder"), max_length=120, hint=N_("Funktion, ikke navn."))

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        return ContactFunction(self.unit.data or "", self.first.data or "", self.deputy.data or "")


class ChainForm(EntryForm):
    """When each step of a round is taken."""

    kind = Kind.CHAIN
    on_duty_after_minutes = DanishNumber(N_("Vagthavende efter (minutter)"), most=60)
    deputy_after_minutes = DanishNumber(N_("Stedfortræder efter (minutter)"), most=120)
    all_after_minutes = DanishNumber(N_("Alle efter (minutter)"), most=240)
    voice_after_seconds = DanishNumber(
        N_("Opkald efter sms uden svar (sekunder)"), most=900, least=15,
        description=lazy("Maskinen ringer, når en sms ikke er besvaret i så lang tid."),
    )  # fmt: skip

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        return CallOutChain(
            self.on_duty_after_minutes.data or 0, self.deputy_after_minutes.data or 0, self.all_after_minutes.data or 0,
            self.voice_after_seconds.data or 0,
        )  # fmt: skip
