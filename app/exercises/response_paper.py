"""The response report to take along: PDF and CSV, marked as of an exercise, with who took it and when."""

from typing import Any

from app.accounts.operations import record
from app.areas.models import OrganisationKind
from app.documents.kinds import Kind
from app.documents.models import Document
from app.documents.operations import Wanted
from app.exercises.responses import Report, in_short, report_of, said_of, said_of_step
from app.exercises.rules import Answer
from app.incidents import course, queries
from app.incidents.access import Reader, Seen
from app.incidents.models import Incident
from app.indicators.exports import CSV, PDF, as_csv
from app.lib import clock
from app.lib.i18n import _, in_danish, kept
from app.plans.booklet import blocks
from app.plans.tracks import may_see_incident
from app.templating import clock_time, day, moment

BAND = "ØVELSE"


@in_danish()
def wanted(seen: Seen, ending: str, back: str) -> Wanted:
    """The file of this exercise for this reader, as it stands now."""
    incident, report = seen.incident, report_of(seen.incident)
    title = _("Øvelse: hvem svarede hvornår")
    data = _paper(incident, report, seen.reader) if ending == "pdf" else _table(incident, report, seen.reader)
    name = f"oevelse-svar-{incident.area.slug}-{clock.local(incident.activated_at):%Y-%m-%d}.{ending}"
    return Wanted(f"drill_report_{ending}", f"incident:{incident.public_id}", title, name, back, data)


def note(seen: Seen) -> None:
    """That it was taken stands in the audit trail."""
    user = seen.reader.user
    text = kept("%(who)s hentede svarene fra en øvelse.", who=user.name)
    record("drill_report", text, by=user, area_id=seen.incident.area_id)


def _mark(reader: Reader) -> str:
    is_volunteer = reader.actor.organisation.kind is OrganisationKind.CIVIL
    name = reader.actor.name if is_volunteer else f"{reader.user.name}, {reader.actor.name}"
    now = clock.now()
    return _("Kun for beredskabets parter. Hentet af %(name)s, %(day)s kl. %(at)s.", name=name, day=day(now),
             at=clock_time(now))  # fmt: skip


def _pairs(incident: Incident) -> list[tuple[str, str]]:
    rows = [
        (_("Område"), incident.area.name), (_("Øvelse"), incident.what),
        (_("Begyndt"), f"{day(incident.activated_at)} kl. {clock_time(incident.activated_at)}"),
    ]  # fmt: skip
    return [*rows, (_("Afsluttet"), moment(incident.ended_at))] if incident.ended_at else rows


def _paper(incident: Incident, report: Report, reader: Reader) -> dict[str, Any]:
    rows = [[one.party, said_of(one)] for one in report.answers]
    found = [
        blocks.band(_("ØVELSE · intet af dette er virkeligt"), "exercise"), blocks.words(in_short(report)),
        blocks.table([_("Part"), _("Svar")], rows, [1.2, 3]), blocks.heading(_("Trin for trin")),
    ]  # fmt: skip
    for one in report.called:
        steps = [[moment(step.at), said_of_step(step)] for step in one.steps]
        found += [blocks.heading(one.party, 3), blocks.table([_("Hvornår"), _("Hvem blev spurgt")], steps, [1, 3])]
    title = _("ØVELSE: hvem svarede hvornår, %(area)s", area=incident.area.name)
    return blocks.paper(title, _pairs(incident), found, mark=BAND, foot=_mark(reader))


def _table(incident: Incident, report: Report, reader: Reader) -> dict[str, Any]:
    notes = [_("ØVELSE · intet af dette er virkeligt"), *(f"{name}: {value}" for name, value in _pairs(incident))]
    columns = [_("Part"), _("Kaldt"), _("Svarede"), _("Minutter"), _("Planens mål (min)"), _("Hvordan"), _("Spurgt")]
    return {"notes": [*notes, in_short(report), _mark(reader)], "columns": columns,
            "rows": [_row(one) for one in report.answers]}  # fmt: skip


def _row(one: Answer) -> list[str | float | None]:
    yes, no = _("ja"), _("nej")
    took = None if one.took is None else round(one.took.total_seconds() / 60, 1)
    asked = "; ".join(said_of_step(step) for step in one.steps)
    target = one.target.total_seconds() / 60
    return [one.party, yes if one.is_called else no, yes if one.took is not None else no,
            took if one.is_called else None, target, one.how if one.is_called else "", asked]  # fmt: skip


def _may_read(document: Document) -> bool:
    """Whoever asked may still see the exercise."""
    incident = queries.by_public_id(document.about.removeprefix("incident:"))
    seen = course.seen_or_none(incident) if incident else None
    return seen is not None and bool(may_see_incident(seen.reader.who, seen.facts))


KINDS = (
    Kind("drill_report_pdf", PDF, blocks.as_pdf, _may_read),
    Kind("drill_report_csv", CSV, as_csv, _may_read),
)
