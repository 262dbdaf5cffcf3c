"""The agreed plan as one reader meets it. Each part is read when first asked for."""

from functools import cached_property

from app.areas.models import Actor, OrganisationKind
from app.direction import queries, rules
from app.direction.models import AGREED_HOW, AgreedPlan, Stance
from app.direction.page import Direction, Standing
from app.direction.rules import Line, Part
from app.incidents.queries import actors_by_key
from app.lib.i18n import _
from app.plans.tracks import may_propose_plan_line, may_take_stance
from app.templating import moment


class Agreement(Direction):
    """The newest version, and where each party stands."""

    @cached_property
    def plan(self) -> AgreedPlan | None:
        return queries.latest_plan(self.incident)

    @cached_property
    def _stances(self) -> dict[int, tuple[int, Stance]]:
        return queries.last_stances(self.incident)

    @cached_property
    def actors(self) -> dict[str, Actor]:
        return actors_by_key(self.incident.area)

    @property
    def parts(self) -> list[tuple[Part, str, list[Line]]]:
        """Both parts with their lines; an empty one is shown as missing."""
        lines = self.plan.lines if self.plan else ()
        return [(part, _(label), [line for line in lines if line.part is part]) for part, label in rules.PARTS.items()]

    def doer(self, line: Line) -> str:
        """Who does it; empty when nobody is named."""
        if not line.actor_key:
            return ""
        return self.actors[line.actor_key].name if line.actor_key in self.actors else line.actor_key

    @property
    def may_write(self) -> bool:
        return self.may(may_propose_plan_line)

    @property
    def may_stand(self) -> bool:
        return self.plan is not None and self.may(may_take_stance)

    @property
    def has_agreed(self) -> bool:
        stance = self._stance_now(self.reader.actor.id)
        return stance is not None and stance.agrees

    @property
    def has_answered(self) -> bool:
        return self._stance_now(self.reader.actor.id) is not None

    @property
    def must_stand(self) -> bool:
        """The reader's party has not said where it stands to the newest version."""
        return self.may_stand and not self.has_answered

    @property
    def waiting(self) -> int:
        """How much of it waits for the reader's party."""
        return int(self.must_stand)

    @cached_property
    def is_late(self) -> bool:
        return queries.is_late(self.incident)

    @property
    def stands(self) -> list[Standing]:
        """Every party that takes part; silence is an answer that is shown."""
        return [self._stand(p.actor) for p in self.incident.participations if p.ended_at is None]

    @property
    def agreeing(self) -> int:
        return sum(standing.state == "good" for standing in self.stands)

    def _stance_now(self, actor_id: int) -> Stance | None:
        number, stance = self._stances.get(actor_id, (0, None))
        return stance if self.plan is not None and number == self.plan.number else None

    def _stand(self, actor: Actor) -> Standing:
        number, stance = self._stances.get(actor.id, (0, None))
        if stance is None:
            return Standing(actor, _("Har ikke svaret"), "warn")
        if self.plan is None or number != self.plan.number:
            was = _("enig") if stance.agrees else _("uenig")
            return Standing(actor, _("Har ikke svaret. Var %(was)s i v%(n)s", was=was, n=number), "warn", stance.reason)
        when = moment(stance.at)
        words = _("Enig %(when)s", when=when) if stance.agrees else _("Uenig %(when)s", when=when)
        return Standing(actor, words, "good" if stance.agrees else "bad", self._note(stance))

    def _note(self, stance: Stance) -> str:
        if not stance.said_by:
            return stance.reason
        said = _(
            "%(who)s, %(how)s. Skrevet af %(writer)s.",
            who=_("En kontakt") if self._hides_names_of(stance.actor) else stance.said_by,
            how=_(AGREED_HOW[stance.how]), writer=stance.recorded_as.name,
        )  # fmt: skip
        return f"{stance.reason} {said}".strip()

    def _hides_names_of(self, actor: Actor) -> bool:
        # Volunteers do not learn each other's names here.
        own, civil = self.reader.actor, OrganisationKind.CIVIL
        return own.id != actor.id and own.organisation.kind is actor.organisation.kind is civil
