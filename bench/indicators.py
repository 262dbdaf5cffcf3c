"""How much memory an import of 100,000 rows takes, and how fast the area page answers after it.

`python -m bench.indicators [sqlite] [postgresql]`. Against reading the whole file into a list of rows first. Five
minutes for both on two shared cores; PostgreSQL takes most of them (a commit per 500 rows waits for its disk).
"""

import csv
import io
import statistics
import sys
import time
import tracemalloc

from app.extensions import db
from app.importing import files
from app.indicators import jobs, operations
from app.indicators.importing.desk import clear
from app.indicators.importing.survey import COLUMNS
from app.indicators.items import items
from app.indicators.models import IndicatorImport, Observation
from app.indicators.vocabulary import GROUP_LABELS, ImportKind, ImportState
from app.lib.database import set_read_only
from bench.log import application
from bench.results import machine, write
from tests.factories import Visitor
from tests.scene import Scene

ROWS, FEW, TURNS = 100_000, 10_000, 60
ENGINES = ("sqlite", "postgresql")
GROUPS = list(GROUP_LABELS.values())


def survey(rows: int) -> bytes:
    """Series after series, 30 years each, every question put to every group."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(COLUMNS)
    made = 0
    for series in range(10_000):
        for year in range(1996, 2026):
            facts = [f"Måling {series}", year, "Lindevangen", "Spørgeskema", "Beboere", 240, "41,5", "Egen"]
            for one in items():
                for group in GROUPS:
                    if made == rows:
                        return file.getvalue().encode("utf-8-sig")
                    writer.writerow([*facts, one.code, "", "", group, f"{40 + made % 50},5", "pct.", 240])
                    made += 1
    raise AssertionError


def take_in(scene: Scene, rows: int) -> tuple[float, float]:
    """Seconds, and the most megabytes that Python held beside the file itself."""
    content = survey(rows)
    by = scene.reader(scene.cast.ssp).by
    imported = operations.submit(scene.cast.lindevangen, ImportKind.SURVEY, "bench.csv", content, f"b{rows}", by=by)
    db.session.commit()
    number, size = imported.id, len(content)
    db.session.rollback()
    del content, imported
    tracemalloc.start()
    began = time.perf_counter()
    while jobs.read_files() == 0:
        pass
    took, (_now, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    kept = db.session.get(IndicatorImport, number)
    assert kept.state is ImportState.CHECKED, kept.errors[:3]
    assert kept.rows_kept == rows
    if rows == ROWS:
        operations.save(kept, by=scene.reader(scene.cast.ssp).by)
        assert db.session.query(Observation).count() > rows
    else:
        clear(number)
    db.session.commit()
    return took, (peak - size) / 1e6


def all_at_once() -> float:
    """Megabytes that the file's rows take as a list."""
    content = survey(ROWS)
    tracemalloc.start()
    held = list(files.lines(content))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(held) == ROWS + 1
    return peak / 1e6


def page(visitor: Visitor) -> tuple[float, float, float]:
    """Milliseconds of a fresh process's first answer, then the medians: until it is there, and of our own work."""
    took, work = [], []
    for _ in range(TURNS):
        began, worked = time.perf_counter(), time.process_time()
        assert visitor.get("/indicators").status_code == 200
        took.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - worked) * 1000)
    return took[0], statistics.median(took[1:]), statistics.median(work[1:])


def measure(engine: str) -> str:
    """One row of the table."""
    with application(engine) as app:
        app.config.update(TESTING=True)
        with app.app_context():
            scene = Scene()
            _few_seconds, few = take_in(scene, FEW)
            seconds, many = take_in(scene, ROWS)
            visitor = Visitor(app, scene.cast.ssp)
            db.session.remove()
        first, median, work = page(visitor)
        with app.app_context():
            db.engine.dispose()
        set_read_only(False)
    return (
        f"| {engine} | {seconds:.0f} s | {few:.1f} MB | {many:.1f} MB | {first:.0f} ms | {median:.0f} ms ({work:.0f}) |"
    )


ABOUT = """{machine}, shared with other work.
One CSV of 100,000 answers (1,042 rounds), read by the worker in batches of 500, then the area page on that database.
Memory is what Python held beside the file itself, traced meanwhile (which makes it several times slower); all rows of
the file as one list take {list:.0f} MB. The first page of a process draws its pictures (V8 starts, 24 of them in this
worst case); what a saved round says is worked out once.

| | 100,000 rows | memory, 10,000 rows | memory, 100,000 rows | first page | median page (own work) |
|---|---|---|---|---|---|"""


def main(engines: list[str]) -> None:
    """Print the table; with both engines also write it down."""
    lines = [ABOUT.format(machine=machine(), list=all_at_once())]
    for engine in engines or ENGINES:
        lines.append(measure(engine))
        print(lines[-1], flush=True)
    if set(engines or ENGINES) == set(ENGINES):
        write("Figures by file (`python -m bench.indicators`)", "\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
