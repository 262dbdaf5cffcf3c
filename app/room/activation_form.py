"""The forms of activation: who activates, what, where; and the same with real times for what is over."""

from datetime import datetime, timedelta
from typing import Any

from wtforms import Field, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from app.direction.models import HEARD_BY, HeardBy
from app.incidents.access import Reader
from app.incidents.fields import DanishMoment, short_text
from app.incidents.queries import actors_by_key
from app.lib import clock
from app.lib.i18n import N_, _, lazy
from app.plans.document import PlanDocument
from app.plans.tracks import leader_choices
from app.plans.vocabulary import Track
from app.room.ways import LABELS, Way, track_of, ways_of
from app.transitions.activate import Activation, Afterwards, PoliceSaid
from app.transitions.forms import AlarmForm

CLOCK_DRIFT = timedelta(minutes=2)


def not_in_future(form: Any, field: DanishMoment) -> None:
    """Refuses what has not happened yet."""
    if field.data and field.data > clock.now() + CLOCK_DRIFT:
        raise ValidationError(_("Tidspunktet ligger i fremtiden. Ret det."))


class WhatAndWhere(AlarmForm):
    """What both forms ask. The choices come from the area's plan and places, and from who the person is."""

    way = RadioField(lazy("Spor"), [InputRequired(lazy("Vælg spor."))], validate_choice=False)
    said_by = short_text(N_("Hvem hos politiet"), max_length=100, hint=N_("Navn eller funktion, fx vagtchefen."))
    heard_by = SelectField(lazy("Hvordan"), default=HeardBy.PHONE.value)
    leader = SelectField(lazy("Tovholder"), default="", validate_choice=False)

    def __init__(self, reader: Reader, plan: PlanDocument, **options: Any) -> None:
        super().__init__(reader, plan, **options)
        self.ways = self.offered(ways_of(plan, reader.who))
        self.way.choices = [(way.value, _(LABELS[way])) for way in self.ways]
        self.offer_categories()
        self.heard_by.choices = [(key.value, _(label)) for key, label in HEARD_BY.items()]
        self.leader.choices = [("", _("Jer selv (%(actor)s)", actor=reader.actor.name)), *self._leaders()]
        if len(self.ways) == 1 and not self.is_submitted():
            self.way.data = self.ways[0].value

    def offered(self, ways: tuple[Way, ...]) -> tuple[Way, ...]:
        """Which of the person's ways this form offers."""
        return ways

    @property
    def tracks(self) -> set[Track]:
        return {track_of(way, self.reader.who) for way in self.ways}

    @property
    def chosen(self) -> Way | None:
        """The way, whether on offer or not: the operation says no with its reason."""
        return Way(self.way.data) if self.way.data in set(Way) else None

    @property
    def chosen_track(self) -> Track | None:
        return self.track if self.chosen else None

    @property
    def track(self) -> Track:
        """Also before anything is chosen: what the page tells of."""
        return track_of(self.chosen or Way.ASK, self.reader.who)

    def validate_way(self, field: Field) -> None:
        """A word of ours."""
        if self.chosen is None:
            raise ValidationError(_("Vælg spor."))

    def validate_leader(self, field: Field) -> None:
        """Somebody who takes part."""
        if field.data and field.data not in dict(self._leaders()):
            raise ValidationError(_("Vælg en tovholder på listen."))

    def validate_said_by(self, field: Field) -> None:
        """Needed when the police said it."""
        if self.chosen is Way.POLICE_SAID and not field.data:
            raise ValidationError(_("Skriv, hvem hos politiet der sagde det, fx vagtchefen."))

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
    said_at = DanishMoment(label=lazy("Hvornår sagde politiet det"), validators=[not_in_future])

    def activation(self) -> Activation:
        """Ready for the operation."""
        return self._activation(self.said_at.data or clock.now())


class AfterwardsForm(WhatAndWhere):
    """What is over: real start and end."""

    started_at = DanishMoment(
        label=lazy("Hvornår begyndte det"),
        validators=[InputRequired(lazy("Skriv, hvornår det begyndte.")), not_in_future],
    )
    ended_at = DanishMoment(
        label=lazy("Hvornår sluttede det"),
        validators=[InputRequired(lazy("Skriv, hvornår det sluttede.")), not_in_future],
    )

    def offered(self, ways: tuple[Way, ...]) -> tuple[Way, ...]:
        """Nobody is asked for what is over."""
        return tuple(way for way in ways if way is not Way.ASK)

    def validate_ended_at(self, field: DanishMoment) -> None:
        """After the start."""
        if field.data and self.started_at.data and field.data <= self.started_at.data:
            raise ValidationError(_("Det skal være efter, at det begyndte."))

    def activation(self) -> Activation:
        """Ready for the operation."""
        start, end = self.started_at.data, self.ended_at.data
        assert start is not None and end is not None
        return self._activation(start, Afterwards(start, end))
