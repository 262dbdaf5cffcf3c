"""What every activation asks, for real or as an exercise: what sort of thing, where, what."""

from typing import Any

from wtforms import Field, SelectField
from wtforms.validators import InputRequired, ValidationError

from app.incidents.access import Reader
from app.incidents.forms import IncidentForm, long_text, short_text
from app.lib.i18n import N_, _, lazy
from app.plans.document import Category, PlanDocument
from app.plans.vocabulary import Track
from app.transitions.activate import Alarm


class AlarmForm(IncidentForm):
    """The choices come from the area's plan and places. `tracks` are on offer."""

    category = SelectField(lazy("Type"), [InputRequired(lazy("Vælg, hvad det er."))], validate_choice=False)
    place = SelectField(lazy("Hvor"), default="", validate_choice=False)
    where_note = short_text(
        N_("Nærmere sted"), max_length=150, hint=N_("Fx ved legepladsen. Ikke en adresse på en person.")
    )
    what = long_text(N_("Hvad sker der?"), max_length=300, hint=N_("Udfyldes efter typen. Du kan rette det."))

    def __init__(self, reader: Reader, plan: PlanDocument, **options: Any) -> None:
        super().__init__(**options)
        self.reader, self.plan = reader, plan
        self.places = {place.public_id: place for place in reader.area.places}
        whole = _("Hele området")
        self.place.choices = [("", whole), *((key, place.name) for key, place in self.places.items())]

    def offer_categories(self) -> None:
        """Call it when the tracks are known."""
        self.category.choices = [("", _("Vælg type")), *((c.key, c.label) for c in self.categories)]

    @property
    def tracks(self) -> set[Track]:
        """What the reader may choose between."""
        raise NotImplementedError

    @property
    def chosen_track(self) -> Track | None:
        """What was chosen, if anything was."""
        raise NotImplementedError

    @property
    def categories(self) -> list[Category]:
        """The plan's categories that fit any track on offer."""
        return [c for c in self.plan.categories if self.tracks & set(c.may_be)]

    def validate_category(self, field: Field) -> None:
        """In the plan, and possible on the track."""
        category, track = self.plan.category(field.data or ""), self.chosen_track
        if category is None:
            raise ValidationError(_("Den type findes ikke i planen. Vælg en på listen."))
        if track and track not in category.may_be:
            named = _("en politisag") if track is Track.POLICE else _("andet end en politisag")
            text = _("“%(type)s” kan ikke være %(track)s. Vælg en anden type.", type=category.label, track=named)
            raise ValidationError(text)

    def validate_place(self, field: Field) -> None:
        """One of the area's."""
        if field.data and field.data not in self.places:
            raise ValidationError(_("Det sted findes ikke. Vælg et på listen."))

    def alarm(self) -> Alarm:
        """What was typed; the category's own words where *hvad* was left empty."""
        category, track = self.plan.category(self.category.data or ""), self.chosen_track
        assert category is not None and track is not None
        return Alarm(
            track, category.key, self.what.data or category.what, self.places.get(self.place.data or ""),
            self.where_note.data or "", not_cpr=bool(self.not_cpr.data),
        )  # fmt: skip

    @property
    def key(self) -> str:
        """The once-only key, bound to the person."""
        return f"{self.reader.user.id}:{self.once.data}"[:80]
