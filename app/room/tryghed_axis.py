"""*Registreret, oplevet, fortalt* on one time axis. What is told is what this reader may see, and no exercise."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa
from markupsafe import Markup

from app.areas.models import Area
from app.broadcasts.models import Broadcast
from app.extensions import db
from app.incidents.access import Reader, reachable
from app.incidents.models import Incident
from app.indicators import queries
from app.indicators.charts import render, timeline
from app.indicators.models import SurveyRound
from app.indicators.rules import rolling
from app.indicators.vocabulary import CRIME_KIND_LABELS, LAW_LABELS, CrimeKind, CrimePlace, ImportKind, Law
from app.lib import clock
from app.lib.i18n import _
from app.measures.queries import done_times
from app.plans.tracks.facts import ROOM_ROLES
from app.plans.vocabulary import IncidentStatus
from app.templating import day

MOMENTS = 200  # the newest of each sort
MOST_NAMED = 6


@dataclass(frozen=True)
class Registered:
    """One law and one kind in the municipality. `is_yearly`: STRAF22, else STRAF11's rolling four quarters."""

    law: Law
    kind: CrimeKind
    is_yearly: bool
    points: tuple[tuple[int, int, int | None], ...]  # year, quarter (0: whole year), count

    @property
    def title(self) -> str:
        kind = _(CRIME_KIND_LABELS[self.kind]).capitalize()
        how = _("pr. år") if self.is_yearly else _("seneste fire kvartaler")
        return f"{kind}, {_(LAW_LABELS[self.law])} ({how})"

    @property
    def newest(self) -> tuple[str, int] | None:
        """`4. kvartal 2024` or `2024`, and the count."""
        known = [(year, quarter, count) for year, quarter, count in self.points if count is not None]
        year, quarter, count = known[-1] if known else (0, 0, 0)
        return (period(year, quarter), count) if known else None

    @property
    def curve(self) -> timeline.Curve:
        # A quarter stands at its end, a year in its middle.
        at = [(y + 0.5 if self.is_yearly else y + q / 4, count) for y, q, count in self.points]
        kind = _(CRIME_KIND_LABELS[self.kind]).capitalize()
        yearly = _(", pr. år") if self.is_yearly else ""
        return timeline.Curve(f"{kind}: {_(LAW_LABELS[self.law])}{yearly}", tuple(at), self.is_yearly)


def period(year: int, quarter: int) -> str:
    """As people say it."""
    return _("til og med %(q)s. kvartal %(year)s", q=quarter, year=year) if quarter else str(year)


def registered(area: Area) -> list[Registered]:
    """The municipality's series: each law and each kind for itself."""
    here, found = CrimePlace.MUNICIPALITY, []
    quarterly, yearly = queries.crime(area, ImportKind.STRAF11), queries.crime(area, ImportKind.STRAF22)
    for law in Law:
        if counts := quarterly.get((here, CrimeKind.REPORTS, law)):
            found.append(Registered(law, CrimeKind.REPORTS, False, tuple(rolling(counts)[3:])))
        for kind in CrimeKind:
            if (counts := yearly.get((here, kind, law))) and (kind is CrimeKind.CHARGES or not quarterly):
                found.append(Registered(law, kind, True, tuple((y, q, n) for (y, q), n in counts.items())))
    return found


@dataclass(frozen=True)
class Axis:
    """The picture and the tables beside it."""

    reader: Reader
    rounds: list[SurveyRound]

    @cached_property
    def registered(self) -> list[Registered]:
        return registered(self.reader.area)

    @property
    def lead(self) -> str:
        return _("Det politiet registrerer, det beboerne oplever, og det vi selv har sagt. De følges ikke altid ad.")

    @property
    def tells(self) -> bool:
        """Whether incidents and messages are anything for this reader: boards are briefed, never in the room."""
        return self.reader.role in ROOM_ROLES

    @cached_property
    def incidents(self) -> list[datetime]:
        query = _real(reachable(self.reader).order_by(None)).with_only_columns(Incident.activated_at)
        return list(db.session.scalars(query.order_by(Incident.activated_at.desc(), Incident.id.desc()).limit(MOMENTS)))

    @cached_property
    def messages(self) -> list[datetime]:
        mine = _real(reachable(self.reader).order_by(None)).with_only_columns(Incident.id)
        query = sa.select(Broadcast.queued_at).where(Broadcast.incident_id.in_(mine), Broadcast.queued_at.is_not(None))
        newest = db.session.scalars(query.order_by(Broadcast.queued_at.desc()).limit(MOMENTS))
        return [at for at in newest if at is not None]

    @cached_property
    def years(self) -> list[tuple[int, int, int]]:
        """(year, incidents, messages) for the table, the newest first."""
        of = {clock.local(at).year for at in (*self.incidents, *self.messages)}
        count: Callable[[list[datetime], int], int] = lambda some, y: sum(clock.local(at).year == y for at in some)  # noqa: E731
        return [(year, count(self.incidents, year), count(self.messages, year)) for year in sorted(of, reverse=True)]

    @cached_property
    def chart(self) -> Markup:
        felt = sorted(self.rounds, key=lambda one: one.year)
        names = ", ".join(f"{one.publisher.split()[0]} {one.year}" for one in felt[-MOST_NAMED:])
        drawn = timeline.picture(
            [one.curve for one in self.registered],
            timeline.Marks(_("Målinger: %(names)s", names=names), tuple(one.year + 0.5 for one in felt), "diamond"),
            self._told if self.tells else (), self.reader.area.municipality, _decimal(clock.now()), self._done,
        )  # fmt: skip
        return render.svg(drawn, self.chart_label)

    @property
    def chart_label(self) -> str:
        return _("Registreret, oplevet og fortalt på én tidslinje. Tallene står i tabellerne.")

    @property
    def told_note(self) -> str:
        """What the reader must know of incidents and messages here."""
        if not self.tells:
            return _("Fortalt: hændelser og beskeder vises for dem, der er med i beredskabet.")
        if not self.years:
            return _("Fortalt: ingen hændelser, du har været med i. Øvelser og fejlaktiveringer er ikke med.")
        return _("Fortalt: de hændelser, du kan se, og beskeder sendt i dem. Øvelser og fejlaktiveringer er ikke med.")

    @cached_property
    def done(self) -> list[datetime]:
        """When measures were done, those that this reader may see."""
        return done_times(self.reader, MOMENTS)

    @property
    def done_note(self) -> str:
        if not self.done:
            return ""
        return _("Gjort: %(n)s tiltag gennemført, senest %(when)s.", n=len(self.done), when=day(self.done[0]))

    @property
    def _done(self) -> timeline.Marks | None:
        title = _("Gennemførte tiltag (%(n)s)", n=len(self.done))
        return timeline.Marks(title, tuple(map(_decimal, self.done)), "triangle-up") if self.done else None

    @property
    def _told(self) -> list[timeline.Marks]:
        return [
            timeline.Marks(_("Hændelser (%(n)s)", n=len(self.incidents)), tuple(map(_decimal, self.incidents))),
            timeline.Marks(_("Beskeder (%(n)s)", n=len(self.messages)), tuple(map(_decimal, self.messages)), "square"),
        ]


def _real(query: sa.Select[Incident]) -> sa.Select[Incident]:
    """Neither exercises nor false alarms: they are no part of the area's story."""
    return query.where(Incident.is_exercise.is_(False), Incident.status != IncidentStatus.ANNULLED)


def _decimal(moment: datetime) -> float:
    day = clock.local(moment)
    return round(day.year + (day.timetuple().tm_yday - 1) / 366, 3)
