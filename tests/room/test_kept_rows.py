"""A row that was written for one reader is given to another only when it says the same to both."""

import re

from app.live import remembered
from app.logbook import reading
from app.room import log_lines, task_rows
from tests.room.busy import busy
from tests.room.incident_forms import at as address
from tests.scene import Scene

OWN = re.compile(r'name="(?:csrf_token|once)" value="[^"]*"')  # each form has its own
PANELS = ("log", "tasks", "todo")


def forget() -> None:
    """As in a process that has just begun."""
    remembered.forget()
    reading.forget()
    for written in (log_lines._kept, log_lines._withheld, task_rows._row):
        written.cache_clear()


def test_no_reader_gets_a_row_that_was_written_for_another(scene: Scene, at) -> None:
    cast = scene.cast
    incident = busy(scene, entries=30, open_tasks=20, callouts=10)
    readers = [cast.ssp, cast.ssp_responder, cast.ssp_observer, cast.youth_club, cast.families, cast.helhedsplan]
    visitors = [at(user) for user in readers]

    def shown(visitor) -> list[str]:
        return [OWN.sub("", visitor.text(address(incident, f"/panels/{name}"))) for name in PANELS]

    alone = []
    for visitor in visitors:
        forget()
        alone.append(shown(visitor))
    forget()
    for _ in range(2):
        assert [shown(visitor) for visitor in visitors] == alone
    forget()
    assert [shown(visitor) for visitor in reversed(visitors)] == alone[::-1]
    assert len({log for log, *_ in alone}) > 2, "they do not all read the same"


def test_each_form_of_a_kept_row_has_a_key_and_a_token_of_its_own(scene: Scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    visitor, other = at(scene.cast.ssp), at(scene.cast.ssp_responder)
    pages = [one.text(address(incident, "/panels/todo")) for one in (visitor, visitor, other)]
    once = [key for page in pages for key in re.findall(r'name="once" value="([^"]*)"', page)]
    assert once and len(once) == len(set(once))
    tokens = [set(re.findall(r'name="csrf_token" value="([^"]*)"', page)) for page in pages]
    assert tokens[0].isdisjoint(tokens[2])
