"""What counts and what does not, two at once, and workers that die."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import AuditEntry
from app.errors import Refused
from app.extensions import db
from app.importing import claims, staging, worker
from app.indicators import jobs, operations
from app.indicators.importing.desk import DESK
from app.indicators.models import CrimeFigure, IndicatorImport, Observation, SurveyRound
from app.indicators.vocabulary import ImportKind, ImportState
from app.lib import clock as time
from tests.indicators.files import CRIME, crime_file, csv_file, row


@pytest.fixture
def by(scene):
    return scene.reader(scene.cast.ssp).by


def rows() -> int:
    return Observation.query.filter(Observation.line > 0).count() + CrimeFigure.query.count()


def test_saving_shows_the_figures_and_is_on_record(send, by, scene, at):
    imported = send(csv_file([row()]))
    page = at(scene.cast.board)
    assert "62,5" not in page.text("/indicators")
    operations.save(imported, by=by)
    operations.save(imported, by=by)
    db.session.commit()
    assert "62,5 pct. i Lindevangen" in page.text("/indicators")
    told = db.session.scalars(sa.select(AuditEntry.text).where(AuditEntry.kind == "indicators")).all()
    assert len(told) == 1 and "tal.csv" in told[0]


def test_of_two_files_with_the_same_round_one_is_saved(send, by):
    first, second = send(csv_file([row()])), send(csv_file([row(kode="L1")]))
    assert first.state is second.state is ImportState.CHECKED
    operations.save(first, by=by)
    db.session.commit()
    with pytest.raises(Refused, match="hentet ind imens"):
        operations.save(second, by=by)
    db.session.rollback()
    assert db.session.get(IndicatorImport, second.id).state is ImportState.CHECKED


@pytest.mark.parametrize("content", [csv_file([row(værdi="x")]), b""], ids=["with faults", "not read yet"])
def test_what_is_not_checked_cannot_be_saved(send, by, content):
    imported = send(content or csv_file([row()]), read=bool(content))
    with pytest.raises(Refused, match="kan ikke gemmes nu"):
        operations.save(imported, by=by)


def test_what_is_taken_back_is_gone_and_may_come_again(send, by, scene, at):
    imported = send(csv_file([row()]))
    operations.save(imported, by=by)
    operations.take_back(imported, by=by)
    db.session.commit()
    assert "62,5" not in at(scene.cast.board).text("/indicators")
    assert jobs.clear_away() == 1 and rows() == 0
    assert jobs.clear_away() == 0
    assert send(csv_file([row()])).state is ImportState.CHECKED


def test_a_newer_crime_file_replaces_the_older_of_its_own_table_only(send, by):
    older, yearly = send(crime_file([CRIME]), ImportKind.STRAF11), CRIME | {"TID": "2024", "ANMSIGT": "SIG"}
    other = send(crime_file([yearly]), ImportKind.STRAF22)
    newer = send(crime_file([CRIME | {"INDHOLD": "313"}]), ImportKind.STRAF11)
    for imported in (older, other, newer):
        operations.save(imported, by=by)
    db.session.commit()
    assert [one.state for one in (older, other, newer)] == [
        ImportState.REPLACED, ImportState.SAVED, ImportState.SAVED,
    ]  # fmt: skip
    jobs.clear_away()
    assert sorted(f.count for f in CrimeFigure.query) == [312, 313]
    assert CrimeFigure.query.filter_by(import_id=older.id).count() == 0


def test_what_nobody_said_yes_to_is_called_off_after_a_week(send, clock):
    imported = send(csv_file([row()]))
    clock.advance(days=6)
    jobs.clear_away()
    assert rows() == 1
    clock.advance(days=2)
    jobs.clear_away()
    assert rows() == 0
    assert db.session.get(IndicatorImport, imported.id).state is ImportState.WITHDRAWN


def test_a_worker_that_died_half_way_is_taken_over_and_nothing_is_there_twice(send, clock, monkeypatch):
    imported = send(csv_file([row(kode=code) for code in ("T1", "T2", "S1", "S2")]), read=False)
    monkeypatch.setattr(staging, "BATCH", 2)
    claimed = claims.claim_next(DESK)
    db.session.commit()
    with monkeypatch.context() as patch:
        patch.setattr(staging, "_settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            list(staging.check(claimed))
    db.session.rollback()
    assert rows() == 4
    assert jobs.read_files() == 0  # still somebody's
    clock.advance(minutes=3)
    assert jobs.read_files() == 1
    assert rows() == 4
    assert db.session.get(IndicatorImport, imported.id).state is ImportState.CHECKED


def test_a_worker_whose_file_was_taken_over_changes_nothing_more(send, clock):
    imported = send(csv_file([row()]), read=False)
    slow = claims.claim_next(DESK)
    db.session.commit()
    clock.advance(minutes=3)
    jobs.read_files()
    staging._settle(slow, staging.Tally(), [])
    db.session.expire_all()
    assert db.session.get(IndicatorImport, imported.id).rows_kept == 1


def test_a_file_that_kills_every_worker_is_given_up(send, clock):
    imported = send(csv_file([row()]), read=False)
    for _ in range(claims.MOST_ATTEMPTS):
        claims.claim_next(DESK)
        db.session.commit()
        clock.advance(minutes=3)
    jobs.read_files()
    db.session.expire_all()
    again = db.session.get(IndicatorImport, imported.id)
    assert again.state is ImportState.REFUSED and "ikke læses til ende" in again.errors[0]["text"]


def test_an_import_called_off_while_it_is_read_stays_off(send, by, monkeypatch):
    imported = send(csv_file([row(kode=code) for code in ("T1", "T2", "S1")]), read=False)
    monkeypatch.setattr(staging, "BATCH", 1)
    whole = staging._progress

    def called_off(claimed, tally):
        whole(claimed, tally)
        operations.take_back(db.session.get(IndicatorImport, imported.id), by=by)
        db.session.commit()

    monkeypatch.setattr(staging, "_progress", called_off)
    jobs.read_files()
    jobs.clear_away()
    db.session.expire_all()
    assert db.session.get(IndicatorImport, imported.id).state is ImportState.WITHDRAWN
    assert rows() == 0 and SurveyRound.query.count() == 1


def test_the_lease_is_longer_than_a_batch_and_is_extended(send, clock):
    imported = send(csv_file([row()]), read=False)
    claims.claim_next(DESK)
    assert db.session.get(IndicatorImport, imported.id).leased_until == time.now() + timedelta(minutes=2)


def test_a_large_file_is_read_in_turns_so_that_the_job_is_never_late(send, monkeypatch):
    monkeypatch.setattr(staging, "BATCH", 1)
    monkeypatch.setattr(worker, "A_WHILE", 0.0)
    imported = send(csv_file([row(kode=code) for code in ("T1", "T2", "S1")]), read=False)
    assert jobs.read_files() == 0  # no time at all: nothing is begun
    times = iter(range(1000))
    monkeypatch.setattr(worker, "monotonic", lambda: next(times))
    monkeypatch.setattr(worker, "A_WHILE", 2.0)
    seen = []
    for _ in range(10):
        jobs.read_files()
        db.session.expire_all()
        seen.append((imported.state, imported.rows_read))
    assert (ImportState.CHECKING, 1) in seen and (ImportState.CHECKING, 2) in seen
    assert seen[-1] == (ImportState.CHECKED, 3)
