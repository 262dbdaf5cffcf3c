"""The situation report on paper: what the reader sees on screen, tagged, in Danish, on one page."""

import pytest
from flask import Flask

from app.areas.models import OrganisationKind
from app.documents.jobs import make_documents
from app.extensions import db
from app.plans.vocabulary import Track
from app.transitions.lead import take_over_lead
from tests.documents.conftest import ask, pdf, text_of
from tests.narrative.making import make_fact, make_report


def made(visitor, incident, number: int = 1):
    page = ask(visitor, incident, number)
    make_documents()
    return pdf(visitor.get(f"{page}/file"))


def test_the_page_says_all_that_the_screen_says(scene, incident, at):
    reader = made(at(scene.cast.youth_club), incident)
    text = text_of(reader)
    for said in (
        "IKKE POLITISAG · tovholder: SSP og opsøgende team", "Situationsbillede v1", "Område Lindevangen",
        "Version 1, 22.11.2026 kl. 23.40", "Skrevet af Sanne Spang, SSP og opsøgende team", "Ro ved torvet.",
        "Bekræftet • Skolen er åben Kilde: Politiet, telefon", "Ubekræftet • Nogen har ringet",
        "Afkræftet: det passer ikke • Der er brand", "Sat i gang Klubben holder åbent.", "Kan vokse i aften.",
        "Må ikke offentliggøres Mødestedet.", "Kun for beredskabets parter. Hentet af Ungdomsklubben.", "Side 1 af 1",
    ):  # fmt: skip
        assert said in text, said
    assert len(reader.pages) == 1
    assert "Fortsætter" not in text and "ØVELSE" not in text


def test_what_people_write_is_text_and_never_markup(scene, incident, at):
    text = text_of(made(at(scene.cast.ssp), incident))
    assert "Rygte om brand #eval(1) *fed* <b>" in text
    assert "Æøå #set text(red)" in text


def test_the_file_is_tagged_and_has_title_and_language(scene, incident, at):
    reader = made(at(scene.cast.ssp), incident)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "da"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == "Situationsbillede v1 · Lindevangen"
    fonts = {str(f.get_object()["/BaseFont"]) for f in reader.pages[0]["/Resources"]["/Font"].values()}
    assert fonts and all("IBMPlexSans" in name for name in fonts), fonts


def test_a_politisag_says_who_leads_and_an_exercise_that_it_is_one(scene, at):
    drill = scene.activate(scene.cast.ssp, Track.POLICE, category="shooting", what="Skud", is_exercise=True)
    make_report(scene, drill)
    reader = made(at(scene.cast.ssp), drill)
    text = text_of(reader)
    assert "POLITISAG · politiet leder" in text and "IKKE POLITISAG" not in text
    assert "ØVELSE · intet af dette er virkeligt" in text
    assert reader.metadata.title.startswith("ØVELSE")


def test_what_fills_more_than_a_page_says_that_it_goes_on(scene, incident, at):
    for n in range(30):
        make_fact(scene, incident, f"Oplysning nummer {n} " + "med mange ord " * 20)
    make_report(scene, incident, situation="Ny linje.\n" * 80)
    reader = made(at(scene.cast.ssp), incident, 2)
    assert len(reader.pages) > 1
    assert "Fortsætter på næste side" in reader.pages[0].extract_text()
    assert "Fortsætter" not in reader.pages[-1].extract_text()


def test_a_sign_that_the_font_lacks_becomes_a_square_and_stops_nothing(scene, incident, at):
    make_report(scene, incident, situation="Tak 🙏 til alle \u0001 شكرا")
    assert "Tak □ til alle" in text_of(made(at(scene.cast.ssp), incident, 2))


def test_no_volunteers_name_leaves_the_house(scene, incident, at):
    scene.cast.actors["ssp"].organisation.kind = OrganisationKind.CIVIL
    db.session.commit()
    text = text_of(made(at(scene.cast.ssp), incident))
    assert "Sanne Spang" not in text
    assert "Skrevet af SSP og opsøgende team" in text


def test_the_paper_is_the_version_that_was_asked_for(scene, incident, at, app: Flask):
    page = ask(at(scene.cast.ssp), incident)
    make_report(scene, incident, situation="Noget nyt er sket.")
    take_over_lead(incident, scene.reader(scene.cast.helhedsplan), "Sanne skal hjem")
    db.session.commit()
    make_documents()
    text = text_of(pdf(at(scene.cast.ssp).get(f"{page}/file")))
    assert "Noget nyt" not in text and "tovholder: SSP" in text


@pytest.mark.parametrize("name", ["police", "police_and_ssp", "board", "neighbour", "administrator"])
def test_nobody_outside_the_room_can_ask(scene, incident, at, name):
    outsider = at(getattr(scene.cast, name))
    answer = outsider.post(f"/incidents/{incident.public_id}/situation/1/pdf", {"once": "a" * 20})
    assert answer.status_code in (403, 404)
    assert make_documents() == 0
