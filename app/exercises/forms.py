"""The exercise's own form: the same questions as for real, and the police may be played."""

from typing import Any

from wtforms import Field, RadioField
from wtforms.validators import InputRequired, ValidationError

from app.incidents.access import Reader
from app.lib.i18n import N_, _, lazy
from app.plans.document import PlanDocument
from app.plans.tracks import may_start_exercise
from app.plans.vocabulary import POLICE, Track
from app.transitions.activate import Activation
from app.transitions.forms import AlarmForm
from app.transitions.preview import who_is_woken

PLAYED = N_("Politisag: du spiller politiet")
LABELS = {Track.NON_POLICE: N_("Ikke politisag"), Track.POLICE: N_("Politisag")}


class ExerciseForm(AlarmForm):
    """`way` is the track; the name is what activate.js knows."""

    way = RadioField(lazy("Hvad øver I?"), [InputRequired(lazy("Vælg, hvad I øver."))], validate_choice=False)

    def __init__(self, reader: Reader, plan: PlanDocument, **options: Any) -> None:
        super().__init__(reader, plan, **options)
        self.way.choices = [(track.value, self._label(track)) for track in self._offered]
        self.offer_categories()
        if len(self._offered) == 1 and not self.is_submitted():
            self.way.data = self._offered[0].value

    @property
    def _offered(self) -> list[Track]:
        return [track for track in LABELS if may_start_exercise(self.plan, self.reader.who, track)]

    def _label(self, track: Track) -> str:
        is_played = track is Track.POLICE and self.reader.actor.key != POLICE
        return _(PLAYED) if is_played else _(LABELS[track])

    @property
    def tracks(self) -> set[Track]:
        return set(self._offered)

    @property
    def chosen_track(self) -> Track | None:
        """Whether on offer or not: the operation says no with its reason."""
        return Track(self.way.data) if self.way.data in set(Track) else None

    def validate_way(self, field: Field) -> None:
        """A word of ours."""
        if self.chosen_track is None:
            raise ValidationError(_("Vælg, hvad I øver."))

    def activation(self) -> Activation:
        """Ready for the operation."""
        return Activation(self.reader.area, self.alarm(), self.reader, self.key, is_exercise=True)

    def preview(self, track: Track, category_key: str) -> str:
        """Who gets a text."""
        own = self.reader.actor.key
        activator = POLICE if track is Track.POLICE else own
        recorder = own if own != activator else None
        return who_is_woken(self.plan, track, category_key, activator, recorder)

    @property
    def told(self) -> dict[str, object]:
        """For the script: what each choice fills in, allows and wakes."""
        return {
            "submit": {track.value: _("Start øvelsen") for track in self._offered},
            "categories": {
                c.key: {
                    "what": c.what,
                    "ways": {t.value: self.preview(t, c.key) for t in self._offered if t in c.may_be},
                }
                for c in self.categories
            },
        }
