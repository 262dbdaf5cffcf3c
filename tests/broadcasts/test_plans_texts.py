"""The plan's own texts: offered by category, audience and phase, filled, never sent half-filled, and let free ahead."""

from datetime import timedelta
from functools import partial

import pytest

from app.areas.models import Place
from app.broadcasts import operations, queries
from app.broadcasts.operations import Typed
from app.broadcasts.states import BroadcastState, Phase, ReleaseKind
from app.broadcasts.texts import in_advance
from app.errors import Refused
from app.extensions import db
from app.lib import clock as clocks
from app.messaging.dispatcher import Dispatcher
from tests.broadcasts.languages import approved, plan_with, translated
from tests.broadcasts.making import awaiting, compose, deliveries, police_case, sent
from tests.narrative.making import make_message
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, plain, submit
from tests.room.incident_forms import said as in_the_log

OPEN = "Der er uro ved {sted}. {hvad ved vi}."
EXACT = "Politiet er til stede i {område}. Vi skriver igen {næste opdatering}."
LET_FREE = {
    "text": EXACT, "phase": "first", "category": "shooting", "audience": "residents",
    "released_by": "Nærpolitilederen, 1.11.2026",
}  # fmt: skip


def textarea(page):
    """What stands in the page's one big field."""
    return page.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0].strip()


def test_the_texts_for_the_category_are_offered_and_one_tap_begins_with_it(scene, incident, at):
    make_message(scene, incident, next_update_at=clocks.now() + timedelta(minutes=20))
    writer = at(scene.cast.ssp)
    page = writer.text(address(incident, "/broadcasts/new"))
    assert "Begynd med planens tekst" in page and "phase=first&amp;audience=residents" in page
    begun = writer.text(address(incident, "/broadcasts/new?phase=first&audience=residents"))
    assert textarea(begun) == (
        "Der går et rygte på nettet om {hvad rygtet siger} i Lindevangen. Vi har undersøgt det og har ingen "
        "oplysninger om, at noget er sket her. {hvad er åbent som normalt}. Hjælp med at stoppe rygtet ved ikke at "
        "dele det. Vi skriver igen 23.11. kl. 00.00."
    )
    assert "Udfyld {hvad rygtet siger}, {hvad er åbent som normalt}, før den sendes" in plain(begun)
    assert 'value="residents" checked' in begun


def test_without_one_for_the_audience_the_general_one_is_begun_with(scene, incident, at):
    begun = at(scene.cast.ssp).text(address(incident, "/broadcasts/new?phase=update&audience=press"))
    assert textarea(begun).startswith("Nyt fra beredskabet i Lindevangen: {hvad er nyt}.")
    nonsense = at(scene.cast.ssp).text(address(incident, "/broadcasts/new?phase=krig&audience=ingen"))
    assert textarea(nonsense).startswith("Beredskabet i Lindevangen er aktiveret: {hvad er der sket}.")


def test_the_place_is_filled_where_it_is_known(scene, at):
    school = db.session.query(Place).filter_by(area_id=scene.cast.lindevangen.id).first()
    incident = scene.activate(scene.cast.ssp, category="youth_gathering", what="Unge")
    incident.place = school
    make_message(scene, incident)
    begun = at(scene.cast.ssp).text(address(incident, "/broadcasts/new?phase=first&audience=residents"))
    assert textarea(begun).startswith(f"Mange unge er samlet ved {school.name} i aften.")


def test_what_is_open_is_asked_for_by_name_and_refused_at_its_own_field(scene, incident, at):
    writer = at(scene.cast.ssp)
    made = compose(scene, incident, text=OPEN)
    one = address(incident, f"/broadcasts/{made.public_id}")
    assert "Udfyld {sted}, {hvad ved vi}, før den sendes til frigivelse." in plain(writer.text(one))
    page = submit(writer, f"{one}/ready", when="now", fill_0="klubben")
    assert page.status_code == 422
    field = page.text.split('id="fill_1-error"')[1].split("</span>\n")[0]
    assert "Udfyld {hvad ved vi}. Beskeden kan ikke sendes til frigivelse" in plain(field)
    assert 'id="fill_0-error"' not in page.text and 'value="klubben"' in page.text
    assert made.state is BroadcastState.DRAFT
    done(submit(writer, f"{one}/ready", when="now", fill_0="klubben", fill_1="Ingen er kommet til skade"))
    db.session.refresh(made)
    assert (made.state, made.text) == (
        BroadcastState.AWAITING, "Der er uro ved klubben. Ingen er kommet til skade."
    )  # fmt: skip
    assert "udfyldt: Der er uro ved klubben." in in_the_log(incident)


def test_a_cpr_number_in_an_open_place_is_refused_like_anywhere(scene, incident, at):
    made = compose(scene, incident, text="Ring til {hvem}.")
    page = address(incident, f"/broadcasts/{made.public_id}/ready")
    assert submit(at(scene.cast.ssp), page, when="now", fill_0="010190-1234").status_code == 422


@pytest.mark.parametrize("how", ["to release", "alone"])
def test_no_way_out_for_a_text_with_an_open_place(scene, incident, how):
    made, reader = compose(scene, incident, text=OPEN), scene.reader(scene.cast.ssp)
    out = {"to release": operations.send_to_release, "alone": partial(operations.break_glass, reason="Ingen svarer.")}
    with pytest.raises(Refused, match=r"Udfyld først \{sted\}, \{hvad ved vi\}"):
        out[how](made, reader, version=made.version)
    assert deliveries(made) == []


def test_a_translation_with_an_open_place_is_not_approved(scene, incident):
    made = compose(scene, incident)
    translated(scene, made, text="كل شيء هادئ في {sted}.")
    with pytest.raises(Refused, match="Udfyld først"):
        approved(scene, made)


def test_a_correction_and_an_after_message_begin_with_the_plans_words(app, scene, incident, at):
    out = sent(scene, incident)
    db.session.commit()
    Dispatcher(app).drain()
    writer = at(scene.cast.ssp)
    correction = writer.text(address(incident, f"/broadcasts/{out.public_id}/correction"))
    assert textarea(correction).startswith("Rettelse fra beredskabet i Lindevangen: Vi skrev, at {hvad var forkert}.")
    after = writer.text(address(incident, "/broadcasts/after"))
    assert textarea(after).startswith("Situationen i Lindevangen er rolig")


@pytest.fixture
def case(scene):
    """A shooting by a plan whose first message to residents the police have let free."""
    plan_with(scene, messages=[LET_FREE])
    made = police_case(scene)
    make_message(scene, made, scene.cast.helhedsplan, next_update_at=clocks.now() + timedelta(minutes=10))
    return made


def written(scene, case, text=None, *audiences, **more):
    exact = "Politiet er til stede i Lindevangen. Vi skriver igen kl. 23.50."
    return awaiting(scene, case, None, *(audiences or ("residents",)), text=text or exact, **more)


def test_the_exact_wording_goes_by_another_coordinator_without_the_police(scene, case, at):
    begun = at(scene.cast.ssp).text(address(case, "/broadcasts/new?phase=first&audience=residents"))
    assert "ordlyden er givet fri af politiet" in begun
    made = written(scene, case, textarea(begun))
    with pytest.raises(Refused):
        operations.release(made, scene.reader(scene.cast.ssp), version=made.version)
    done(submit(
        at(scene.cast.helhedsplan), address(case, f"/broadcasts/{made.public_id}/release"), when="now",
    ))  # fmt: skip
    db.session.refresh(made)
    assert made.release_kind is ReleaseKind.IN_ADVANCE and deliveries(made)
    shown = at(scene.cast.helhedsplan).text(address(case, f"/broadcasts/{made.public_id}"))
    assert "Politiet har givet ordlyden fri i planen" in shown


@pytest.mark.parametrize(
    ("text", "audiences", "phase"),
    [
        ("Politiet er til stede i Lindevangen nu. Vi skriver igen kl. 23.50.", ("residents",), Phase.FIRST),
        ("Politiet er til stede i Lindevangen. Vi skriver igen kl. 23.55.", ("residents",), Phase.FIRST),
        (None, ("residents", "institutions"), Phase.FIRST),
        (None, ("institutions",), Phase.FIRST),
        (None, ("residents",), Phase.UPDATE),
    ],
)
def test_any_other_word_receiver_or_phase_waits_for_the_police(scene, case, text, audiences, phase):
    made = written(scene, case, text, *audiences, phase=phase)
    with pytest.raises(Refused, match="politisag siger politiet ja først"):
        operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    assert deliveries(made) == []


def test_once_they_have_heard_something_it_is_no_first_message_any_more(scene, case):
    sent(scene, case, text="Noget, som politiet har frigivet.")
    made = written(scene, case)
    assert in_advance(made) is None
    with pytest.raises(Refused):
        operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)


def test_a_planned_one_goes_back_when_they_have_heard_something_else_meanwhile(scene, case, clock):
    made = written(scene, case, planned_at=clocks.now() + timedelta(hours=1))
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    assert (made.release_kind, made.state) == (ReleaseKind.IN_ADVANCE, BroadcastState.RELEASED)
    db.session.commit()
    sent(scene, case, text="Politiet siger noget nyt.")
    clock.advance(hours=2)
    operations.send_planned(made)
    assert made.state is BroadcastState.RETURNED and deliveries(made) == []


def test_a_draft_edited_to_another_wording_loses_the_polices_yes(scene, case):
    made = written(scene, case)
    typed = Typed(Phase.FIRST, ("residents",), "Politiet er til stede. Bliv hjemme.")
    operations.edit(made, scene.reader(scene.cast.ssp), typed)
    operations.send_to_release(made, scene.reader(scene.cast.ssp))
    with pytest.raises(Refused):
        operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)


def test_nobody_has_let_anything_free_in_the_model_as_it_is_shipped(scene, politisag):
    made = awaiting(scene, politisag)
    assert in_advance(made) is None and queries.free_audiences(politisag) == []
