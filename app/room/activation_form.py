"""The forms of activation: who activates, what, where; and the same with real times for what is over."""

from datetime import datetime, timedelta
from typing import Any

from wtforms import DateTimeLocalField, Field, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from app.direction.models import HEARD_BY, HeardBy
from app.incidents.access import Reader
from app.incidents.forms import IncidentForm, long_text, short_text
from app.incidents.queries import actors_by_key
from app.lib import clock
from app.lib.i18n import _, lazy
from app.plans.document import Category, PlanDocument
from app.plans.tracks import leader_choices
from app.plans.vocabulary import Track
from app.room.ways import LABELS, Way, track_of, ways_of
from app.transitions.activate import Activation, Afterwards, Alarm, PoliceSaid

CLOCK_DRIFT = timedelta(minutes=2)


class LocalMoment(DateTimeLocalField):
    """Danish date and time on screen; `moment` is the same in UTC."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(lazy(label), **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """WTForms' own sentence is English."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Skriv dato og klokkeslæt, fx 22.11.2026 kl. 23.40.")) from None

    @property
    def moment(self) -> datetime | None:
        return clock.from_local(self.data) if self.data else None


def not_in_future(form: Any, field: LocalMoment) -> None:
    """Refuses what has not happened yet."""
    if field.moment and field.moment > clock.now() + CLOCK_DRIFT:
        raise ValidationError(_("Tidspunktet ligger i fremtiden. Ret det."))


class WhatAndWhere(IncidentForm):
    """What both forms ask. The choices come from the area's plan and places, and from who the person is."""

    way = RadioField(lazy("Spor"), [InputRequired(lazy("Vælg spor."))], validate_choice=False)
    category = SelectField(lazy("Type"), [InputRequired(lazy("Vælg, hvad det er."))], validate_choice=False)
    place = SelectField(lazy("Hvor"), default="", validate_choice=False)
    where_note = short_text("Nærmere sted", max_length=150, hint="Fx ved legepladsen. Ikke en adresse på en person.")
    what = long_text("Hvad sker der?", max_length=300, hint="Udfyldes efter typen. Du kan rette det.")
    said_by = short_text("Hvem hos politiet?", max_length=100, hint="Navn eller funktion, fx vagtchefen.")
    heard_by = SelectField(lazy("Hvordan?"), default=HeardBy.PHONE.value)
    leader = SelectField(lazy("Tovholder"), default="", validate_choice=False)

    def __init__(self, reader: Reader, plan: PlanDocument, **options: Any) -> None:
        super().__init__(**options)
        self.reader, self.plan = reader, plan
        self.ways = self.offered(ways_of(plan, reader.who))
        self.way.choices = [(way.value, _(LABELS[way])) for way in self.ways]
        self.category.choices = [("", _("Vælg type")), *((c.key, c.label) for c in self.categories)]
        self.places = {place.public_id: place for place in reader.area.places}
        whole = _("Hele området")
        self.place.choices = [("", whole), *((key, place.name) for key, place in self.places.items())]
        self.heard_by.choices = [(key.value, _(label)) for key, label in HEARD_BY.items()]
        self.leader.choices = [("", _("Jer selv (%(actor)s)", actor=reader.actor.name)), *self._leaders()]
        if len(self.ways) == 1 and not self.is_submitted():
            self.way.data = self.ways[0].value

    def offered(self, ways: tuple[Way, ...]) -> tuple[Way, ...]:
        """Which of the person's ways this form offers."""
        return ways

    @property
    def categories(self) -> list[Category]:
        """The plan's categories that fit any way on offer."""
        tracks = {track_of(way, self.reader.who) for way in self.ways}
        return [c for c in self.plan.categories if tracks & set(c.may_be)]

    @property
    def chosen(self) -> Way | None:
        """The way, whether on offer or not: the operation says no with its reason."""
        return Way(self.way.data) if self.way.data in set(Way) else None

    @property
    def track(self) -> Track:
        return track_of(self.chosen or Way.ASK, self.reader.who)

    def validate_way(self, field: Field) -> None:
        """A word of ours."""
        if self.chosen is None:
            raise ValidationError(_("Vælg spor."))

    def validate_category(self, field: Field) -> None:
        """In the plan, and possible on the track."""
        category = self.plan.category(field.data or "")
        if category is None:
            raise ValidationError(_("Den type findes ikke i planen. Vælg en på listen."))
        if self.chosen and self.track not in category.may_be:
            named = _("en politisag") if self.track is Track.POLICE else _("andet end en politisag")
            text = _("“%(type)s” kan ikke være %(track)s. Vælg en anden type.", type=category.label, track=named)
            raise ValidationError(text)

    def validate_place(self, field: Field) -> None:
        """One of the area's."""
        if field.data and field.data not in self.places:
            raise ValidationError(_("Det sted findes ikke. Vælg et på listen."))

    def validate_leader(self, field: Field) -> None:
        """Somebody who takes part."""
        if field.data and field.data not in dict(self._leaders()):
            raise ValidationError(_("Vælg en tovholder på listen."))

    def validate_said_by(self, field: Field) -> None:
        """Needed when the police said it."""
        if self.chosen is Way.POLICE_SAID and not field.data:
            raise ValidationError(_("Skriv, hvem hos politiet der sagde det, fx vagtchefen."))

    def alarm(self) -> Alarm:
        """What was typed; the category's own words where *hvad* was left empty."""
        category = self.plan.category(self.category.data or "")
        assert category is not None
        return Alarm(
            self.track, category.key, self.what.data or category.what, self.places.get(self.place.data or ""),
            self.where_note.data or "", not_cpr=bool(self.not_cpr.data),
        )  # fmt: skip

    @property
    def key(self) -> str:
        """The once-only key, bound to the person."""
        return f"{self.reader.user.id}:{self.once.data}"[:80]

    def _leaders(self) -> list[tuple[str, str]]:
        actors = actors_by_key(self.reader.area)
        keys = leader_choices(Track.NON_POLICE, self.plan.party_keys)
        return [(key, actors[key].name) for key in keys if key in actors and key != self.reader.actor.key]

    def _activation(self, said_at: datetime, afterwards: Afterwards | None = None) -> Activation:
        said = None
        if self.chosen is Way.POLICE_SAID:
            said = PoliceSaid(self.said_by.data or "", HeardBy(self.heard_by.data), said_at)
        leader = self.leader.data if self.chosen is Way.NON_POLICE else None
        return Activation(
            self.reader.area, self.alarm(), self.reader, self.key, said, leader or None, afterwards=afterwards
        )


class ActivationForm(WhatAndWhere):
    """Now. `known` are the open incidents that stood above the form: another one since then is shown first."""

    known = HiddenField()
    said_at = LocalMoment("Hvornår sagde politiet det?", validators=[not_in_future])

    def activation(self) -> Activation:
        """Ready for the operation."""
        return self._activation(self.said_at.moment or clock.now())


class AfterwardsForm(WhatAndWhere):
    """What is over: real start and end."""

    started_at = LocalMoment(
        "Hvornår begyndte det?", validators=[InputRequired(lazy("Skriv, hvornår det begyndte.")), not_in_future]
    )
    ended_at = LocalMoment(
        "Hvornår sluttede det?", validators=[InputRequired(lazy("Skriv, hvornår det sluttede.")), not_in_future]
    )

    def offered(self, ways: tuple[Way, ...]) -> tuple[Way, ...]:
        """Nobody is asked for what is over."""
        return tuple(way for way in ways if way is not Way.ASK)

    def validate_ended_at(self, field: LocalMoment) -> None:
        """After the start."""
        if field.moment and self.started_at.moment and field.moment <= self.started_at.moment:
            raise ValidationError(_("Det skal være efter, at det begyndte."))

    def activation(self) -> Activation:
        """Ready for the operation."""
        start, end = self.started_at.moment, self.ended_at.moment
        assert start is not None and end is not None
        return self._activation(start, Afterwards(start, end))
