"""The plan on paper: what stands in each, for whom, and how the plan stands said on every page."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from app.accounts.models import AuditEntry
from app.areas.by import By
from app.areas.models import Membership
from app.areas.roles import Role
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact
from app.documents.jobs import make_documents
from app.extensions import db
from app.plans.operations import approve, create_from_template, create_version
from app.plans.queries import plan_for
from tests.documents.conftest import text_of

PEOPLE = ("plan_contacts", "plan_offline")
CHAPTERS = (
    "1 Formål", "2 Område og afdelinger", "3 Hvornår aktiveres, og af hvem", "4 Parter, roller og stedfortrædere",
    "5 De fire opgaver for helhedsplanen", "6 Den første time", "7 Møder, situationsbillede og log",
    "8 Kommunikation", "9 Hvad må deles med hvem", "10 Afblæsning", "11 Evaluering og læring",
    "12 Øvelser og revision", "Bilag A", "Bilag B", "Bilag C",
)  # fmt: skip


def addresses_of(contacts: list[Contact]) -> set[str]:
    """As they stand on paper."""
    found = [p.address.removeprefix("+45") for contact in contacts for p in contact.points]
    return {a if "@" in a else " ".join(a[n : n + 2] for n in range(0, 8, 2)) for a in found}


def everybody(scene) -> list[Contact]:
    return [contact for line in scene.contacts.values() for contact in line]


def assert_tagged(reader, title: str) -> None:
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "da" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == title


def test_the_booklet_holds_every_chapter_and_nobodys_number(scene, plan, at, taken):
    reader = taken(at(scene.cast.board), file="plan_booklet")
    text = text_of(reader)
    assert_tagged(reader, "Beredskabsplan for Lindevangen")
    places = [text.index(chapter, text.index("Indhold") + 1) for chapter in CHAPTERS]
    assert places == sorted(places)
    for said in (
        "version 1", "Godkendt 22.11.2026 af Helle Plan, Lindevangen på Vej", "Gennemgås senest 22.11.2027",
        "Område Lindevangen", "Lindehuse", "Butikstorvet",
        "Politiet aktiverer, når de har en sag", "SSP-konsulenten", "Hvad virkede godt?", "kun egen organisation",
        "Skole, klub, institutioner og drift kører som normalt.",
    ):  # fmt: skip
        assert said in text, said
    found = addresses_of(everybody(scene)) | {contact.name for contact in everybody(scene)}
    assert not [one for one in found if one in text]
    assert "KLADDE" not in text and "UDLØBET" not in text


def test_a_pocket_card_is_one_small_page_for_each_track(scene, plan, at, taken):
    reader = taken(at(scene.cast.ssp_observer), file="plan_card", party="helhedsplan")
    first, second = (page.extract_text() for page in reader.pages)
    assert_tagged(reader, "Lommekort for Lindevangen på Vej")
    assert [round(float(one)) for one in reader.pages[0].mediabox[2:]] == [298, 420]  # A6
    assert "POLITISAG" in first and "Politiet leder" in first and "Østkystens Politi: 20 00 00 05" in first
    assert "IKKE POLITISAG" in second and "Tovholderen leder" in second and "20 00 00 05" not in second
    assert "20 00 00 01" in second and "112" in second and "15 min" in second
    whole = taken(at(scene.cast.ssp), file="plan_card")
    cards = len(plan.document["cards"])
    assert len(whole.pages) == cards


def test_the_contact_list_is_for_coordinators_of_parties_and_names_no_volunteer(scene, plan, at, taken):
    area, points = scene.cast.lindevangen, [(PointKind.MOBILE, "20990001")]
    add_contact(area, name="Frida Frivillig", points=points, audiences=["civil_networks"], is_volunteer=True)
    add_contact(area, name="Vera Vagt", actor=scene.cast.actors["ssp"], points=points, is_volunteer=True)
    add_contact(area, name="Bodil Beboer", points=[(PointKind.MOBILE, "20990002")], audiences=["residents"])
    add_contact(area, name="Skolens kontor", points=[(PointKind.MOBILE, "20990003")], audiences=["institutions"])
    shared = scene.contacts["ssp"][1].points[0].address
    add_contact(area, name="Vagt", actor=scene.cast.actors["police"], points=[(PointKind.MOBILE, shared)])
    db.session.commit()
    for file in PEOPLE:
        reader = taken(at(scene.cast.helhedsplan), file=file)
        text = text_of(reader)
        assert all("FORTROLIG" in page.extract_text() for page in reader.pages), file
        for said in ("ssp A", "20 00 12 00", "ssp0@lindevangen.example", "Skolens kontor", "20 99 00 03"):
            assert said in text, (file, said)
        for hidden in ("Frida", "Vera", "20 99 00 01", "Bodil", "20 99 00 02"):
            assert hidden not in text, (file, hidden)
        assert text.count("politi: kun i en politisag") == 5, file  # four of the police's own, one who shares a number
    # A contact is no incident: the police's coordinators read the same list.
    assert "ssp A" in text_of(taken(at(scene.cast.police), file="plan_contacts"))


def test_a_party_of_volunteers_is_given_whom_it_sees_in_the_contact_list(scene, at, taken):
    area, board = scene.cast.lindevangen, scene.cast.actors["board"]
    db.session.query(Membership).filter_by(user_id=scene.cast.board.id).one().role = Role.COORDINATOR
    by = By(scene.cast.helhedsplan, scene.cast.actors["helhedsplan"])
    document = plan_for(area).document
    actors = (*document.actors, replace(document.actors[0], key=board.key, called=board.name))
    parties = (*document.parties, replace(document.parties[0], actor_key=board.key))
    approve(create_version(area, replace(document, actors=actors, parties=parties), by.label), by, approved_by=by.label)
    both = ["residents", "institutions"]
    add_contact(area, name="Bodil Beboer", points=[(PointKind.MOBILE, "20990002")], audiences=both)
    db.session.commit()
    for file in PEOPLE:
        text = text_of(taken(at(scene.cast.board), file=file))
        assert "ssp A" in text and "police A" not in text and "Bodil" not in text, file


@pytest.mark.parametrize("name", ["ssp_responder", "ssp_observer", "housing", "board", "neighbour", "administrator"])
def test_nobody_else_is_given_names_and_numbers(scene, plan, at, name):
    visitor = at(getattr(scene.cast, name))
    for file in PEOPLE:
        answer = visitor.post("/plan/files", {"file": file})
        is_of_lindevangen = name != "neighbour"
        # The neighbour is a party's coordinator too: of the other area, and takes home that area's list.
        assert answer.status_code == (403 if is_of_lindevangen else 303), (name, file)
    page = visitor.get("/plan/files").text
    assert "Kontaktliste" not in page or not is_of_lindevangen
    if name == "board":
        assert visitor.post("/plan/files", {"file": "plan_card"}).status_code == 403


def test_a_list_goes_to_nobody_who_is_not_a_partys_coordinator_any_more(scene, plan, at):
    visitor = at(scene.cast.youth_club)
    page = visitor.post("/plan/files", {"file": "plan_contacts"}).location
    make_documents()
    assert visitor.get(f"{page}/file").status_code == 200
    assert at(scene.cast.ssp).get(f"{page}/file").status_code == 404
    db.session.query(Membership).filter_by(user_id=scene.cast.youth_club.id).one().role = Role.RESPONDER
    db.session.commit()
    assert visitor.get(f"{page}/file").status_code == 404


def test_how_the_plan_stands_is_said_on_every_page(scene, at, taken, clock):
    area = scene.cast.lindevangen

    def on_every_page(file: str, words: str) -> None:
        for n, page in enumerate(taken(at(scene.cast.ssp), file=file).pages):
            assert words in " ".join(page.extract_text().split()), (file, n)

    on_every_page("plan_booklet", "SKABELON: området har ikke sin egen plan endnu")
    by = scene.reader(scene.cast.helhedsplan).by
    draft = create_from_template(area, by)
    db.session.commit()
    on_every_page("plan_booklet", "KLADDE: planen er ikke godkendt")
    assert by.label  # read before the draft changes
    approve(draft, by, review_on=date(2026, 11, 30))
    db.session.commit()
    on_every_page("plan_offline", "gælder til 30.11.2026")
    clock.advance(days=10)
    for file in ("plan_booklet", "plan_card", "plan_contacts", "plan_offline"):
        on_every_page(file, "UDLØBET: planen skulle være gennemgået senest 30.11.2026")


def test_the_offline_edition_says_how_long_it_holds_and_leaves_room_to_write(scene, plan, at, taken):
    reader = taken(at(scene.cast.ssp), file="plan_offline")
    text = text_of(reader)
    assert_tagged(reader, "Offline-udgave for Lindevangen")
    assert all("Udskrevet 22.11.2026 kl. 23.40 · gælder til 23.12.2026" in p.extract_text() for p in reader.pages)
    for said in ("Når Beredskab ikke virker", "ring 112", "SSP", "Til at skrive på: log", "rygte", "Inden Opgave"):
        assert said in text, said


def test_each_file_is_noted_once_with_day_and_name(scene, plan, at):
    visitor = at(scene.cast.ssp)
    first = visitor.post("/plan/files", {"file": "plan_contacts"}).location
    assert visitor.post("/plan/files", {"file": "plan_contacts"}).location == first  # a double tap
    noted = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.kind == "plan_file")).all()
    assert [(one.text, one.area_id) for one in noted] == [
        ("Sanne Spang hentede Kontaktliste.", scene.cast.lindevangen.id)
    ]  # fmt: skip
    page = visitor.text("/plan/files")
    assert f'href="{first}"' in page and "Sanne Spang, SSP og opsøgende team" in page
    other = at(scene.cast.helhedsplan).text("/plan/files")
    assert "Sanne Spang" in other and first not in other
    assert "Sanne Spang" not in at(scene.cast.board).text("/plan/files")
    assert visitor.post("/plan/files", {"file": "plan_card", "party": "ingen"}).status_code == 404
    assert visitor.post("/plan/files", {"file": "noget"}).status_code == 404
