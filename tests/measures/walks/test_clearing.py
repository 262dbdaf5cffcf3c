"""Nul-tolerance: the area's own target, the clock of a report, who is told that it has passed, and honest figures."""

from datetime import timedelta

import sqlalchemy as sa

from app.extensions import db
from app.measures.clearing import operations, queries
from app.measures.clearing.jobs import remind_to_clear
from app.measures.clearing.models import Report
from app.measures.clearing.vocabulary import ReportState
from app.messaging.models import Delivery
from app.notices.models import Notice
from tests.measures.walks.making import REPORT, make_report, send


def reports() -> list[Report]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Report).order_by(Report.id)))


def promise(scene, hours: int) -> None:
    operations.set_target(scene.cast.lindevangen, hours, None, by=scene.reader(scene.cast.ssp).by)
    db.session.commit()


def test_from_report_to_removal_by_the_areas_own_target(scene, at):
    ssp, responder = at(scene.cast.ssp), at(scene.cast.ssp_responder)
    housing = scene.cast.actors["housing"].public_id
    assert "har ikke sat et mål endnu" in ssp.text("/clearing")
    assert send(responder, "/clearing/new", **REPORT, responsible=housing).status_code == 303
    assert reports()[0].due_at is None, "no figure but the area's own"
    for hours in ("", "0", "mange", "721"):
        assert send(ssp, "/clearing/target", hours=hours, responsible="").status_code == 422, hours
    assert send(ssp, "/clearing/target", hours="48", responsible=housing).status_code == 303
    assert "væk inden for 48 timer" in ssp.text("/clearing")
    assert f'value="{housing}" selected' in responder.text("/clearing/new") or f'selected value="{housing}"' in (
        responder.text("/clearing/new")
    )
    assert send(responder, "/clearing/new", **REPORT, responsible=housing).status_code == 303
    without, report = reports()
    assert without.due_at is None and report.due_at == report.seen_at + timedelta(hours=48)
    path = f"/clearing/{report.public_id}"
    assert f'href="{path}"' in at(scene.cast.housing).text("/")
    early = send(at(scene.cast.housing), f"{path}/removal", removed_at="2026-11-22T22:00")
    assert early.status_code == 422 and "før det blev set" in early.text
    done = send(at(scene.cast.housing), f"{path}/removal", removed_at="2026-11-22T23:30", words="Vasket af")
    assert done.status_code == 303
    assert "Vasket af" in ssp.text(path) and reports()[1].state is ReportState.REMOVED
    assert send(ssp, f"{path}/dropping", reason="Igen").status_code == 422
    overview = ssp.text("/clearing")
    assert "1 af 1" in overview and "pct." not in overview.split("Under 10")[0] and "Halvdelen" not in overview


def test_a_new_target_moves_no_old_clock(scene):
    promise(scene, 24)
    make_report(scene)
    promise(scene, 72)
    assert reports()[0].target_hours == 24
    assert queries.target_of(scene.cast.skovkanten) is None


def test_who_passes_the_target_is_told_once_and_not_at_night(scene, clock):
    promise(scene, 4)
    late, gone = make_report(scene, owner="youth_club"), make_report(scene, owner="youth_club")
    make_report(scene, hours_ago=-3 * 24, owner="youth_club")  # has time left
    operations.drop(gone, "Meldt to gange")
    db.session.commit()
    clock.advance(hours=6)  # Monday, 5.40
    assert remind_to_clear() == 0
    clock.advance(hours=4)
    assert (remind_to_clear(), remind_to_clear()) == (1, 0)
    said = db.session.scalars(sa.select(Notice).where(Notice.text.contains("Målet er overskredet"))).all()
    assert [(n.about, n.seen_at) for n in said] == [(f"clearing:{late.public_id}", None)]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 1
    operations.remove(late, clock.now, "")
    db.session.commit()
    db.session.refresh(said[0])
    assert said[0].seen_at is not None, "what is gone reminds nobody any longer"


def test_ten_reports_give_a_share(scene, at, clock):
    promise(scene, 12)
    for hours in (1, 2, 3, 4, 5, 6, 7, 8, 9, 20):
        operations.remove(make_report(scene, hours_ago=30), clock.now - timedelta(hours=30 - hours), "")
    db.session.commit()
    page = at(scene.cast.ssp_observer).text("/clearing")
    assert "9 af 10 (90 pct.)" in page and "6 timer" in page
