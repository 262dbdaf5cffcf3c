"""What people type of instructions and of the agreed plan."""

from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from app.direction.models import AGREED_HOW, AgreedHow
from app.direction.rules import PARTS
from app.direction.word_form import PoliceWordForm
from app.incidents.fields import DanishMoment
from app.incidents.forms import BE_CAREFUL, IncidentForm, long_text, radio, select, short_text, ticks
from app.lib import clock
from app.lib.i18n import N_, _, lazy


class InstructionForm(PoliceWordForm):
    """What, and to whom. Everybody ticked means all parties, also those that join later."""

    text = long_text(
        N_("Hvad siger politiet, at parterne skal gøre?"), required=N_("Skriv anvisningen."), max_length=400,
        hint=BE_CAREFUL,
    )  # fmt: skip
    actors = ticks(N_("Hvem gælder den for?"), hint=N_("Alle er valgt. Fjern dem, den ikke gælder for."))

    def validate_actors(self, field: Field) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(_("Vælg mindst én part."))


class WithdrawalForm(PoliceWordForm):
    """Why nobody needs to follow it any more."""

    why = short_text(N_("Hvorfor gælder den ikke mere?"), required=N_("Skriv kort hvorfor."), hint=BE_CAREFUL)


class DeviationForm(IncidentForm):
    """What the party does instead, and why."""

    reason = long_text(
        N_("Hvad gør I i stedet, og hvorfor?"), required=N_("Skriv, hvad I gør i stedet, og hvorfor."),
        max_length=400, hint=BE_CAREFUL,
    )  # fmt: skip


class LineForm(IncidentForm):
    """One thing agreed."""

    part = radio(N_("Hvilken del af planen?"), N_("Vælg, hvilken del det hører til."), PARTS)
    text = long_text(N_("Hvad aftaler I?"), required=N_("Skriv, hvad I aftaler."), max_length=300, hint=BE_CAREFUL)
    actor = select(N_("Hvem gør det?"), N_("Vælg, hvem der gør det."), hint=N_("Parten får det som opgave."))
    due_at = DanishMoment(label=lazy("Senest hvornår?"))

    known_due: Any = None

    def validate_due_at(self, field: Field) -> None:
        """A deadline that is set now lies ahead."""
        if field.data and field.data != self.known_due and field.data < clock.now():
            raise ValidationError(_("Tidspunktet er passeret. Vælg et senere."))


class RemovalForm(IncidentForm):
    """Why the line is taken out."""

    why = short_text(N_("Hvorfor tages det ud?"), required=N_("Skriv kort hvorfor."), hint=BE_CAREFUL)


class DisagreementForm(IncidentForm):
    """What the party does not agree with."""

    reason = long_text(
        N_("Hvad er I uenige i?"), required=N_("Skriv, hvad I er uenige i, og hvad I vil i stedet."), max_length=400,
        hint=BE_CAREFUL,
    )  # fmt: skip


STANDS = {"yes": N_("Enig"), "no": N_("Uenig")}
HOW = {how: label.capitalize() for how, label in AGREED_HOW.items() if how is not AgreedHow.APP}


class RecordedStanceForm(IncidentForm):
    """What another party said by phone or mail."""

    actor = select(N_("Hvilken part?"), N_("Vælg parten."))
    agrees = radio(N_("Hvad sagde de?"), N_("Vælg, om de er enige."), STANDS)
    how = radio(N_("Hvordan sagde de det?"), N_("Vælg, hvordan de sagde det."), HOW)
    said_by = short_text(
        N_("Hvem hos dem sagde det?"), required=N_("Skriv, hvem der sagde det."), max_length=120,
        hint=N_("Navn eller funktion."),
    )  # fmt: skip
    reason = long_text(N_("Hvad er de uenige i?"), max_length=400, hint=BE_CAREFUL)

    def validate_reason(self, field: Field) -> None:
        """Needed when they disagree."""
        if self.agrees.data == "no" and not field.data:
            raise ValidationError(_("Skriv, hvad de er uenige i."))
