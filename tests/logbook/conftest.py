"""A chain to write in, and one who writes."""

import pytest
from flask import Flask

from app.extensions import db
from app.logbook.models import LogChain
from app.logbook.operations import Author, open_chain
from tests.conftest import Clock
from tests.factories import make_area, make_user
from tests.logbook.writing import by


@pytest.fixture
def area_id(app: Flask, clock: Clock) -> int:
    return make_area().id


@pytest.fixture
def chain(area_id: int) -> LogChain:
    chain = open_chain(area_id)
    db.session.commit()
    return chain


@pytest.fixture
def ssp(app: Flask) -> Author:
    return by(make_user(name="Signe SSP").id)


@pytest.fixture
def klub(app: Flask) -> Author:
    return by(make_user(name="Karl Klub").id, "ungdomsklub")
