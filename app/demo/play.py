"""Plays the stories in a fresh database that is thrown away, under a driven clock."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import config as configuration
from app import create_app, schema
from app.demo.files import prove
from app.demo.load import load
from app.demo.stage import Package, Stage
from app.demo.stories import STORIES
from app.extensions import db
from app.lib import clock


def play(say: Callable[[str], None]) -> list[str]:
    """Every story, one after the other. Answers what was not as it must be, in Danish; nothing means all is well."""
    faults: list[str] = []
    packages: list[Package] = []
    with tempfile.TemporaryDirectory(prefix="beredskab-demo-") as folder:
        app = create_app(configuration.load({"BEREDSKAB_MODE": "demo", "BEREDSKAB_DATA": str(Path(folder))}))
        with app.app_context():
            schema.upgrade()
            for begins, story in STORIES:
                stage = Stage(app, say, begins)
                with clock.driven_by(lambda stage=stage: stage.now):  # type: ignore[misc]
                    load()
                    story(stage)
                faults += [f"{story.__name__}: {fault}" for fault in stage.faults]
                packages += stage.packages
            db.session.remove()
            db.engine.dispose()
    faults += _proved(packages, say)
    say("\nAlt gik, som det skulle." if not faults else f"\n{len(faults)} ting gik galt.")
    return faults


def _proved(packages: list[Package], say: Callable[[str], None]) -> list[str]:
    """The database is gone; what was taken along proves itself. Answers what does not."""
    faults = []
    for package in packages:
        with tempfile.TemporaryDirectory(prefix="beredskab-journal-") as folder:
            is_whole, said = prove(package, Path(folder))
        say(f"\nDatabasen er smidt væk. Journalpakken for »{package.what}«:\n{said.rstrip()}")
        faults += [] if is_whole else [f"journalpakken for {package.what} er ikke hel"]
    return faults
