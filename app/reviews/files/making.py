"""Makes the files in the worker, step by step, from what was gathered when they were asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.reviews.files import packing, papers, sheets

HERE = Path(__file__).parent
README, PDF, CSV, SENT, JSON, LOG, SCHEMA = (
    "LAES_MIG.txt", "forloeb.pdf", "forloeb.csv", "afsendelser.csv", "forloeb.json", "log.json", "skema.json",
)  # fmt: skip
Data = dict[str, Any]
Report = Callable[[int], None]  # how many per cent are done


def as_pdf(data: Data, report: Report) -> bytes:
    """The course on paper."""
    report(10)
    return papers.paper(data["course"], packing.sha256(packing.as_json(data["course"])))


def as_csv(data: Data, report: Report) -> bytes:
    """The course as lines of a spreadsheet."""
    report(10)
    return sheets.timeline(data["course"])


def as_json(data: Data, report: Report) -> bytes:
    """The course with its logs, so that the file proves itself."""
    report(10)
    return packing.as_json(data["course"] | {"logs": data["logs"]})


def as_package(data: Data, report: Report) -> bytes:
    """All of it in one zip, with a manifest."""
    course, logs = data["course"], data["logs"]
    told, log = packing.as_json(course), packing.as_json({"logs": logs})
    report(10)
    lines, sent = sheets.timeline(course), sheets.deliveries(course)
    report(20)
    paper = papers.paper(course, packing.sha256(told))
    report(90)
    files = {
        README: readme(course), PDF: paper, CSV: lines, SENT: sent, JSON: told, LOG: log,
        SCHEMA: (HERE / SCHEMA).read_bytes(),
    }  # fmt: skip
    return packing.package(files, about(course))


def about(course: Data) -> Data:
    """What the manifest says of the package as a whole."""
    return {
        "area": course["area"], "title": course["title"], "exercise": course["exercise"],
        "taken_by": course["taken"]["by"], "taken_at": course["taken"]["at"],
        "heads": [part["head"] for part in course["parts"]],
    }  # fmt: skip


def readme(course: Data) -> bytes:
    """What is in the package, what is not, and how it is proved."""
    text = (HERE / README).read_text(encoding="utf-8")
    exercise = "ØVELSE: intet af dette er virkeligt.\n\n" if course["exercise"] else ""
    filled = {
        "EXERCISE": exercise, "TITLE": f"{course['title']}, {course['area']}", "MARK": course["taken"]["mark"],
        "LEFT_OUT": "\n".join(f"- {line}" for line in course["left_out"]),
        "HEADS": "\n".join(f"  {part['head']}" for part in course["parts"]),
    }  # fmt: skip
    for name, value in filled.items():
        text = text.replace("{" + name + "}", value)
    return text.encode()
