"""The situation report on one A4 page: what the reader sees of it on screen, and nothing else."""

from pathlib import Path
from typing import Any

from app.areas.models import OrganisationKind
from app.documents.kinds import Kind
from app.documents.models import Document
from app.documents.operations import Wanted
from app.documents.typesetting import typeset
from app.incidents import course, queries
from app.incidents.models import Incident
from app.lib.i18n import N_, _, in_danish
from app.narrative.models import FactStatus, SituationReport
from app.narrative.page import Narrative, report_sections
from app.plans.tracks import may_enter_room
from app.plans.vocabulary import Track
from app.templating import clock_time, day

PAPER = Path(__file__).parent / "paper" / "situation_report.typ"
GROUPS = {
    FactStatus.CONFIRMED: N_("Bekræftet"), FactStatus.UNCONFIRMED: N_("Ubekræftet"),
    FactStatus.REFUTED: N_("Afkræftet: det passer ikke"),
}  # fmt: skip


@in_danish()
def wanted(page: Narrative, report: SituationReport) -> Wanted:
    """The file of this version for this reader."""
    incident = page.incident
    return Wanted(
        "situation_report", f"incident:{incident.public_id}", _("Situationsbillede v%(n)s som PDF", n=report.number),
        f"situationsbillede-v{report.number}-{incident.area.slug}.pdf",
        page.url("report_version", number=report.number), _data(page, report),
    )  # fmt: skip


def _data(page: Narrative, report: SituationReport) -> dict[str, Any]:
    incident = page.incident
    heading = _("Situationsbillede v%(n)s", n=report.number)
    name = f"{heading} · {incident.area.name}"
    return {
        "lang": "da",
        "title": f"{_('ØVELSE')}: {name}" if incident.is_exercise else name,
        "heading": heading,
        "track": incident.track.value,
        "band": _track_words(incident),
        "exercise": _("ØVELSE · intet af dette er virkeligt") if incident.is_exercise else "",
        "pairs": _pairs(page, report),
        "sections": [_section(section, report) for section in report_sections(report)],
        "foot": _("Kun for beredskabets parter. Hentet af %(actor)s.", actor=page.reader.actor.name),
        "words": {"page": _("Side"), "of": _("af"), "continues": _("Fortsætter på næste side")},
    }


def _track_words(incident: Incident) -> str:
    if incident.track is Track.POLICE:
        return _("POLITISAG · politiet leder")
    return _("IKKE POLITISAG · tovholder: %(leader)s", leader=incident.leader.name)


def _pairs(page: Narrative, report: SituationReport) -> list[tuple[str, str]]:
    incident, author = page.incident, report.made_as
    # A paper leaves the house: no volunteer's name goes with it.
    is_volunteer = author.organisation.kind is OrganisationKind.CIVIL
    return [
        (_("Område"), incident.area.name),
        (_("Hændelse"), incident.what),
        (_("Hvor"), incident.where),
        (_("Version"), f"{report.number}, {_moment(report.made_at)}"),
        (_("Skrevet af"), author.name if is_volunteer else f"{report.made_by.name}, {author.name}"),
    ]


def _section(section: Any, report: SituationReport) -> dict[str, Any]:
    shown = {"key": section.key, "title": _(section.title), "lines": list(section.lines)}
    return shown | {"groups": _groups(report)} if section.key == "facts" else shown


def _groups(report: SituationReport) -> list[dict[str, Any]]:
    by_status = {status: [f for f in report.facts if f["status"] == status] for status in GROUPS}
    return [
        {
            "title": _(GROUPS[status]),
            "facts": [{"text": f["text"], "source": _("Kilde: %(source)s", source=f["source"])} for f in facts],
        }
        for status, facts in by_status.items()
        if facts
    ]


def _moment(at: Any) -> str:
    return f"{day(at)} kl. {clock_time(at)}"


def _may_read(document: Document) -> bool:
    """Whoever asked is still in the room: a part that ended, or a police badge, ends the file too."""
    incident = queries.by_public_id(document.about.removeprefix("incident:"))
    seen = course.seen_or_none(incident) if incident else None
    return seen is not None and bool(may_enter_room(seen.reader.who, seen.facts))


KIND = Kind("situation_report", "application/pdf", lambda data: typeset(PAPER, data), _may_read)
