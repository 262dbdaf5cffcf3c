"""What an area says of its personal data: the administrator writes it, everybody may read it, nothing is lost."""

import pytest

from app.areas.models import DataProtection
from app.areas.queries import data_protection_of
from app.extensions import db
from tests.factories import Visitor, make_area

WORDS = {
    "controller": "Linde Kommune, Rådhuset 1",
    "ask": "DPO, 20 00 01 90",
    "sources": "Beboere tilmelder sig selv.",
    "processors": "Sms-udbyderen A/S",
    "transfers": "Nej",
}


@pytest.fixture
def admin(app, cast) -> Visitor:
    return Visitor(app, cast.administrator)


def edit(area) -> str:
    return f"/administration/areas/{area.public_id}/data-protection"


def test_what_is_written_is_read_by_users_and_by_strangers_with_how_long_things_are_kept(app, cast, admin, clock):
    area = make_area("Nyvang", slug="nyvang")
    db.session.commit()
    assert "Siden er ikke skrevet endnu" in Visitor(app).text("/data-protection/nyvang")
    assert cast.administrator.name not in Visitor(app).text("/data-protection/nyvang")
    assert "Siden er ikke skrevet endnu" in admin.text(f"/administration/areas/{area.public_id}")
    assert cast.administrator.email in Visitor(app, cast.ssp).text("/data-protection/nyvang")
    half = admin.post(edit(area), WORDS | {"sources": " ", "over": "0"})
    assert half.status_code == 422 and "Skriv, hvor numre og adresser kommer fra." in half.text
    assert WORDS["controller"] in half.text and data_protection_of(area) is None
    assert "CPR" in admin.post(edit(area), WORDS | {"ask": "010170-1234", "over": "0"}).text
    assert admin.post(edit(area), WORDS | {"over": "0"}).status_code == 303
    for reader in (None, cast.ssp, cast.police, cast.board):
        page = Visitor(app, reader).text("/data-protection/nyvang")
        assert all(said in page for said in WORDS.values())
        assert "6 måneder" in page and "30 dage" in page and "24 måneder" in page
        assert ("Adam Administrator" in page) == (reader is not None)
    assert Visitor(app).get("/data-protection/nowhere").status_code == 404


def test_it_is_the_administrators_to_write(app, cast):
    for user in (cast.ssp, cast.police, cast.board):
        assert Visitor(app, user).post(edit(cast.lindevangen), WORDS | {"over": "1"}).status_code == 403
    assert Visitor(app).get(edit(cast.lindevangen)).status_code == 302


def test_each_saving_is_a_version_and_nobody_writes_over_what_they_did_not_see(app, cast, admin):
    assert 'value="1"' in admin.text(edit(cast.lindevangen))
    assert admin.post(edit(cast.lindevangen), WORDS | {"over": "1"}).status_code == 303
    late = admin.post(edit(cast.lindevangen), WORDS | {"ask": "Mig", "over": "1"})
    assert late.status_code == 422 and "En anden har gemt siden imens." in late.text and "Mig" in late.text
    assert admin.post(edit(cast.lindevangen), WORDS | {"over": "x"}).status_code == 422
    said = db.session.query(DataProtection).filter_by(area_id=cast.lindevangen.id).order_by(DataProtection.number)
    assert [(one.number, one.controller) for one in said][1] == (2, WORDS["controller"]) and said.count() == 2


def test_one_own_area_is_found_by_itself_a_stranger_chooses(app, cast):
    assert Visitor(app, cast.ssp).get("/data-protection").location.endswith("/data-protection/lindevangen")
    assert "/data-protection/skovkanten" in Visitor(app).text("/data-protection")
    assert 'href="/data-protection"' in Visitor(app).text("/sign-in")
