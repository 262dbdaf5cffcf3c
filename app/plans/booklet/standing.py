"""How the plan stands that a paper is of, said so that a page torn out of it still tells."""

from dataclasses import dataclass
from datetime import date

from app.areas.acting import Acting
from app.areas.models import Area, OrganisationKind
from app.lib import clock
from app.lib.i18n import _
from app.plans.document import PlanDocument
from app.plans.models import PLAN_STATUS_LABELS, Plan, PlanStatus
from app.plans.queries import plan_for
from app.templating import clock_time, day


@dataclass(frozen=True)
class Standing:
    """The plan in force. `mark` is empty for an approved one whose review is not overdue."""

    area: Area
    plan: Plan | None
    document: PlanDocument
    mark: str
    warning: str

    @property
    def version(self) -> str:
        """`version 3`, or what serves instead."""
        return _("version %(n)s", n=self.plan.version) if self.plan else _("Kokkedal-modellen som skabelon")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the first page says of itself."""
        municipality = _("%(area)s, %(municipality)s", area=self.area.name, municipality=self.area.municipality)
        rows = [(_("Område"), municipality), (_("Plan"), self.version)]
        if self.plan is None:
            return rows
        status = _(PLAN_STATUS_LABELS[self.plan.status])
        if self.plan.approved_at:
            status = _("%(day)s af %(who)s", day=day(self.plan.approved_at), who=self.plan.approved_by or "")
        rows.append((_("Godkendt"), status if self.plan.approved_at else _("nej, kladde")))
        return [*rows, (_("Gennemgås senest"), _day(self.plan.review_on))]


def standing_of(area: Area) -> Standing:
    """As it is now."""
    plan, document, warning = plan_for(area)
    return Standing(area, plan, document, _mark(plan, overdue=warning is not None), str(warning) if warning else "")


def printed() -> str:
    """`22.11.2026 kl. 23.40`."""
    now = clock.now()
    return _("%(day)s kl. %(at)s", day=day(now), at=clock_time(now))


def taken_by(who: Acting) -> str:
    """Who takes the paper. It leaves the house: no volunteer's name goes with it."""
    is_volunteer = who.actor.organisation.kind is OrganisationKind.CIVIL
    return who.actor.name if is_volunteer else f"{who.user.name}, {who.actor.name}"


def foot(standing: Standing, who: Acting) -> str:
    """At the end of every page."""
    return _(
        "Beredskabsplan %(area)s, %(version)s. Udskrevet %(when)s af %(who)s.",
        area=standing.area.name, version=standing.version, when=printed(), who=taken_by(who),
    )  # fmt: skip


def _mark(plan: Plan | None, *, overdue: bool) -> str:
    if plan is None:
        return _("SKABELON: området har ikke sin egen plan endnu")
    if plan.status is PlanStatus.DRAFT:
        return _("KLADDE: planen er ikke godkendt")
    if overdue:
        return _("UDLØBET: planen skulle være gennemgået senest %(day)s", day=_day(plan.review_on))
    return ""


def _day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else _("ikke aftalt")
