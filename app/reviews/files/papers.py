"""The course on paper: what the PDF's template reads."""

from datetime import datetime
from pathlib import Path
from typing import Any

from app.documents.typesetting import typeset
from app.lib.i18n import N_, _
from app.reviews.files.words import at, on

PAPER = Path(__file__).parent / "paper" / "course.typ"
STATES = {"good": N_("I orden."), "warn": N_("Se på det."), "bad": N_("Mangler.")}
Told = dict[str, Any]


def paper(course: Told, data_hash: str) -> bytes:
    """The PDF. It bears the last hash of each log and the hash of the data it was made of."""
    return typeset(PAPER, of(course, data_hash))


def of(course: Told, data_hash: str) -> Told:
    """Everything on it, as words."""
    many = len(course["parts"]) > 1
    return {
        "lang": "da", "title": _title(course), "date": _date(course["taken"]["at"]),
        "heading": course["title"], "mark": course["taken"]["mark"],
        "exercise": _("ØVELSE · intet af dette er virkeligt") if course["exercise"] else "",
        "foot": _("%(mark)s. Kan indeholde fortrolige oplysninger.", mark=course["taken"]["mark"]),
        "parts": [_part(one, course) for one in course["parts"]],
        "left_out": {"title": _("Ikke med"), "lines": course["left_out"]},
        "reviews": [_review(one) for one in course["reviews"]],
        "texts": {"title": _("Beskeder, der er sendt"), "rows": [_text(one) for one in course["texts"]]},
        "deliveries": {
            "title": _("Afsendelser i tal"), "columns": [_("Hvad"), _("Kanal"), _("Hvordan det gik"), _("Antal")],
            "rows": [[one["what"], one["channel"], one["state"], str(one["count"])] for one in course["deliveries"]],
        },
        "timeline": {
            "title": _("Forløbet"), "columns": [_("Tid"), _("Nr."), _("Hvem"), _("Hvad")],
            "rows": [_line(one, course, many) for one in course["timeline"]],
        },
        "proof": _proof(course, data_hash),
        "words": {"page": _("Side"), "of": _("af"), "continues": _("Fortsætter på næste side")},
    }  # fmt: skip


def _date(iso: str) -> dict[str, int]:
    """When the file says it was made: when it was asked for, whatever the worker's clock says."""
    moment = datetime.fromisoformat(iso)
    return {name: getattr(moment, name) for name in ("year", "month", "day", "hour", "minute", "second")}


def _title(course: Told) -> str:
    name = f"{course['title']} · {course['area']}"
    return f"{_('ØVELSE')}: {name}" if course["exercise"] else name


def _part(one: Told, course: Told) -> Told:
    pairs = [
        (_("Område"), f"{course['area']}, {course['municipality']}"), (_("Type"), one["category"]),
        (_("Hændelse"), one["what"]), (_("Hvor"), one["where"]), (_("Status"), one["status_label"]),
        (_("Aktiveret"), at(one["activated_at"])), (_("Slut"), at(one["ended_at"])),
        (_("Leder"), one["leader"]), (_("Med i hændelsen"), ", ".join(one["parties"])),
    ]  # fmt: skip
    return {"track": one["track"], "band": one["track_label"].upper(), "pairs": [pair for pair in pairs if pair[1]]}


def _review(one: Told) -> Told:
    locked = _("Låst af %(who)s, %(when)s.", who=one["locked_by"], when=at(one["locked_at"]))
    return {
        "title": _("Evaluering nr. %(n)s", n=one["number"]),
        "lead": locked if one["locked_at"] else _("Evalueringen er ikke låst. Den kan ændres endnu."),
        "criteria": [_criterion(criterion) for criterion in one["criteria"]],
        "sections": [section for section in _sections(one) if section["blocks"]],
    }


def _criterion(one: Told) -> Told:
    return {
        "title": one["label"], "question": one["question"],
        "parts": [
            {
                "title": part["title"],
                "rows": [[f["label"], _state(f)] for f in part["figures"]],
            }
            for part in one["parts"]
            if part["figures"]
        ],
        "said": [_said(said) for said in one["comments"]],
    }  # fmt: skip


def _state(figure: Told) -> str:
    words = STATES.get(figure["state"])
    return f"{_(words)} {figure['value']}" if words else str(figure["value"])


def _said(said: Told) -> Told:
    against = f" ({_('uenig')})" if said.get("disagrees") else ""
    return {"head": f"{said['by']}{against}, {at(said['at'])}", "lines": said["text"].splitlines()}


def _sections(one: Told) -> list[Told]:
    conclusion, summary = one["conclusion"], one["summary"]
    return [
        {"title": _("Hvordan gik det?"), "blocks": [_answers(party) for party in one["debrief"]]},
        {"title": _("Læringspunkter"), "blocks": [_point(point) for point in one["learning"]]},
        {"title": _("Konklusion"), "blocks": [_said(conclusion)] if conclusion else []},
        {"title": _("Parternes svar på konklusionen"), "blocks": _words(conclusion) if conclusion else []},
        {"title": _("Tilføjelser efter låsen"), "blocks": [_said(said) for said in one["addenda"]]},
        {"title": _("Resumé til bestyrelserne"), "blocks": [_summary(summary)] if summary else []},
    ]


def _answers(party: Told) -> Told:
    if party["at"] is None:
        return {"head": party["party"], "lines": [_("Har ikke svaret.")]}
    late = f" ({_('efter fristen')})" if party["late"] else ""
    lines = [f"{one['question']} {one['text']}" for one in party["answers"]]
    return {"head": f"{party['party']}, {at(party['at'])}{late}", "lines": lines}


def _point(point: Told) -> Told:
    lines = [_("Ansvarlig: %(who)s. Senest %(day)s.", who=point["owner"], day=on(point["due_on"]))]
    if point["plan_part"]:
        lines.append(_("Forslag til planen (%(part)s):", part=point["plan_part"]) + f" {point['plan_text']}")
    if point["closed_at"]:
        lines.append(_("Lukket %(when)s. %(note)s", when=at(point["closed_at"]), note=point["closed_note"]))
    return {"head": point["text"], "lines": lines}


def _words(conclusion: Told) -> list[Told]:
    return [
        {"head": f"{said['party']}: {said['label']}", "lines": [said["reason"]] if said["reason"] else []}
        for said in conclusion["words"]
    ]


def _summary(summary: Told) -> Told:
    done = _("godkendt %(when)s", when=at(summary["approved_at"])) if summary["approved_at"] else _("ikke godkendt")
    return {"head": f"{summary['by']}, {done}", "lines": summary["text"].splitlines()}


def _text(one: Told) -> Told:
    head = _(
        "Besked %(n)s (%(phase)s) til %(who)s, %(when)s",
        n=one["number"], phase=one["phase"], who=", ".join(one["audiences"]), when=at(one["queued_at"]),
    )  # fmt: skip
    return {"head": head, "lines": [f"{text['called']}: {text['text']}" for text in one["texts"]]}


def _line(one: Told, course: Told, many: bool) -> list[str]:
    number = str(one.get("seq", ""))
    if "withheld" in one:
        return ["", number, "", f"{one['withheld']} {one['hash']}"]
    track = f" · {course['parts'][one['part']]['track_label']}" if many else ""
    behalf = " " + _("På vegne af %(whom)s.", whom=one["on_behalf_of"]) if one.get("on_behalf_of") else ""
    late = " " + _("Skrevet senere.") if one.get("late") else ""
    return [at(one["at"]), number, one["author"], f"{one['kind']}{track}: {one['text']}{behalf}{late}"]


def _proof(course: Told, data_hash: str) -> Told:
    return {
        "title": _("Sådan prøves loggen"),
        "lines": [
            _("Hver log slutter med dette hoved: logkæde, antal indførsler og den sidste hash."),
            _("Er journalpakken gemt, prøves den uden systemet: python3 verify_package.py PAKKE --against HOVED."),
            _("I systemet prøves den med: flask log verify --against HOVED."),
            _("Det hoved, der blev sendt til to parter ved afblæsningen, kan bruges på samme måde."),
        ],
        "heads": [one["head"] for one in course["parts"]],
        "data": _("Lavet af data med SHA-256:"), "data_hash": data_hash,
        "keywords": [*(f"beredskab-head:{one['head']}" for one in course["parts"]), f"beredskab-data:{data_hash}"],
    }  # fmt: skip
