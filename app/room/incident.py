"""The room of one incident: importing this gathers every page under `/incidents/<public_id>`."""

from app.room import (
    colleagues,
    ending,
    erasing,
    glimpse,
    lead,
    live,
    log,
    parties,
    police,
    report,
    show,
    succession,
    tasks,
)
from app.room.blueprint import blueprint as blueprint

PAGES = (show, live, log, erasing, tasks, parties, lead, report, police, ending, colleagues, succession, glimpse)
