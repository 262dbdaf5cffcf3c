"""The forms of nul-tolerance. Reports speak of walls and places; free text is without CPR numbers."""

from datetime import datetime
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from app.areas.models import Area
from app.incidents.forms import IncidentForm, long_text, moment, radio, select, short_text
from app.lib import clock
from app.lib.i18n import N_, _
from app.measures.clearing.models import ClearingTarget
from app.measures.clearing.operations import Sighting
from app.measures.clearing.vocabulary import DAMAGE_KIND_LABELS, DamageKind
from app.measures.places import DanishNumber, actor_choices, picked_actor, picked_place, place_choices

ABOUT_PLACES = N_("Skriv om stedet, aldrig om hvem du tror, der har gjort det.")
LONGEST = 720


class ReportForm(IncidentForm):
    """What was seen, where, and who is to remove it."""

    kind = radio(
        N_("Hvad er det?"), N_("Vælg, hvad det er."),
        {key: label[:1].upper() + label[1:] for key, label in DAMAGE_KIND_LABELS.items()},
    )  # fmt: skip
    place = select(N_("Sted"), N_("Vælg et sted på listen."))
    where = short_text(N_("Hvor helt præcist?"), hint=N_("Fx »gavlen mod torvet«."))
    note = long_text(N_("Hvad ser du?"), max_length=1000, hint=ABOUT_PLACES)
    seen_at = moment(N_("Set hvornår"), required=N_("Skriv, hvornår det blev set."), hint=N_("Uret går herfra."))
    responsible = select(N_("Hvem fjerner det?"), N_("Vælg, hvem der fjerner det."))

    def __init__(self, area: Area, target: ClearingTarget | None, **options: Any) -> None:
        usual = target.responsible.public_id if target and target.responsible else ""
        super().__init__(data={"seen_at": clock.now(), "responsible": usual}, **options)
        self.area = area
        self.place.choices = place_choices(area.places)
        self.responsible.choices = actor_choices(area.actors, _("Vælg"))

    def validate_where(self, field: Field) -> None:
        """A place of the list, or words."""
        if not field.data and not self.place.data:
            raise ValidationError(_("Vælg et sted, eller skriv, hvor det er."))

    def validate_responsible(self, field: Field) -> None:
        """Somebody has to."""
        if not field.data:
            raise ValidationError(_("Vælg, hvem der fjerner det."))

    @property
    def sighting(self) -> Sighting:
        """What was typed and tapped."""
        responsible = picked_actor(self.area.actors, self.responsible.data)
        assert responsible is not None and self.seen_at.data is not None  # the form asks for both
        return Sighting(
            DamageKind(self.kind.data), picked_place(self.area.places, self.place.data), self.where.data or "",
            self.note.data or "", self.seen_at.data, responsible,
        )  # fmt: skip


class RemovedForm(IncidentForm):
    """When it was gone."""

    removed_at = moment(N_("Fjernet hvornår"), required=N_("Skriv, hvornår det var væk."))
    words = long_text(N_("Hvad blev gjort?"), max_length=1000, hint=ABOUT_PLACES)

    def __init__(self, seen_at: datetime, **options: Any) -> None:
        super().__init__(data={"removed_at": clock.now()}, **options)
        self.seen = seen_at

    def validate_removed_at(self, field: Field) -> None:
        """Not before it was seen; a field shows whole minutes."""
        if field.data and field.data < self.seen.replace(second=0, microsecond=0):
            raise ValidationError(_("Det kan ikke være fjernet, før det blev set. Ret tidspunktet."))


class DroppedForm(IncidentForm):
    """Why there is nothing to remove."""

    reason = long_text(
        N_("Hvorfor?"), required=N_("Skriv, hvorfor den lukkes."), max_length=1000,
        hint=N_("Fx meldt to gange, eller ikke vores mur."),
    )  # fmt: skip


class TargetForm(IncidentForm):
    """The area's promise."""

    hours = DanishNumber(N_("Væk inden for hvor mange timer?"), least=1, most=LONGEST)
    responsible = select(N_("Hvem fjerner det som regel?"), N_("Vælg på listen."))

    def __init__(self, area: Area, target: ClearingTarget | None, **options: Any) -> None:
        known = {"hours": target.hours if target else None}
        usual = target.responsible.public_id if target and target.responsible else ""
        super().__init__(data=known | {"responsible": usual}, **options)
        self.area = area
        self.responsible.choices = actor_choices(area.actors, _("Det er forskelligt"))

    def validate_hours(self, field: Field) -> None:
        """A number: nobody promises nothing."""
        if field.data is None and not field.errors:
            raise ValidationError(_("Skriv et helt tal fra %(min)d til %(max)d.", min=1, max=LONGEST))
