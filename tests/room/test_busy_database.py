"""The database is held by somebody else for too long: the answer is calm and Danish, and shows what was typed."""

import sqlalchemy as sa

from app.extensions import db
from app.incidents.models import Incident
from tests.room.incident_forms import at as address
from tests.room.incident_forms import opened, plain, said

TYPED = "Der er <roligt> ved torvet nu"
IMPATIENT = {"sqlite": "PRAGMA busy_timeout=10", "postgresql": "SET lock_timeout = '10ms'"}


def test_a_locked_database_answers_503_with_the_text_and_the_same_form_works_afterwards(scene, at):
    incident = scene.activate(scene.cast.ssp)
    visitor, path = at(scene.cast.ssp), address(incident, "/log/new")
    form = opened(visitor, path) | {"text": TYPED}
    row = sa.select(Incident.id).where(Incident.id == incident.id).with_for_update()
    db.session.rollback()
    dialect = db.engine.dialect.name

    def be_impatient(connection, *_):
        connection.cursor().execute(IMPATIENT[dialect])
        connection.commit()

    with db.engine.connect() as holder:
        holder.execute(row)
        sa.event.listen(db.engine, "checkout", be_impatient)
        try:
            answer = visitor.post(path, form)
        finally:
            sa.event.remove(db.engine, "checkout", be_impatient)
    db.engine.dispose()
    assert answer.status_code == 503
    assert "Databasen svarer ikke lige nu" in plain(answer.text)
    assert "Der er &lt;roligt&gt; ved torvet nu" in answer.text
    assert TYPED not in said(incident)
    assert visitor.post(path, form).status_code == 303
    assert said(incident).count(TYPED) == 1
