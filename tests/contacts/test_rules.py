"""Who may see, change and take along which contact: every combination, and the queries say the same as the rules."""

from dataclasses import replace
from itertools import product

import pytest
import sqlalchemy as sa

from app.areas.acting import Acting
from app.areas.models import Membership, OrganisationKind
from app.areas.roles import Role
from app.contacts import access, rules
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact
from app.contacts.queries import police_addresses
from app.contacts.rules import About, Reader, may_edit, may_export, may_see
from app.extensions import db
from tests.factories import make_actor, make_membership, make_user

OWN, OTHER, ME = 1, 2, 7
KEEPER = Reader(ME, OWN, coordinates=True, keeps_audiences=True, is_civil=False)
PARTY = replace(KEEPER, keeps_audiences=False)
CIVIL = replace(PARTY, is_civil=True)
READERS = {"keeper": KEEPER, "party": PARTY, "civil": CIVIL}
ABOUTS = {
    "own": About(organisation_id=OWN), "other party": About(organisation_id=OTHER),
    "police": About(organisation_id=OTHER, is_police=True), "press": About(), "resident": About(is_resident=True),
    "resident police": About(is_resident=True, is_police=True), "volunteer": About(is_volunteer=True),
    "own volunteer": About(organisation_id=OWN, is_volunteer=True),
    "own police": About(organisation_id=OWN, is_police=True),
    "me, a volunteer": About(user_id=ME, is_volunteer=True), "me, a resident": About(user_id=ME, is_resident=True),
}  # fmt: skip
# s sees, e edits, x takes along
TABLE = """
                   keeper  party  civil
own                sex     sex    sex
other party        sex     s      s
police             sex     s      -
press              sex     s      s
resident           sex     -      -
resident police    sex     -      -
volunteer          se      s      -
own volunteer      se      se     -
own police         sex     sex    sex
me, a volunteer    se      s      s
me, a resident     sex     s      s
"""
LINES = [line.rsplit(None, 3) for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize(("about", "who", "may"), [
    (about.strip(), who, may) for about, *rights in LINES for who, may in zip(READERS, rights, strict=True)
])  # fmt: skip
def test_every_reader_and_every_contact(about, who, may):
    reader, one = READERS[who], ABOUTS[about]
    said = "".join(sign for sign, rule in (("s", may_see), ("e", may_edit), ("x", may_export)) if rule(reader, one))
    assert said == may.strip("-")


def test_whoever_does_not_coordinate_sees_nobody():
    for reader, about in product(READERS.values(), ABOUTS.values()):
        nobody = replace(reader, coordinates=False)
        assert not (may_see(nobody, about) or may_edit(nobody, about) or may_export(nobody, about))


def test_the_queries_answer_what_the_rules_say_for_every_login_and_contact(scene):
    area, cast = scene.cast.lindevangen, scene.cast
    network = make_actor(area, "network", "Natteravnene", kind=OrganisationKind.CIVIL)
    owl = make_user("Ulla Ugle")
    make_membership(owl, network, Role.COORDINATOR)
    Membership.query.filter_by(user_id=cast.board.id).one().role = Role.COORDINATOR
    spots = [None, cast.actors["ssp"], cast.actors["police"], network, cast.actors["board"], cast.actors["helhedsplan"]]
    for n, (actor, volunteer, police, resident, shared) in enumerate(product(spots, *[(False, True)] * 4)):
        points = [(PointKind.MOBILE, scene.contacts["police"][0].points[0].address if shared else f"2033{n:04d}")]
        add_contact(
            area, name=f"Nr {n}", actor=actor, points=points, is_volunteer=volunteer, is_police=police,
            audiences=["residents"] if resident else ["press"], user_id=owl.id if n % 7 == 0 else None,
        )  # fmt: skip
    db.session.commit()
    police_numbers, contacts = police_addresses(area), Contact.query.filter_by(area_id=area.id).all()
    seen_by = {}
    for membership in Membership.query.filter(Membership.ended_at.is_(None)).all():
        if membership.actor.area_id != area.id:
            continue
        who = Acting(membership.user, membership, membership.actor, area, membership.role, False)
        reader = access.reader_of(who)
        for rule, condition in ((rules.may_see, access.visible), (rules.may_edit, access.editable),
                                (rules.may_export, access.exportable)):  # fmt: skip
            found = set(db.session.scalars(sa.select(Contact.id).where(condition(area, reader))))
            assert found == {c.id for c in contacts if rule(reader, access.about_of(c, police_numbers))}, membership
            seen_by[membership.user.name, rule.__name__] = len(found)
    assert seen_by["Helle Plan", "may_see"] > seen_by["Sanne Spang", "may_see"] > seen_by["Ulla Ugle", "may_see"] > 0
    assert seen_by["Olga Observa", "may_see"] == 0 < seen_by["Bente Bestyr", "may_see"]


def test_where_nobody_is_there_to_keep_the_audiences_every_party_does(scene):
    area, ssp = scene.cast.lindevangen, scene.cast.actors["ssp"]
    assert not access.keeps_audiences(ssp)
    for key in ("helhedsplan", "housing"):
        scene.cast.actors[key].organisation.kind = OrganisationKind.MUNICIPALITY
    db.session.commit()
    assert access.keeps_audiences(ssp) and not access.keeps_audiences(scene.cast.actors["board"])
    assert ssp.name in access.keepers_of(area)
