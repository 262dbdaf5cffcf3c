"""Everything that is to stand in the files, gathered in the asker's own request from what the asker may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.areas.by import By
from app.incidents.access import Seen
from app.incidents.documents import document_of
from app.lib import clock
from app.lib.i18n import _, in_danish
from app.plans.vocabulary import STATUS_LABELS, TRACK_LABELS
from app.reviews import queries
from app.reviews.files.lines import course_lines, log_of
from app.reviews.files.names import said_by
from app.reviews.files.reviewed import reviewed
from app.reviews.files.sent import deliveries, texts
from app.reviews.page import ReviewPage
from app.reviews.timeline import Course, is_cut
from app.templating import clock_time, day

FORMAT = "beredskab-forloeb-1"
Told = dict[str, Any]


@dataclass(frozen=True)
class Gathered:
    """`course` is what people read, `logs` the chains that prove it, part by part."""

    course: Told
    logs: list[Told]


def gather(seen: Seen, parts: list[Seen]) -> Gathered:
    """Of these incidents, which the reader may take along; `seen` is the one that was asked on. Always in Danish."""
    with in_danish():
        return _gather(seen, parts)


def _gather(seen: Seen, parts: list[Seen]) -> Gathered:
    course, logs, incident = Course(parts), [log_of(one) for one in parts], seen.incident
    told: Told = {
        "format": FORMAT, "lang": "da",
        "title": _("Evaluering af øvelsen") if incident.is_exercise else _("Forløb og evaluering"),
        "area": incident.area.name, "municipality": incident.area.municipality, "exercise": incident.is_exercise,
        "taken": taken(seen.reader.by, clock.now()),
        "parts": [_part(one, log) for one, log in zip(parts, logs, strict=True)],
        "reviews": _reviews(parts),
        "texts": texts(course), "deliveries": deliveries(course),
        "timeline": course_lines(course, incident.area),
        "left_out": left_out(parts, logs),
    }  # fmt: skip
    return Gathered(told, logs)


def taken(by: By, at: datetime) -> Told:
    """Who took the files and when; `mark` says so across every page."""
    who = said_by(by.actor, by.user.name)
    mark = _("Hentet af %(who)s, %(day)s kl. %(at)s", who=who, day=day(at), at=clock_time(at))
    return {"by": who, "at": at.isoformat(), "mark": mark}


def left_out(parts: list[Seen], logs: list[Told]) -> list[str]:
    """In full sentences what a reader of the files must know that they do not hold."""
    withheld = sum(len(entry) == 2 for log in logs for entry in log["entries"])
    unnamed = sum("text" in entry for log in logs for entry in log["entries"])
    found = [
        _("Modtageres navne, telefonnumre og mailadresser. Afsendelser står som antal."),
        _("Frivilliges navne. Der står, hvilken forening eller hvilket netværk de hører til."),
    ]
    if withheld:
        found.append(
            _("%(n)s indførsler i loggen, som den, der hentede, ikke må læse. Kun deres hash er med.", n=withheld)
        )
    if unnamed:
        found.append(
            _(
                "Navnet på den frivillige i %(n)s indførsler. Deres ord er med, men kan ikke prøves mod loggen.",
                n=unnamed,
            )
        )
    if any(is_cut(seen) for seen in parts):
        found.append(_("Det, der skete, efter at aktørens del var slut."))
    return found


def _reviews(parts: list[Seen]) -> list[Told]:
    """Every review of the course, the newest first. What came after the reader's part ended is not theirs to take."""
    found = []
    for seen in reversed(parts):
        for review in queries.reviews_of(seen.incident) if not is_cut(seen) else []:
            page = ReviewPage(seen, review)
            page.parts = parts  # of an incident that may be read and not taken along, no figure either
            found.append(reviewed(page, review))
    return found


def _part(seen: Seen, log: Told) -> Told:
    incident = seen.incident
    return {
        "track": incident.track.value, "track_label": _(TRACK_LABELS[incident.track]), "what": incident.what,
        "where": incident.where, "category": _category(seen), "status": incident.status.value,
        "status_label": _(STATUS_LABELS[incident.status]), "leader": incident.leader.name,
        "activated_at": incident.activated_at.isoformat(),
        "ended_at": incident.ended_at.isoformat() if incident.ended_at else None,
        "afterwards": incident.is_afterwards,
        "parties": _parties(seen),
        "plan_version": incident.plan.version if incident.plan else None,
        "chain": log["chain"], "head": log["head"],
    }  # fmt: skip


def _parties(seen: Seen) -> list[str]:
    """Who was in it; for whom it ended before, who had joined by then."""
    ended = seen.facts.ended_participants.get(seen.reader.who.actor_key or "") if is_cut(seen) else None
    return [p.actor.name for p in seen.incident.participations if ended is None or p.joined_at <= ended]


def _category(seen: Seen) -> str:
    category = document_of(seen.incident).category(seen.incident.category_key)
    return category.label if category else seen.incident.category_key
