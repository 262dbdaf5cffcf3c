"""A plan's life from template to superseded, and what the database refuses."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.areas.by import By
from app.areas.models import OrganisationKind
from app.errors import Refused
from app.extensions import db
from app.lib import clock as app_clock
from app.plans.models import Plan, PlanStatus
from app.plans.operations import approve, create_from_template
from app.plans.queries import document_for, plan_for, versions_of
from app.plans.reading import PlanFaults, to_json
from app.plans.vocabulary import Track
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories import make_actor, make_area

COLUMNS = {
    "public_id": "'andet'", "area_id": "area_id + 1", "version": "9", "document": "'{}'", "approved_by": "'en anden'",
    "approved_at": "'2020-01-01 00:00:00'", "review_on": "'2020-01-01'", "created_at": "'2020-01-01 00:00:00'",
    "created_by": "'en anden'", "status": "'draft'",
}  # fmt: skip


@pytest.fixture
def cast(app: object, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def helle(cast: Cast) -> By:
    return By(cast.helhedsplan, cast.actors["helhedsplan"])


def refused(statement: str) -> bool:
    """Whether the guard refuses the statement."""
    db.session.commit()
    try:
        db.session.execute(sa.text(statement))
    except sa.exc.DBAPIError as error:
        return "approved plan" in str(error.orig)
    finally:
        db.session.rollback()
    return False


def test_an_area_without_a_plan_works_by_the_template_and_is_told_so(cast: Cast) -> None:
    plan, document, warning = plan_for(cast.lindevangen)
    assert plan is None
    assert document.activators(Track.POLICE) == ("police",)
    assert warning is not None
    assert "Kokkedal-modellen" in warning.in_danish()


def test_the_template_takes_the_areas_own_names(cast: Cast) -> None:
    _, document, _ = plan_for(cast.lindevangen)
    named = document.called_all(document.activators(Track.NON_POLICE))
    assert named == "kommunen (SSP), boligorganisationen og Lindevangen på Vej"
    assert [line.name for line in document.parties] == [
        "Østkystens Politi", "SSP og opsøgende team", "Ungdomsklubben", "Center for Børn og Familier",
        "Lindevangen på Vej",
    ]  # fmt: skip


def test_every_housing_organisation_of_the_area_may_activate(cast: Cast) -> None:
    make_actor(cast.lindevangen, "almen_bo", "Almen Bo", kind=OrganisationKind.HOUSING)
    db.session.expire_all()
    _, document, _ = plan_for(cast.lindevangen)
    assert document.activators(Track.NON_POLICE) == ("municipality", "ssp", "housing", "helhedsplan", "almen_bo")
    assert document.called("housing") == "Boligselskabet Linden"
    assert document.activators(Track.POLICE) == ("police",)


def test_a_draft_is_used_with_a_warning_until_a_version_is_approved(cast: Cast, helle: By) -> None:
    draft = create_from_template(cast.lindevangen, helle)
    plan, _, warning = plan_for(cast.lindevangen)
    assert (plan, draft.version) == (draft, 1)
    assert warning is not None
    assert "kladde" in warning.in_danish()
    approve(draft, helle)
    assert plan_for(cast.lindevangen).warning is None


def test_an_approved_version_is_kept_before_a_newer_draft(cast: Cast, helle: By) -> None:
    first = approve(create_from_template(cast.lindevangen, helle), helle)
    create_from_template(cast.lindevangen, helle)
    assert plan_for(cast.lindevangen).plan is first


def test_an_expired_plan_is_used_with_a_warning(cast: Cast, helle: By, clock: Clock) -> None:
    plan = approve(create_from_template(cast.lindevangen, helle), helle, review_on=date(2026, 11, 22))
    assert plan_for(cast.lindevangen).warning is None, "its last day counts"
    clock.advance(minutes=30)  # past midnight in Denmark, not yet in UTC
    in_force = plan_for(cast.lindevangen)
    assert in_force.plan is plan
    assert in_force.warning is not None
    assert "22.11.2026" in in_force.warning.in_danish()


def test_approving_a_version_supersedes_the_one_before(cast: Cast, helle: By) -> None:
    first = approve(create_from_template(cast.lindevangen, helle), helle)
    second = approve(create_from_template(cast.lindevangen, helle), helle)
    assert [(p.version, p.status) for p in versions_of(cast.lindevangen)] == [
        (2, PlanStatus.APPROVED), (1, PlanStatus.SUPERSEDED),
    ]  # fmt: skip
    assert plan_for(cast.lindevangen).plan is second
    assert document_for(cast.lindevangen, first).parties, "an incident keeps the version it began with"
    assert second.approved_by == "Helle Plan, Lindevangen på Vej"
    assert second.approved_at == app_clock.now()


def test_only_a_draft_can_be_approved(cast: Cast, helle: By) -> None:
    plan = approve(create_from_template(cast.lindevangen, helle), helle)
    with pytest.raises(Refused, match="Kun en kladde"):
        approve(plan, helle)


def test_a_faulty_draft_is_not_approved(cast: Cast, helle: By) -> None:
    draft = create_from_template(cast.lindevangen, helle)
    draft.document = draft.document | {"debrief_questions": []}
    with pytest.raises(PlanFaults, match="fire spørgsmål"):
        approve(draft, helle)
    assert draft.status is PlanStatus.DRAFT


def test_versions_are_counted_per_area(cast: Cast, helle: By) -> None:
    create_from_template(cast.lindevangen, helle)
    other = make_area("Skovkanten Nord")
    assert create_from_template(other, helle).version == 1
    assert plan_for(other).plan is not plan_for(cast.lindevangen).plan


def test_no_column_of_an_approved_version_can_be_changed(cast: Cast, helle: By) -> None:
    approve(create_from_template(cast.lindevangen, helle), helle)
    let_through = [c for c, other in COLUMNS.items() if not refused(f"UPDATE plans SET {c} = {other}")]
    assert let_through == []
    mapped = {column.name for column in Plan.__table__.columns}
    assert set(COLUMNS) | {"id"} == mapped, "a new column must be guarded too"


def test_nothing_else_changes_while_a_version_steps_aside(cast: Cast, helle: By) -> None:
    approve(create_from_template(cast.lindevangen, helle), helle)
    assert refused("UPDATE plans SET status = 'superseded', version = 9")
    assert not refused("UPDATE plans SET status = 'superseded'")


def test_a_superseded_version_never_counts_again(cast: Cast, helle: By) -> None:
    approve(create_from_template(cast.lindevangen, helle), helle)
    approve(create_from_template(cast.lindevangen, helle), helle)
    assert refused("UPDATE plans SET status = 'approved' WHERE version = 1")


def test_an_approved_version_cannot_be_deleted_or_emptied_away(cast: Cast, helle: By) -> None:
    approve(create_from_template(cast.lindevangen, helle), helle)
    assert refused("DELETE FROM plans")
    if db.engine.dialect.name == "postgresql":
        assert refused("TRUNCATE plans CASCADE")
    else:
        columns = ", ".join(c.name for c in Plan.__table__.columns)
        replacing = f"INSERT OR REPLACE INTO plans ({columns}) SELECT {columns} FROM plans"
        assert refused(replacing)
        db.session.execute(sa.text("SELECT 1")).all()


def test_a_draft_can_be_changed_and_thrown_away(cast: Cast, helle: By) -> None:
    draft = create_from_template(cast.lindevangen, helle)
    changed = to_json(plan_for(cast.lindevangen).document) | {"first_report_minutes": 30}
    draft.document = changed
    db.session.flush()
    db.session.expire(draft)
    assert plan_for(cast.lindevangen).document.first_report_minutes == 30
    db.session.delete(draft)
    db.session.flush()
    assert versions_of(cast.lindevangen) == []
