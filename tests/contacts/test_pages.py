"""The contact list over HTTP: call order, normalised numbers, police marks, and volunteers' names."""

import pytest
import sqlalchemy as sa

from app.accounts.models import AuditEntry
from app.areas.models import OrganisationKind
from app.areas.roles import Role
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact
from app.contacts.queries import duty_line
from app.extensions import db
from app.lib.languages import Language
from tests.factories import make_actor, make_membership, make_user


def typed(**fields):
    usual = {"name": "Nora Ny", "function": "vagt", "mobile": "20 99 88 77", "landline": "", "email": "", "actor": "",
             "position": "0", "audiences": ["press"]}  # fmt: skip
    return usual | fields


def newest() -> Contact:
    return db.session.scalars(sa.select(Contact).order_by(Contact.id.desc()).limit(1)).one()


def test_the_list_shows_every_party_in_call_order(scene, at):
    page = at(scene.cast.helhedsplan).text("/contacts")
    assert page.index("ssp A") < page.index("ssp B") < page.index("ssp C")
    assert "Første kontakt" in page and "Stedfortræder" in page and "Nr. 3 i rækken" in page


def test_a_new_contact_takes_its_place_and_numbers_are_kept_as_e164(scene, at):
    club = scene.cast.actors["youth_club"]
    answer = at(scene.cast.helhedsplan).post(
        "/contacts/new",
        typed(actor=club.public_id, position="1", mobile="0045 20998877", email="Nora@KLUB.example", audiences=[]),
    )
    assert answer.status_code == 303, answer.text
    line = duty_line(club)
    assert [c.name for c in line] == ["youth_club A", "Nora Ny", "youth_club B", "youth_club C"]
    assert [c.position for c in line] == [0, 1, 2, 3]
    assert {p.address for p in line[1].points} == {"+4520998877", "nora@klub.example"}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("mobile", "12", "er ikke et dansk telefonnummer"),
        ("mobile", "", "Skriv mindst ét nummer eller en mail"),
        ("email", "nora@klub", "ligner ikke en mail"),
        ("name", "", "Skriv et navn"),
        ("name", "Nora 010203-1234", "CPR"),
        ("audiences", [], "Vælg en part eller mindst én målgruppe"),
        ("audiences", ["nobody"], "ikke i planen"),
        ("actor", "nowhere", "Den part findes ikke"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_lost(scene, at, field, value, says):
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Contact))
    answer = at(scene.cast.helhedsplan).post("/contacts/new", typed(**{"function": "nattevagt", field: value}))
    assert answer.status_code == 422
    assert says in answer.text and "nattevagt" in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == before


def test_a_double_tap_adds_one(scene, at):
    visitor = at(scene.cast.helhedsplan)
    for _ in range(2):
        assert visitor.post("/contacts/new", typed()).status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).where(Contact.name == "Nora Ny")) == 1


def test_an_edit_changes_numbers_place_and_audiences_and_is_on_record(scene, at):
    first = scene.contacts["ssp"][0]
    page = at(scene.cast.helhedsplan).text(f"/contacts/{first.public_id}")
    assert "20 00 11 00" in page
    data = typed(
        name="ssp A", actor=scene.cast.actors["ssp"].public_id, position="2", mobile="20001199",
        email="ssp0@lindevangen.example", audiences=["press", "residents"],
    )  # fmt: skip
    assert at(scene.cast.helhedsplan).post(f"/contacts/{first.public_id}", data).status_code == 303
    db.session.expire_all()
    assert [c.name for c in duty_line(scene.cast.actors["ssp"])] == ["ssp B", "ssp C", "ssp A"]
    assert first.point(PointKind.MOBILE).address == "+4520001199"
    assert {m.audience_key for m in first.audiences} == {"press", "residents"}
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert entry.kind == "contact_edited" and "numre og adresser" in entry.text
    assert "ssp A" not in entry.text and "20001199" not in entry.text


def test_police_are_rung_by_people_unless_said_otherwise(scene, at):
    police = scene.cast.actors["police"]
    page = at(scene.cast.helhedsplan).text(f"/contacts/new?actor={police.public_id}")
    assert 'id="humans_only" value="y" checked' in page
    at(scene.cast.helhedsplan).post("/contacts/new", typed(actor=police.public_id, humans_only="y", audiences=[]))
    assert newest().is_police and newest().humans_only


def test_a_contact_of_the_police_is_police_even_without_the_tick(scene, at):
    first = scene.contacts["police"][0]
    data = typed(name="police A", actor=scene.cast.actors["police"].public_id, audiences=[])
    at(scene.cast.helhedsplan).post(f"/contacts/{first.public_id}", data)
    db.session.expire_all()
    assert first.is_police


def test_an_ended_contact_is_called_no_more_and_the_next_moves_up(scene, at):
    first = scene.contacts["ssp"][0]
    visitor = at(scene.cast.helhedsplan)
    assert "Er ssp A stoppet?" in visitor.text(f"/contacts/{first.public_id}/end")
    assert visitor.post(f"/contacts/{first.public_id}/end").status_code == 303
    assert [(c.name, c.position) for c in duty_line(scene.cast.actors["ssp"])] == [("ssp B", 0), ("ssp C", 1)]
    assert visitor.get(f"/contacts/{first.public_id}").status_code == 404


def test_volunteers_do_not_see_each_other(scene, at):
    network = make_actor(scene.cast.lindevangen, "network", "Natteravnene", kind=OrganisationKind.CIVIL)
    owl = make_user("Ulla Ugle")
    make_membership(owl, network, Role.COORDINATOR)
    hidden = add_contact(
        scene.cast.lindevangen, name="Frode Frivillig", points=[(PointKind.MOBILE, "20777777")],
        audiences=["civil_networks"], is_volunteer=True,
    )  # fmt: skip
    db.session.commit()
    for path in ("/contacts", "/contacts?q=frode", "/contacts?q=20777777", "/contacts?audience=civil_networks"):
        page = at(owl).text(path)
        assert "Frode Frivillig" not in page and "20 77 77 77" not in page and hidden.public_id not in page
    for path in (f"/contacts/{hidden.public_id}", f"/contacts/{hidden.public_id}/end"):
        assert at(owl).get(path).status_code == 404
        assert at(owl).post(path).status_code == 404
    assert "Frode Frivillig" in at(scene.cast.helhedsplan).text("/contacts?q=frode")


def test_only_the_areas_own_coordinators_keep_its_contacts(scene, at):
    path = f"/contacts/{scene.contacts['ssp'][0].public_id}"
    for user in (scene.cast.ssp_responder, scene.cast.ssp_observer, scene.cast.board, scene.cast.administrator):
        assert at(user).get("/contacts").status_code == 403
        assert at(user).post(path, typed()).status_code == 403
    assert "ssp A" not in at(scene.cast.neighbour).text("/contacts")
    assert at(scene.cast.neighbour).post(path, typed()).status_code == 404


def place_of(scene, name="Lindehuse"):
    return next(place for place in scene.cast.lindevangen.places if place.name == name)


def test_a_contact_has_its_section_and_stairwell_and_one_spelling_of_it(scene, at):
    visitor, lindehuse = at(scene.cast.helhedsplan), place_of(scene)
    for name, entrance in (("Nora Ny", "12 A"), ("Niels Ny", " 12  a ")):
        data = typed(name=name, mobile="20998877", place=lindehuse.public_id, entrance=entrance)
        assert visitor.post("/contacts/new", data).status_code == 303
        assert (newest().name, newest().place_id, newest().entrance) == (name, lindehuse.id, "12 A")
    assert "Lindehuse · opgang 12 A" in visitor.text("/contacts?audience=press")
    page = f"/contacts/{newest().public_id}"
    assert 'value="12 A"' in visitor.text(page)
    assert visitor.post(page, typed(mobile="20998877", place="", entrance="")).status_code == 303
    db.session.expire_all()
    assert newest().place_id is None and newest().entrance == ""


@pytest.mark.parametrize(("place", "says"), [("", "Vælg den afdeling, opgangen"), ("x", "Det sted findes ikke")])
def test_a_stairwell_is_in_a_section_that_there_is(scene, at, place, says):
    answer = at(scene.cast.helhedsplan).post("/contacts/new", typed(place=place, entrance="12 A"))
    assert answer.status_code == 422 and says in answer.text and "12 A" in answer.text


def test_the_language_they_read_is_danish_unless_somebody_says_otherwise(scene, at):
    visitor = at(scene.cast.helhedsplan)
    assert visitor.post("/contacts/new", typed()).status_code == 303
    assert newest().language is Language.DANISH
    assert visitor.post("/contacts/new", typed(language="xx")).status_code == 422
    assert visitor.post("/contacts/new", typed(name="Amira", language="ar")).status_code == 303
    made = newest()
    assert made.language is Language.ARABIC
    assert "læser arabisk" in visitor.text("/contacts?q=amira")
    page = visitor.text(f"/contacts/{made.public_id}")
    assert '<option selected value="ar">arabisk</option>' in page
    assert visitor.post(f"/contacts/{made.public_id}", typed(name="Amira", language="da")).status_code == 303
    db.session.refresh(made)
    assert made.language is Language.DANISH and "sprog" in newest_audit()


def newest_audit() -> str:
    return db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one().text
