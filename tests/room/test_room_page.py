"""The room as each of the cast meets it."""

from flask import Flask

from tests.factories.visitor import Visitor
from tests.scene import Scene


def room(incident) -> str:
    return f"/incidents/{incident.public_id}"


def test_the_tovholder_sees_band_tasks_parties_and_log(app: Flask, scene: Scene) -> None:
    incident = scene.activate(scene.cast.ssp)
    page = Visitor(app, scene.cast.ssp).text(room(incident))
    print(page)
    assert "IKKE POLITISAG" in page and "Politiet er ikke part" in page
