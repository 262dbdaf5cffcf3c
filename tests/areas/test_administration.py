"""The administrator's screens: people and settings, no incidents, no role for oneself."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import queries as accounts
from app.accounts.models import AuditEntry, RegisteredPhone, User
from app.accounts.operations import register_phone
from app.areas import queries
from app.areas.models import Actor, Area, Membership, Organisation, OrganisationKind, Place, PlaceKind
from app.areas.roles import Role
from app.extensions import db
from app.lib import clock as time
from app.notices.models import Notice
from tests.factories import Visitor, make_user
from tests.narrative.test_together import at_once

HOME = "/administration"


@pytest.fixture
def admin(app, cast) -> Visitor:
    return Visitor(app, cast.administrator)


def told(user):
    """What the person is told on the front page."""
    return list(db.session.scalars(sa.select(Notice.text).where(Notice.user_id == user.id).order_by(Notice.id)))


def test_only_the_administrator_comes_in(app, cast):
    paths = [
        r.rule for r in app.url_map.iter_rules() if r.rule.startswith(HOME) and "<" not in r.rule and "GET" in r.methods
    ]
    assert len(paths) >= 8
    for name, user in cast.everybody().items():
        visitor = Visitor(app, user)
        expected = {200, 302} if name == "administrator" else {403}
        assert {visitor.get(path).status_code for path in paths} <= expected, name
    assert {Visitor(app).get(path).status_code for path in paths} == {302}


def test_every_page_of_a_person_and_an_area_can_be_shown(app, cast, admin):
    ids = [
        f"people/{cast.ssp.public_id}",
        f"people/{cast.ssp.public_id}/edit",
        f"people/{cast.ssp.public_id}/memberships",
        f"people/{cast.administrator.public_id}",
        f"areas/{cast.lindevangen.public_id}",
        f"areas/{cast.lindevangen.public_id}/edit",
        f"areas/{cast.lindevangen.public_id}/places/new",
        f"areas/{cast.lindevangen.public_id}/actors/new",
        f"actors/{cast.actors['ssp'].public_id}/edit",
        f"organisations/{cast.actors['ssp'].organisation.public_id}/edit",
    ]
    for path in ids:
        admin.text(f"{HOME}/{path}")
        assert admin.get(f"{HOME}/{path.replace(path.split('/')[1], 'x')}").status_code == 404


def test_a_new_person_gets_a_link_and_chooses_the_password(app, cast, admin):
    form = {"name": " Vera  Vang ", "email": "Vera@Lindevangen.Example", "phone": "20 12 34 56"}
    page = admin.post(f"{HOME}/people/new", form)
    assert page.status_code == 200
    token = page.text.split("/welcome/")[1].split("<")[0]
    vera = accounts.user_by_email("vera@lindevangen.example")
    assert (vera.name, vera.phone, vera.password_hash, vera.is_administrator) == (
        "Vera Vang",
        "+4520123456",
        None,
        False,
    )
    assert Visitor(app).post(f"/welcome/{token}", {"new_password": "seks gule cykler"}).status_code == 303
    assert "/welcome/" not in admin.text(f"{HOME}/people/{vera.public_id}")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "Skriv et navn."),
        ({"name": "   "}, "Skriv et navn."),
        ({"name": "x" * 121}, "Højst 120 tegn."),
        ({"name": "Bo 991399-1234"}, None),
        ({"name": "Bo 010190-1234"}, "CPR-nummer"),
        ({"email": "vera"}, "ligner ikke en mail"),
        ({"email": "a b@c.dk"}, "ligner ikke en mail"),
        ({"email": ""}, "Skriv en mail."),
        ({"email": "x" * 250 + "@y.dk"}, "Højst 254 tegn."),
        ({"email": "SANNE@lindevangen.example"}, "Sanne Spang har allerede den mail."),
        ({"phone": "123"}, "er ikke et dansk telefonnummer"),
        ({"phone": "112"}, "er ikke et dansk telefonnummer"),
        ({"phone": "9" * 500}, "er ikke et dansk telefonnummer"),
        ({"phone": ""}, None),
    ],
)
def test_bad_input_is_said_by_the_field_and_kept(app, cast, admin, change, says):
    before = db.session.query(User).count()
    form = {"name": "Vera Vang", "email": "vera@lindevangen.example", "phone": "20123456"} | change
    answer = admin.post(f"{HOME}/people/new", form)
    assert answer.status_code == (422 if says else 200)
    assert db.session.query(User).count() == before + (not says)
    if says:
        assert says in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert form["name"].strip() in answer.text


def test_people_are_found_by_part_of_name_or_mail(app, cast, admin):
    page = admin.text(f"{HOME}/people?q=toskj")
    assert "Pia Toskjold" in page
    assert "Sanne Spang" not in page
    assert "Ingen fundet" in admin.text(f"{HOME}/people?q=%25")
    assert "Ingen fundet" in admin.text(f"{HOME}/people?q=_______")


def test_a_long_list_is_paged_and_nobody_is_left_out(app, cast, admin):
    for n in range(accounts.PAGE):
        make_user(f"Aa {n % 7}")
    everybody = set(db.session.scalars(sa.select(User.public_id)))
    first = accounts.people()
    second = accounts.people(after=first[-1].public_id)
    assert len(first) == accounts.PAGE
    assert {user.public_id for user in first} | {user.public_id for user in second} == everybody
    assert len(first) + len(second) == len(everybody)
    assert "Vis ældre" in admin.text(f"{HOME}/people")


def test_a_role_is_granted_logged_and_told_to_the_areas_coordinators(app, cast, admin):
    new = make_user("Vera Vang")
    session = Visitor(app, new)
    form = {"actor": cast.actors["police"].public_id, "role": "responder"}
    assert admin.post(f"{HOME}/people/{new.public_id}/memberships", form).status_code == 303
    (membership,) = queries.memberships_of(new)
    assert (membership.role, membership.granted_by_id) == (Role.RESPONDER, cast.administrator.id)
    text = "Adam Administrator gav Vera Vang rollen medarbejder hos Østkystens Politi."
    assert [e.text for e in db.session.query(AuditEntry)] == [text]
    assert told(cast.ssp) == told(cast.police) == told(cast.housing) == [text]
    assert told(cast.neighbour) == told(cast.ssp_responder) == told(cast.administrator) == []
    assert text in admin.text(f"{HOME}/audit")
    assert session.get("/me").status_code == 302, "a changed role ends the sessions"


def test_a_second_role_at_the_same_actor_takes_the_place_of_the_first(app, cast, admin):
    path = f"{HOME}/people/{cast.ssp_observer.public_id}/memberships"
    admin.post(path, {"actor": cast.actors["ssp"].public_id, "role": "responder"})
    assert [m.role for m in queries.memberships_of(cast.ssp_observer)] == [Role.RESPONDER]
    assert db.session.query(Membership).filter_by(user_id=cast.ssp_observer.id).count() == 2


def test_an_ended_role_is_told_and_kept_in_the_books(app, cast, admin):
    (membership,) = queries.memberships_of(cast.youth_club)
    assert admin.post(f"{HOME}/memberships/{membership.public_id}/end").status_code == 303
    admin.post(f"{HOME}/memberships/{membership.public_id}/end")
    assert queries.memberships_of(cast.youth_club) == []
    assert db.session.get(Membership, membership.id).ended_at
    text = "Adam Administrator afsluttede rollen koordinator hos Ungdomsklubben for Klaus Klubbe."
    assert told(cast.ssp) == [text]
    assert told(cast.youth_club) == []


@pytest.mark.parametrize("change", [{"role": "chief"}, {"role": ""}, {"actor": "x"}, {"actor": ""}])
def test_a_role_that_is_none_is_refused(app, cast, admin, change):
    new = make_user("Vera Vang")
    form = {"actor": cast.actors["ssp"].public_id, "role": "responder"} | change
    assert admin.post(f"{HOME}/people/{new.public_id}/memberships", form).status_code == 422
    assert queries.memberships_of(new) == []


def test_an_administrator_cannot_give_a_role_to_oneself_or_another_administrator(app, cast, admin):
    other = make_user("Eva Ekstra", is_administrator=True)
    for user, says in (
        (cast.administrator, "Du kan ikke give dig selv en rolle."),
        (other, "har ingen rolle i hændelser"),
    ):
        form = {"actor": cast.actors["ssp"].public_id, "role": "coordinator"}
        answer = admin.post(f"{HOME}/people/{user.public_id}/memberships", form)
        assert answer.status_code == 403
        assert says in answer.text
        assert "Eva Ekstra" in answer.text
        assert queries.memberships_of(user) == []


def test_somebody_with_a_role_cannot_become_administrator_and_nobody_dismisses_themselves(app, cast, admin):
    assert admin.post(f"{HOME}/people/{cast.ssp.public_id}/appointment").status_code == 403
    assert admin.post(f"{HOME}/people/{cast.administrator.public_id}/dismissal").status_code == 403
    assert admin.post(f"{HOME}/people/{cast.administrator.public_id}/deactivation").status_code == 403
    new = make_user("Eva Ekstra")
    assert admin.post(f"{HOME}/people/{new.public_id}/appointment").status_code == 303
    db.session.refresh(new)
    assert new.is_administrator
    assert admin.post(f"{HOME}/people/{new.public_id}/dismissal").status_code == 303
    db.session.refresh(new)
    assert not new.is_administrator


def test_a_closed_access_ends_sessions_phones_and_sign_in_at_once(app, cast, admin):
    phone = Visitor(app)
    phone.client.set_cookie("beredskab_phone", register_phone(cast.ssp, "Android"), domain="localhost")
    session, path = Visitor(app, cast.ssp), f"/acting/{queries.memberships_of(cast.ssp)[0].public_id}"
    assert phone.post(path).status_code == 303
    assert admin.post(f"{HOME}/people/{cast.ssp.public_id}/deactivation").status_code == 303
    assert session.get("/me").status_code == 302
    assert phone.post(path).status_code == 401
    assert db.session.query(RegisteredPhone).count() == 0
    assert "Adam Administrator lukkede adgangen for Sanne Spang." in told(cast.police)
    assert admin.post(f"{HOME}/people/{cast.ssp.public_id}/reactivation").status_code == 303
    assert session.get("/me").status_code == 302, "the old session stays dead"
    assert Visitor(app, cast.ssp).get("/me").status_code == 200


def test_a_new_link_to_somebodys_password_is_told_to_the_coordinators(app, cast, admin):
    admin.post(f"{HOME}/people/{cast.police.public_id}/password-link")
    assert told(cast.ssp) == ["Adam Administrator lavede et nyt link til kodeord for Poul Betjent."]


def test_an_area_is_made_from_nothing(app, cast, admin):
    admin.post(f"{HOME}/areas/new", {"name": "Ærøvænget", "municipality": "Ærø Kommune"})
    admin.post(f"{HOME}/areas/new", {"name": "Ærøvænget", "municipality": "Ærø Kommune"})
    first, second = db.session.scalars(sa.select(Area).where(Area.name == "Ærøvænget").order_by(Area.id))
    assert (first.slug, second.slug) == ("aeroevaenget", "aeroevaenget-2")
    admin.post(f"{HOME}/areas/{first.public_id}/places/new", {"name": "Afdeling 7", "kind": "section"})
    assert (
        "allerede i området"
        in admin.post(f"{HOME}/areas/{first.public_id}/places/new", {"name": "afdeling 7", "kind": "section"}).text
    )
    (place,) = db.session.scalars(sa.select(Place).where(Place.area_id == first.id))
    admin.post(f"{HOME}/places/{place.public_id}/edit", {"name": "AFDELING 7", "kind": "place"})
    db.session.refresh(place)
    assert (place.name, place.kind) == ("AFDELING 7", PlaceKind.PLACE)
    admin.post(f"{HOME}/places/{place.public_id}/edit", {"name": "Afdeling 7", "kind": "section"})
    admin.post(f"{HOME}/organisations/new", {"name": "Øernes Politi", "kind": "police"})
    police = db.session.scalar(sa.select(Organisation).where(Organisation.name == "Øernes Politi"))
    form = {"organisation": police.public_id, "key": "police", "name": "Lokalpolitiet", "phone": "+45 20 00 00 20"}
    assert admin.post(f"{HOME}/areas/{first.public_id}/actors/new", form).status_code == 303
    assert admin.post(f"{HOME}/areas/{first.public_id}/actors/new", form).status_code == 422
    assert admin.post(f"{HOME}/areas/{first.public_id}/actors/new", form | {"key": ""}).status_code == 303
    actors = {actor.key: actor for actor in db.session.scalars(sa.select(Actor).where(Actor.area_id == first.id))}
    assert set(actors) == {"police", "lokalpolitiet"}
    assert actors["police"].is_police
    page = admin.text(f"{HOME}/areas/{first.public_id}")
    assert "Afdeling 7" in page
    assert "20 00 00 20" in page


def test_who_is_police_cannot_be_edited_away(app, cast, admin):
    police = cast.actors["police"].organisation
    admin.post(f"{HOME}/organisations/{police.public_id}/edit", {"name": "Kystpolitiet", "kind": "civil"})
    db.session.refresh(police)
    assert (police.name, police.kind) == ("Kystpolitiet", OrganisationKind.POLICE)


def test_an_edit_keeps_what_was_not_touched(app, cast, admin):
    path = f"{HOME}/people/{cast.ssp.public_id}/edit"
    assert 'value="sanne@lindevangen.example"' in admin.text(path)
    form = {"name": "Sanne Spang Lund", "email": "sanne@lindevangen.example", "phone": "", "is_administrator": "y"}
    assert admin.post(path, form).status_code == 303
    db.session.refresh(cast.ssp)
    assert cast.ssp.name == "Sanne Spang Lund"
    assert not cast.ssp.is_administrator
    assert "rettede navn for Sanne Spang Lund" in admin.text(f"{HOME}/audit")


def test_a_persons_new_mail_ends_no_role_and_is_written_down(app, cast, admin):
    path = f"{HOME}/people/{cast.ssp.public_id}/edit"
    admin.post(path, {"name": "Sanne Spang", "email": "ny@lindevangen.example", "phone": "20123456"})
    assert "rettede mail, telefon for Sanne Spang" in admin.text(f"{HOME}/audit")
    assert queries.memberships_of(cast.ssp)


def test_a_colleague_let_in_for_a_day_is_nobodys_to_administer(app, cast, admin):
    guest = make_user("Vibe Vikar", expires_at=time.now() + timedelta(hours=24))
    db.session.commit()
    path = f"{HOME}/people/{guest.public_id}"
    for end in ("", "/edit", "/memberships"):
        assert admin.get(path + end).status_code == 404
    for end in ("/deactivation", "/appointment", "/password-link", "/edit"):
        assert admin.post(path + end, {"name": "X", "email": "x@y.dk"}).status_code == 404
    assert "Vibe Vikar" not in admin.text(f"{HOME}/people")


def test_two_administrators_who_add_the_same_mail_at_once_make_one_person(app, cast):
    form = {"name": "Vera Vang", "email": "vera@lindevangen.example", "phone": ""}
    other = make_user("Anna Anden", is_administrator=True)
    db.session.commit()
    people = [Visitor(app, cast.administrator), Visitor(app, other)]
    answers = at_once(*((v, f"{HOME}/people/new", form | {"csrf_token": v.token}) for v in people))
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    lost = next(answer for answer in answers if answer.status_code == 422)
    assert "vera@lindevangen.example" in lost.text and 'aria-invalid="true"' in lost.text and "Vera Vang" in lost.text
    db.session.rollback()
    assert db.session.query(User).filter_by(email=form["email"]).count() == 1


def test_two_people_given_the_same_mail_at_once_keep_one_each(app, cast, admin):
    form = {"name": "Ny Navn", "email": "ny@lindevangen.example", "phone": ""}
    people = [cast.helhedsplan, cast.families]
    paths = [f"{HOME}/people/{person.public_id}/edit" for person in people]
    visitors = [Visitor(app, cast.administrator) for _ in paths]
    answers = at_once(*((v, p, form | {"csrf_token": v.token}) for v, p in zip(visitors, paths, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    db.session.rollback()
    db.session.expire_all()
    assert sorted(person.email == form["email"] for person in people) == [False, True]
