"""Whoever lets such words stand is asked to read again, and is known to have done it; the words are not kept twice."""

import pytest
from flask import Flask

from app.accounts.models import AuditEntry
from app.extensions import db
from tests.factories import Visitor
from tests.leaks.filling import big_form
from tests.room.conftest import at as at
from tests.room.conftest import scene as scene
from tests.scene import Scene

NAMED = "Drengen hedder Jonas."


@pytest.fixture
def form(app: Flask, scene: Scene, at) -> tuple[Visitor, str, dict[str, str]]:
    incident = scene.activate(scene.cast.ssp)
    db.session.commit()
    visitor, path = at(scene.cast.ssp), f"/incidents/{incident.public_id}/log/new"
    found = big_form(visitor.get(path).text)
    assert found is not None
    return visitor, path, {name: value for name, value in found.data.items() if name != "csrf_token"} | {"warned": ""}


def overridden() -> list[AuditEntry]:
    return db.session.query(AuditEntry).filter_by(kind="lint_overridden").all()


def test_a_name_is_kept_and_read_again(form) -> None:
    visitor, path, data = form
    answer = visitor.post(path, data | {"text": NAMED})
    assert answer.status_code == 303
    assert "Læs det igen. Det ligner et navn." in visitor.get(answer.location).text
    (entry,) = overridden()
    assert entry.detail == {"kinds": ["name"]}
    assert "Jonas" not in entry.text


def test_who_was_told_while_typing_is_not_told_again(form) -> None:
    visitor, path, data = form
    answer = visitor.post(path, data | {"text": NAMED, "warned": "name"})
    assert "Læs det igen" not in visitor.get(answer.location).text
    assert len(overridden()) == 1


def test_a_number_that_is_no_cpr_is_owned_up_to(form) -> None:
    visitor, path, data = form
    assert visitor.post(path, data | {"text": "221126-2330"}).status_code == 422
    assert overridden() == []
    assert visitor.post(path, data | {"text": "221126-2330", "not_cpr": "y"}).status_code == 303
    (entry,) = overridden()
    assert entry.detail == {"kinds": ["cpr"]}


def test_ordinary_words_leave_no_trace(form) -> None:
    visitor, path, data = form
    assert visitor.post(path, data | {"text": "Roligt ved torvet kl. 23.50."}).status_code == 303
    assert overridden() == []
