"""The room: one page of panels; each panel can be fetched anew by itself, and one small poll says when."""

from typing import Any

from flask import abort, render_template, request

from app.accounts.guard import Permission, requires
from app.incidents.access import seen_or_404
from app.incidents.forms import new_once
from app.live.views import quiet
from app.narrative.models import FACT_STATUS_LABELS
from app.narrative.page import CHIPS
from app.room import ending, log_lines, log_panel, menu, parties_panel, succession, task_rows, tasks_panel, words
from app.room.banners import Banners
from app.room.blueprint import blueprint
from app.room.live import standing
from app.room.room import Room

# Panel -> its template. The band and the bar are panels too: what they say changes under the reader's eyes.
PANEL_NAMES = ("band", "todo", "report", "narrative", "parties", "tasks", "log", "bar")
PANELS = {name: f"room/_{name}.html" for name in PANEL_NAMES}
PANELS["direction"] = "direction/_panel.html"
PANELS["informed"] = "broadcasts/_panel.html"
FOR_ALL = frozenset({"band", "log", "bar"})  # what remains for somebody whose part ended


@blueprint.get("")
@requires(Permission.READ_ROOM)
def show(public_id: str) -> str:
    """The whole room. The counters are read before the data they stand for."""
    room = Room(seen_or_404(public_id))
    heard = standing(room.incident.id, is_silent=room.sender_is_silent)
    return render_template("room/show.html", versions=heard, banners=Banners(in_room=True), **_context(room))


@blueprint.get("/panels/<name>")
@quiet
@requires(Permission.READ_ROOM)
def panel(public_id: str, name: str) -> str:
    """One panel anew."""
    room = Room(seen_or_404(public_id))
    if name not in PANELS or not (room.is_inside or name in FOR_ALL):
        abort(404)
    return render_template(PANELS[name], **_context(room))


@blueprint.get("/log")
@requires(Permission.READ_ROOM)
def log_pages(public_id: str) -> str:
    """The log alone, page by page."""
    room = Room(seen_or_404(public_id))
    return render_template("room/log.html", before=request.args.get("before", type=int), **_context(room))


def _context(room: Room) -> dict[str, Any]:
    return {
        "room": room,
        "incident": room.incident,
        "log_page": log_panel.page,
        "log_lines": log_lines.lines,
        "party_rows": parties_panel.rows,
        "task_groups": tasks_panel.groups,
        "task_rows": task_rows.rows,
        "menu_links": menu.links,
        "new_once": new_once,
        "status_words": words.status,
        "fact_labels": FACT_STATUS_LABELS,
        "fact_chips": CHIPS,
        "act_words": words.act,
        "questions": succession.questions,
        "may_answer": succession.may_answer,
        "may_summarise": succession.may_summarise,
        "sides": succession.sides,
        "may_undo_now": ending.may_undo_now,
        "undo_until": ending.undo_until,
    }
