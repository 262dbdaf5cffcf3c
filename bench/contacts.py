"""How long 50,000 contacts take, what memory, and how long others who write wait; against a loop with one commit a row.

`python -m bench.contacts [sqlite] [postgresql]`. The loop is what one writes by hand: csv, phonenumbers, a look for the
number, one contact, one commit; no dry run, no report, half of it there if it breaks.
"""

import csv
import io
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.contacts.importing import jobs, operations
from app.contacts.models import AudienceMember, Contact, ContactImport, ContactPoint, OnMatch, PointKind
from app.extensions import db
from app.importing import worker
from app.importing.states import ImportState
from app.lib import phone
from app.lib.database import set_read_only
from bench.log import application
from bench.results import machine, write
from tests.factories import Visitor
from tests.scene import Scene

ROWS, FEW, BY_HAND, TURNS = 50_000, 5_000, 2_000, 20
ENGINES = ("sqlite", "postgresql")


def people(first: int, rows: int) -> bytes:
    """Residents with a mobile, every third with a mail, in stairwells of a section."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(["navn", "mobil", "mail", "afdeling", "opgang", "målgrupper", "kilde"])
    for n in range(first, first + rows):
        mail = f"beboer{n}@linde.example" if n % 3 == 0 else ""
        line = [f"Beboer Æble {n}", f"{20_000_000 + n}", mail, "Lindehuse", f"{n % 90} A", "Beboere", "lejekontrakt"]
        writer.writerow(line)
    return file.getvalue().encode("cp1252")


@contextmanager
def growing() -> Iterator[list[float]]:
    """How many megabytes the process holds more than at the start, at most: looked at twenty times a second."""
    over, most, start = threading.Event(), [0.0], _held()

    def look() -> None:
        while not over.wait(0.05):
            most[0] = max(most[0], _held() - start)

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield most
    finally:
        over.set()
        looker.join()


@contextmanager
def another_writer() -> Iterator[list[float]]:
    """The longest time that somebody else waited for leave to write, who asked some fifty times a second."""
    over, most, engine = threading.Event(), [0.0], db.engine

    def ask() -> None:
        while not over.wait(0.02):
            began = time.perf_counter()
            with engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
            most[0] = max(most[0], time.perf_counter() - began)

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        yield most
    finally:
        over.set()
        asker.join()


def _held() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def take_in(scene: Scene, first: int, rows: int) -> tuple[float, float, float, float]:
    """Seconds of reading, of saving, of another writer's longest wait then; megabytes that the process grew."""
    content, by = people(first, rows), scene.reader(scene.cast.helhedsplan).by
    made = operations.submit(
        scene.cast.lindevangen, "liste.csv", content, f"b{first}:{rows}", on_match=OnMatch.UPDATE, audience_key="",
        source=None, by=by,
    )  # fmt: skip
    db.session.commit()
    number = made.id
    del content, made
    db.session.rollback()
    with growing() as grown:
        began = time.perf_counter()
        while jobs.read_lists() == 0:
            pass
        read = time.perf_counter() - began
    imported = db.session.get(ContactImport, number)
    assert imported is not None
    assert imported.state is ImportState.CHECKED, imported.errors[:3]
    operations.say_yes(imported, by=scene.reader(scene.cast.helhedsplan).by)
    db.session.commit()
    began = time.perf_counter()
    with another_writer() as waited:
        jobs.save_lists()
    saved = time.perf_counter() - began
    db.session.expire_all()
    assert imported.state is ImportState.SAVED, imported.errors
    jobs.clear_away()
    return read, saved, waited[0], grown[0]


def by_hand(scene: Scene, first: int, rows: int) -> float:
    """Seconds a thousand rows, the way one writes it."""
    place = next(one.id for one in scene.cast.lindevangen.places if one.name == "Lindehuse")
    area = scene.cast.lindevangen.id
    lines = csv.DictReader(io.StringIO(people(first, rows).decode("cp1252")), delimiter=";")
    began = time.perf_counter()
    for line in lines:
        number = phone.normalise(line["mobil"])
        if db.session.query(ContactPoint).filter_by(address=number).first() is None:
            contact = Contact(area_id=area, name=line["navn"], place_id=place, entrance=line["opgang"])
            contact.points = [ContactPoint(kind=PointKind.MOBILE, address=number)]
            if line["mail"]:
                contact.points.append(ContactPoint(kind=PointKind.EMAIL, address=line["mail"].lower()))
            contact.audiences = [AudienceMember(audience_key="residents", why="")]
            db.session.add(contact)
        db.session.commit()
    return (time.perf_counter() - began) / rows * 1000


def pages(visitor: Visitor) -> float:
    """Median milliseconds of a search in all of them."""
    took = []
    for n in range(TURNS):
        began = time.perf_counter()
        assert visitor.get(f"/contacts?q=aeble+{n * 997}").status_code == 200
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def measure(engine: str) -> str:
    """One row of the table."""
    worker.A_WHILE = 3600.0
    with application(engine) as app:
        app.config.update(TESTING=True)
        with app.app_context():
            scene = Scene()
            take_in(scene, 0, 500)  # what is loaded once, is loaded
            _read, _saved, _waited, few = take_in(scene, 50_000, FEW)
            read, saved, waited, many = take_in(scene, 200_000, ROWS)
            loop = by_hand(scene, 300_000, BY_HAND)
            visitor = Visitor(app, scene.cast.helhedsplan)
            db.session.remove()
        searched = pages(visitor)
        with app.app_context():
            db.engine.dispose()
        set_read_only(False)
    ours = (read + saved) / ROWS * 1000
    return (
        f"| {engine} | {read:.0f} s | {saved:.1f} s | {waited:.2f} s | {few:.1f} MB | {many:.1f} MB "
        f"| {ours:.2f} s | {loop:.2f} s | {loop / ours:.1f} | {searched:.0f} ms |"
    )


ABOUT = """{machine}, shared with other work.
One CSV of 50,000 residents, read and compared with the list by the worker in batches of 500 (nothing is saved yet),
then saved: batches of 1,000 that nobody sees, and one short step that lets all of them count. Another writer asks for
leave to write all the while; its longest wait is shown. Beside it, in the same run and on the same database, a loop
over 2,000 rows with a commit each, that checks less and leaves half behind when it breaks. Memory is how much the
process grew while it read, the file itself among it. Search: a page of it among 55,000 contacts.

| | 50,000 read | saved | others wait | memory, 5,000 | memory, 50,000 | 1,000 rows | by the loop | ratio | search |
|---|---|---|---|---|---|---|---|---|---|"""


def main(engines: list[str]) -> None:
    """Print the table; with both engines also write it down."""
    lines = [ABOUT.format(machine=machine())]
    for engine in engines or ENGINES:
        lines.append(measure(engine))
        print(lines[-1], flush=True)
    if set(engines or ENGINES) == set(ENGINES):
        write("Contacts from a file (`python -m bench.contacts`)", "\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
