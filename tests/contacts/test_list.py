"""The contact list in use: searched, paged, narrowed, and each contact with why it is where it is."""

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import AuditEntry
from app.areas.models import Membership, OrganisationKind
from app.areas.roles import Role
from app.broadcasts.narrowing import Narrowing
from app.broadcasts.recipients import gather
from app.contacts.models import Contact, ContactSource, PointKind
from app.contacts.operations import add_contact
from app.documents.jobs import make_documents
from app.extensions import db
from app.plans.queries import plan_for
from tests.contacts.test_pages import typed
from tests.factories import make_actor, make_membership, make_user


def add(scene, name, mobile, **more) -> Contact:
    more.setdefault("audiences", ["press"])
    return add_contact(scene.cast.lindevangen, name=name, points=[(PointKind.MOBILE, mobile)], **more)


@pytest.fixture
def people(scene, clock):
    """Some to look for; the clock is started."""
    found = {
        "aase": add(scene, "Åse Bjørn-Østergård", "20123456", function="Leder, Børnehuset Æblet"),
        "bo": add(scene, "Bo Holm", "20123457", audiences=["residents"], source=ContactSource.LEASE),
        "cis": add(scene, "Cis 100%_Sikker", "20123458"),
        "paul": add(scene, "Hjemme hos Poul", "20000005", audiences=["press"]),
    }
    add(scene, "Vagtchefen", "20000005", actor=scene.cast.actors["police"], audiences=[])
    db.session.commit()
    return found


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("åse", {"Åse"}), ("AASE bjoern", {"Åse"}), ("østergård", {"Åse"}), ("æblet", {"Åse"}), ("bjorn", set()),
        ("20 12 34 5", {"Åse", "Bo", "Cis"}), ("+45 20123457", {"Bo"}), ("100%_", {"Cis"}), ("%", {"Cis"}),
        ("bo", {"Bo", "Åse"}), ("ssp1@lindevangen.example", {"ssp"}), ("ingen af dem", set()),
    ],
)  # fmt: skip
def test_people_are_found_by_part_of_name_function_number_or_mail(scene, at, people, words, finds):
    answer = at(scene.cast.helhedsplan).get("/contacts", query_string={"q": words})
    page = answer.text if isinstance(answer.text, str) else answer.get_data(as_text=True)
    names = {"Åse Bjørn-Østergård": "Åse", "Bo Holm": "Bo", "Cis 100%_Sikker": "Cis", "ssp B": "ssp"}
    assert {short for name, short in names.items() if f">{name}</a>" in page} >= finds
    if not finds:
        assert "Ingen fundet" in page


def test_a_long_list_is_paged_by_name_and_nobody_is_left_out_or_shown_twice(scene, at):
    for n in range(120):
        add(scene, f"Beboer {n:03d}", f"2111{n:04d}", audiences=["residents"])
    add(scene, "Beboer 060", "21119999", audiences=["residents"])
    db.session.commit()
    visitor, address, seen = at(scene.cast.helhedsplan), "/contacts?audience=residents", []
    for _page in range(4):
        page = visitor.text(address)
        assert "121 kontakter" in page
        seen += [part.split("<", 1)[0] for part in page.split('<a class="row-title tap"')[1:]]
        if "Vis flere" not in page:
            break
        address = page.split("Vis flere")[0].rsplit('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    names = [one.split(">", 1)[1] for one in seen]
    assert names == sorted(names) and len(names) == 121


def test_what_somebody_should_look_at_can_be_listed(scene, at, people, clock):
    people["aase"].points[0].dead_at = people["bo"].opted_out_at = people["cis"].disputed_at = clock.now
    clock.advance(days=200)
    people["aase"].confirmed_at = clock.now - timedelta(days=1)
    db.session.commit()
    visitor = at(scene.cast.helhedsplan)
    for state, theirs, nobody in (
        ("dead", "aase", "bo"), ("opted_out", "bo", "aase"), ("disputed", "cis", "bo"), ("unconfirmed", "bo", "aase"),
        ("no_source", "aase", "bo"), ("police", "paul", "bo"),
    ):  # fmt: skip
        page = visitor.text(f"/contacts?state={state}")
        assert people[theirs].name in page and people[nobody].name not in page, state
    assert people["bo"].name in visitor.text("/contacts?audience=residents&state=opted_out&q=holm")
    assert "Ingen fundet" in visitor.text("/contacts?state=whatever")


def test_a_contact_says_why_it_is_in_an_audience_and_why_it_counts_as_police(scene, at, people):
    visitor = at(scene.cast.helhedsplan)
    data = typed(name="Hjemme hos Poul", mobile="20000005", audiences=["press", "institutions"], source="agreed")
    assert visitor.post(f"/contacts/{people['paul'].public_id}", data).status_code == 303
    page = visitor.text(f"/contacts/{people['paul'].public_id}")
    assert "Hvorfor: valgt i hånden af Lindevangen på Vej" in page and "Har selv sagt ja til at stå her" in page
    assert "Deler nummer eller mail med politiet. Får intet om hændelser uden politiet." in page
    assert "politi: deler nummer eller mail med politiet" in visitor.text("/contacts?q=poul")
    assert "i kraft af funktionen: Leder, Børnehuset Æblet" in visitor.text("/contacts?audience=press")


def test_a_no_to_messages_has_its_day_and_gets_nothing_from_then_on(scene, at, people, clock):
    incident = scene.activate(scene.cast.ssp)
    plan, visitor = plan_for(scene.cast.lindevangen).document, at(scene.cast.helhedsplan)

    def reached():
        return {target.contact.name for target in gather(incident, plan, ["residents"], Narrowing()).all}

    assert reached() == {"Bo Holm"}
    data = typed(name="Bo Holm", mobile="20123457", audiences=["residents"], source="lease", opted_out="y")
    visitor.post(f"/contacts/{people['bo'].public_id}", data)
    db.session.expire_all()
    assert people["bo"].opted_out_at == clock.now and reached() == set()
    assert "nej til beskeder" in visitor.text("/contacts?audience=residents")
    visitor.post(f"/contacts/{people['bo'].public_id}", data | {"opted_out": ""})
    db.session.expire_all()
    assert people["bo"].opted_out_at is None and reached() == {"Bo Holm"}


def test_a_party_keeps_its_own_and_reads_the_others_but_no_resident(scene, at, people):
    visitor, club = at(scene.cast.families), scene.contacts["police"][0]
    page = visitor.text(f"/contacts/{club.public_id}")
    assert "Kontakten rettes af Østkystens Politi eller" in page and 'name="mobile"' not in page
    for path in (f"/contacts/{club.public_id}", f"/contacts/{club.public_id}/end"):
        assert visitor.post(path, typed()).status_code == 403
    bo = people["bo"]
    for path in (f"/contacts/{bo.public_id}", f"/contacts/{bo.public_id}/end"):
        assert visitor.get(path).status_code == 404 and visitor.post(path, typed()).status_code == 404
    for path in ("/contacts", "/contacts?q=bo+holm", "/contacts?q=20123457", "/contacts?audience=residents"):
        assert "Bo Holm" not in visitor.text(path) and bo.public_id not in visitor.text(path)
    own = scene.contacts["family_centre"][0]
    own_actor = scene.cast.actors["family_centre"].public_id
    answer = visitor.post(f"/contacts/{own.public_id}", typed(name="Ny vagt", actor=own_actor))
    assert answer.status_code == 303
    db.session.expire_all()
    assert own.name == "Ny vagt" and own.audiences == [], "audiences are not theirs to give"
    for actor in ("", scene.cast.actors["police"].public_id):
        assert visitor.post("/contacts/new", typed(actor=actor)).status_code == 422


# ---- taken along -----------------------------------------------------------------------------------------------------


def take(visitor, ending="csv", **sought) -> bytes:
    place = visitor.post("/contacts/export", {"as": ending, **sought}).headers["Location"]
    make_documents()
    answer = visitor.get(f"{place}/file")
    assert answer.status_code == 200
    return answer.data


def names_in(content: bytes) -> list[str]:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    head = next(n for n, line in enumerate(lines) if len(line) > 1)
    return [line[0] for line in lines[head + 1 :]]


def test_the_list_is_taken_along_marked_logged_without_volunteers_and_nothing_runs(scene, at, people):
    add(scene, "Frode Frivillig", "20777777", is_volunteer=True)
    add(scene, "=HYPERLINK(1)", "20777778", function="+SUM(A1)")
    db.session.commit()
    content = take(at(scene.cast.helhedsplan))
    text = content.decode("utf-8-sig")
    assert "Hentet af Helle Plan, Lindevangen på Vej" in text and "Frode" not in text and "20 77 77 77" not in text
    assert {"Åse Bjørn-Østergård", "Bo Holm", "ssp A", "'=HYPERLINK(1)"} <= set(names_in(content))
    assert ";'+SUM(A1);" in text and ";=" not in text and ";+" not in text
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert entry.kind == "contacts_exported" and "Helle Plan" in entry.text
    assert names_in(take(at(scene.cast.helhedsplan), audience="residents")) == ["Bo Holm"]
    assert take(at(scene.cast.helhedsplan), "xlsx").startswith(b"PK")


def test_each_takes_along_only_what_they_keep(scene, at, people):
    names = names_in(take(at(scene.cast.families)))
    assert {"family_centre A", "ssp A"} <= set(names), "one organisation, the kommune"
    assert not {"police A", "Bo Holm", "Åse Bjørn-Østergård"} & set(names)
    network = make_actor(scene.cast.lindevangen, "network", "Natteravnene", kind=OrganisationKind.CIVIL)
    owl = make_user("Ulla Ugle")
    make_membership(owl, network, Role.COORDINATOR)
    add(scene, "Natteravnenes telefon", "20777779", actor=network, audiences=[])
    db.session.commit()
    content = take(at(owl))
    assert names_in(content) == ["Natteravnenes telefon"] and "Ulla" not in content.decode()
    for user in (scene.cast.ssp_responder, scene.cast.board, scene.cast.administrator):
        assert at(user).post("/contacts/export", {"as": "csv"}).status_code == 403


def test_a_file_asked_for_before_the_role_ended_is_neither_made_nor_given(scene, at, people):
    visitor = at(scene.cast.helhedsplan)
    place = visitor.post("/contacts/export", {"as": "csv"}).headers["Location"]
    assert at(scene.cast.ssp).get(place).status_code == 404
    membership = Membership.query.filter_by(user_id=scene.cast.helhedsplan.id).one()
    membership.role = Role.OBSERVER
    db.session.commit()
    make_documents()
    assert visitor.get(place).status_code == visitor.get(f"{place}/file").status_code == 404
