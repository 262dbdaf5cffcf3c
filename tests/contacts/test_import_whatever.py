"""Whatever comes, in whatever order and however broken: a list is saved whole or leaves the contacts as they were."""

import random
from itertools import islice

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.contacts.importing import jobs
from app.contacts.importing.desk import DESK
from app.contacts.models import AudienceMember, Contact, ContactPoint, ImportPoint, ImportRow
from app.extensions import db
from app.importing import claims, staging
from app.importing.states import ImportState
from tests.contacts.lists import COLUMNS, list_file, read, row, save
from tests.indicators.files import xlsx_file

SOME = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RIGHT = [
    row(navn=f"Bø {n}", mobil=f"2044 55{n:02d}", mail=f"b{n}@linde.example" if n % 2 else "",
        målgrupper="Beboere", afdeling="Lindehuse", opgang=f"{n % 3} å")
    for n in range(12)
]  # fmt: skip
WORKBOOK = xlsx_file([COLUMNS, *([one.get(name, "") for name in COLUMNS] for one in RIGHT)])


def world() -> set[tuple[object, ...]]:
    """All that stands of contacts, but for ids and times."""
    contacts = db.session.execute(sa.select(Contact.id, Contact.name, Contact.entrance, Contact.ended_at)).all()
    points = db.session.execute(sa.select(ContactPoint.contact_id, ContactPoint.address)).all()
    members = db.session.execute(sa.select(AudienceMember.contact_id, AudienceMember.audience_key)).all()
    db.session.rollback()
    names = {one.id: one.name for one in contacts}
    return {
        *((one.name, one.entrance, one.ended_at) for one in contacts),
        *((names[c], a) for c, a in points), *((names[c], "in", k) for c, k in members),
    }  # fmt: skip


def tidy() -> None:
    """As before the example: the scene's contacts alone."""
    for table in (ImportPoint, ImportRow):
        db.session.execute(sa.delete(table))
    new = sa.select(Contact.id).where(Contact.name.like("Bø %"))
    for model in (AudienceMember, ContactPoint):
        db.session.execute(sa.delete(model).where(model.contact_id.in_(new)))
    db.session.execute(sa.delete(Contact).where(Contact.name.like("Bø %")))
    db.session.commit()


@SOME
@given(
    order=st.permutations(RIGHT), encoding=st.sampled_from(["utf-8-sig", "utf-8", "cp1252"]), batch=st.integers(1, 20),
    delimiter=st.sampled_from(";\t,"), ending=st.sampled_from(["\r\n", "\n", "\r\n\r\n"]),
)  # fmt: skip
def test_order_letters_and_batches_change_nothing(scene, order, encoding, batch, delimiter, ending):
    before, staging.BATCH, usual = world(), batch, staging.BATCH
    try:
        imported = read(scene, list_file(order, encoding=encoding, delimiter=delimiter, ending=ending))
        assert imported.state is ImportState.CHECKED and imported.rows_kept == len(RIGHT), imported.errors
        assert world() == before
        assert save(scene, imported).state is ImportState.SAVED
        new = world() - before
        assert {one[0] for one in new} == {one["navn"] for one in RIGHT}
        assert len(new) == len(RIGHT) * 3 + sum(bool(one["mail"]) for one in RIGHT)
        again = read(scene, list_file(order, encoding=encoding, delimiter=delimiter, ending=ending))
        assert (again.state, again.rows_kept) == (ImportState.CHECKED, 0), "the same file again changes nothing"
    finally:
        staging.BATCH = usual
        tidy()


@SOME
@given(seed=st.integers(0, 10**6), hits=st.integers(1, 6), of=st.sampled_from([list_file(RIGHT), WORKBOOK]))
def test_a_broken_file_is_saved_whole_or_not_at_all(scene, seed, hits, of):
    before, chance, content = world(), random.Random(seed), bytearray(of)
    for _hit in range(hits):
        at = chance.randrange(len(content))
        if chance.random() < 0.5:
            content[at] = chance.randrange(256)
        else:
            del content[at : at + chance.randrange(1, 40)]
    imported = read(scene, bytes(content))
    try:
        assert world() == before
        if imported.state is ImportState.REFUSED:
            assert imported.errors and ImportRow.query.count() == 0
            return
        kept = imported.rows_kept
        if kept:
            assert save(scene, imported).state is ImportState.SAVED
            assert len({one[0] for one in world() - before}) <= kept
    finally:
        for name in {one[0] for one in world() - before}:
            gone = sa.select(Contact.id).where(Contact.name == name)
            for model in (AudienceMember, ContactPoint):
                db.session.execute(sa.delete(model).where(model.contact_id.in_(gone)))
            db.session.execute(sa.delete(Contact).where(Contact.name == name))
        db.session.commit()
        tidy()


@SOME
@given(batch=st.integers(1, 5), rests=st.integers(0, 14), wrong=st.booleans())
def test_a_worker_may_die_anywhere_and_the_next_leaves_the_whole_or_nothing(scene, clock, batch, rests, wrong):
    before, staging.BATCH, usual = world(), batch, staging.BATCH
    last = RIGHT[-1] | ({"mobil": "12"} if wrong else {})
    try:
        with_nobody = jobs.read_lists
        jobs.read_lists = lambda: 0
        try:
            imported = read(scene, list_file([*RIGHT[:-1], last]))
        finally:
            jobs.read_lists = with_nobody
        claimed = claims.claim_next(DESK)
        db.session.commit()
        for _batch in islice(staging.check(claimed), rests):
            pass
        db.session.rollback()
        assert world() == before
        clock.advance(minutes=3)
        jobs.read_lists()
        db.session.expire_all()
        assert imported.state is (ImportState.REFUSED if wrong else ImportState.CHECKED)
        assert ImportRow.query.count() == (0 if wrong else len(RIGHT)) and world() == before
        assert imported.error_count == (1 if wrong else 0), "told once, though two workers read it"
    finally:
        staging.BATCH = usual
        tidy()
