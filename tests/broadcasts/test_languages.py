"""A translation goes when a named person has approved it for the Danish text as it is; the Danish waits for none."""

import pytest

from app.broadcasts import operations, queries
from app.broadcasts.operations import Typed
from app.broadcasts.states import BroadcastState
from app.broadcasts.texts import as_sent
from app.errors import Refused
from app.extensions import db
from app.lib.languages import Language
from app.lib.text import measure
from app.messaging.dispatcher import Dispatcher
from tests.broadcasts.languages import (
    AMIRA,
    APPROVER,
    ARABIC,
    DORIS,
    TARIK,
    add_readers,
    approved,
    plan_with,
    translated,
)
from tests.broadcasts.making import awaiting, compose, deliveries, sent
from tests.narrative.making import make_message
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, opened, plain, submit
from tests.room.incident_forms import said as in_the_log

DANISH = "Alt er roligt."
ARABIC_FIXED = "رسالتنا {sendt} خاطئة، الجديدة {næste}."


@pytest.fixture
def scene(scene):
    add_readers(scene)
    return scene


def texts(broadcast):
    """What goes to each address."""
    return {d.address: (d.language, d.text) for d in deliveries(broadcast)}


def release(scene, broadcast):
    operations.release(broadcast, scene.reader(scene.cast.helhedsplan), version=broadcast.version)
    db.session.commit()


def edit(scene, broadcast, text):
    typed = Typed(broadcast.phase, tuple(broadcast.audiences), text)
    operations.edit(broadcast, scene.reader(scene.cast.ssp), typed, version=broadcast.version)
    db.session.commit()


def test_without_a_translation_everybody_gets_the_danish_at_once(scene, incident):
    assert set(texts(sent(scene, incident)).values()) == {("da", DANISH)}


def test_an_unapproved_translation_goes_to_nobody_and_holds_nobody_back(scene, incident):
    made = awaiting(scene, incident)
    translated(scene, made)
    assert made.state is BroadcastState.AWAITING
    release(scene, made)
    assert texts(made)[AMIRA] == ("da", DANISH)
    assert all(language == "da" for language, _text in texts(made).values())


def test_an_approved_one_goes_to_those_who_read_it_and_to_nobody_else(scene, incident):
    made = awaiting(scene, incident)
    translated(scene, made)
    approved(scene, made)
    release(scene, made)
    got = texts(made)
    assert got.pop(AMIRA) == ("ar", ARABIC)
    assert {text for _language, text in got.values()} == {DANISH} and TARIK in got


def test_whoever_shares_a_phone_with_a_reader_of_another_language_gets_the_danish_once(scene, incident):
    made = awaiting(scene, incident)
    translated(scene, made, text="Her şey sakin.", language=Language.TURKISH)
    approved(scene, made, language=Language.TURKISH)
    release(scene, made)
    assert texts(made)[TARIK] == ("tr", "Her şey sakin.") and texts(made)[DORIS] == ("da", DANISH)
    assert [d.address for d in deliveries(made)].count(DORIS) == 1


def test_when_the_danish_changes_the_approval_is_void_and_says_so(scene, incident, at):
    made = compose(scene, incident)
    translated(scene, made)
    approved(scene, made)
    edit(scene, made, "Skolen er lukket.")
    assert made.texts[0].approved_at is None and not made.texts[0].goes
    shown = plain(at(scene.cast.ssp).text(address(incident, f"/broadcasts/{made.public_id}")))
    assert "Oversættelsen hører til en ældre dansk tekst: de får den danske" in shown
    assert "godkendelsen af oversættelsen til arabisk gælder ikke mere" in in_the_log(incident)
    operations.send_to_release(made, scene.reader(scene.cast.ssp))
    release(scene, made)
    assert texts(made)[AMIRA] == ("da", "Skolen er lukket.")


def test_an_old_translation_cannot_be_approved_and_is_not_approved_again_when_the_danish_comes_back(scene, incident):
    made = compose(scene, incident)
    translated(scene, made)
    approved(scene, made)
    edit(scene, made, "Noget andet.")
    with pytest.raises(Refused, match="ældre dansk tekst"):
        approved(scene, made)
    db.session.rollback()
    edit(scene, made, DANISH)
    assert not made.texts[0].goes


def test_other_receivers_alone_leave_the_approval_as_it_is(scene, incident):
    made = compose(scene, incident)
    translated(scene, made)
    approved(scene, made)
    typed = Typed(made.phase, ("residents", "institutions"), DANISH)
    operations.edit(made, scene.reader(scene.cast.ssp), typed)
    assert made.texts[0].goes


def test_an_edited_translation_is_approved_anew(scene, incident):
    made = compose(scene, incident)
    translated(scene, made)
    approved(scene, made)
    translated(scene, made, text="نص آخر")
    assert not made.texts[0].goes and made.texts[0].approver == ""


def test_nobody_approves_his_own_but_may_write_down_who_did(scene, incident):
    made = compose(scene, incident)
    translated(scene, made)
    own = scene.cast.ssp.name
    with pytest.raises(Refused, match="selv skrevet"):
        approved(scene, made, approver=f"  {own.upper()} ")
    db.session.rollback()
    approved(scene, made)
    assert made.texts[0].approver == APPROVER
    assert f"oversættelsen til arabisk er godkendt af {APPROVER}." in in_the_log(incident)


def test_the_translator_is_no_author_of_the_danish_so_two_people_are_enough(scene, incident):
    made = awaiting(scene, incident)
    translated(scene, made, scene.cast.helhedsplan)
    approved(scene, made, scene.cast.helhedsplan)
    release(scene, made)
    assert texts(made)[AMIRA][0] == "ar"


def test_nobody_releases_a_translation_that_he_has_not_read(scene, incident, at):
    made = awaiting(scene, incident)
    second = at(scene.cast.helhedsplan)
    page = address(incident, f"/broadcasts/{made.public_id}/release")
    shown = opened(second, page)
    translated(scene, made)
    assert second.post(page, shown | {"when": "now"}).status_code == 409
    shown = opened(second, page)
    approved(scene, made)
    late = second.post(page, shown | {"when": "now"})
    assert late.status_code == 409 and ARABIC in late.text and deliveries(made) == []
    done(submit(second, page, when="now"))
    assert texts(made)[AMIRA] == ("ar", ARABIC)


def test_after_it_is_sent_nothing_is_translated_any_more(scene, incident):
    made = sent(scene, incident)
    with pytest.raises(Refused):
        translated(scene, made)


def test_the_log_keeps_every_text_that_was_released_and_who_vouched_for_it(scene, incident):
    made = awaiting(scene, incident)
    translated(scene, made)
    approved(scene, made)
    release(scene, made)
    assert f"frigivet: {DANISH}\nPå arabisk, godkendt af {APPROVER}: {ARABIC}" in in_the_log(incident)


def test_sent_alone_the_approved_translations_go_too(scene, incident):
    made = compose(scene, incident)
    translated(scene, made)
    approved(scene, made)
    operations.break_glass(made, scene.reader(scene.cast.ssp), "Ingen svarer.", version=made.version)
    assert texts(made)[AMIRA] == ("ar", ARABIC)


def test_a_correction_and_an_after_message_go_in_the_receivers_language_under_the_same_rules(app, scene, incident):
    first = sent(scene, incident)
    Dispatcher(app).drain()
    db.session.expire_all()
    for corrects in (first, None):
        writer = scene.reader(scene.cast.ssp)
        made = operations.follow_up(incident, writer, "Rettelse: alt er åbent.", corrects=corrects, not_cpr=False)
        translated(scene, made)
        operations.send_to_release(made, writer)
        approved(scene, made)
        release(scene, made)
        assert texts(made)[AMIRA] == ("ar", ARABIC) and texts(made)[TARIK][0] == "da"
        Dispatcher(app).drain()
        db.session.expire_all()


def test_a_newer_message_flags_the_text_in_every_language_after_it_was_sent(scene, incident, at):
    made = awaiting(scene, incident)
    translated(scene, made)
    approved(scene, made)
    release(scene, made)
    make_message(scene, incident, what_happened="Noget nyt")
    page = at(scene.cast.helhedsplan).text(address(incident, f"/broadcasts/{made.public_id}"))
    assert "Teksten er lavet af budskab v1. Det nyeste er v2." in page and ARABIC in page
    poster = address(incident, f"/broadcasts/{made.public_id}/texts/ar/poster")
    assert "Teksten er lavet af et ældre budskab" in at(scene.cast.helhedsplan).text(poster)


@pytest.mark.parametrize(("approved_by", "language"), [("", "da"), ("Styregruppen 3.11.2026", "ar")])
def test_a_withdrawal_goes_in_another_language_only_once_the_plans_parties_approved_it(
    app, scene, clock, approved_by, language
):
    fixed = {"key": "withdrawal", "language": "ar", "text": ARABIC_FIXED, "approved_by": approved_by}
    plan_with(scene, fixed_texts=[fixed])
    incident = scene.activate(scene.cast.ssp)
    make_message(scene, incident)
    out = sent(scene, incident)
    Dispatcher(app).drain()
    db.session.expire_all()
    made = operations.withdraw(out, scene.reader(scene.cast.ssp), clock.now)
    said = {
        "da": "Vores besked kl. 23.40 var forkert. Ny besked følger kl. 23.40.",
        "ar": "رسالتنا 23.40 خاطئة، الجديدة 23.40.",
    }
    assert texts(made)[AMIRA] == (language, said[language])
    assert texts(made)[TARIK] == ("da", said["da"])


@pytest.mark.parametrize(("approved_by", "head"), [("", "ØVELSE.\n"), ("Styregruppen", "ØVELSE.\nتدريب. ")])
def test_in_an_exercise_every_language_begins_with_oevelse_and_it_is_counted(scene, approved_by, head):
    plan_with(
        scene, fixed_texts=[{"key": "exercise", "language": "ar", "text": "تدريب", "approved_by": approved_by}]
    )
    incident = scene.activate(scene.cast.ssp, is_exercise=True)
    make_message(scene, incident)
    for contact in scene.contacts["helhedsplan"]:
        contact.language = Language.ARABIC
    made = awaiting(scene, incident)
    translated(scene, made)
    approved(scene, made)
    release(scene, made)
    arabic = [d for d in deliveries(made) if d.language == "ar"]
    assert [d.text for d in arabic] == [head + ARABIC]
    assert measure(arabic[0].text).units == len(head + ARABIC)
    assert as_sent(incident, DANISH) == f"ØVELSE. {DANISH}"


def test_from_the_first_word_to_arabic_on_the_phone_by_the_pages(scene, incident, at):
    writer, helper = at(scene.cast.ssp), at(scene.cast.helhedsplan)
    made = compose(scene, incident)
    one = address(incident, f"/broadcasts/{made.public_id}")
    before = plain(writer.text(one))
    assert "Arabisk, 1 læser det" in before and "Ingen oversættelse: de får den danske" in before
    page = writer.text(f"{one}/texts/ar")
    assert 'dir="rtl"' in page and 'lang="ar"' in page and DANISH in page
    done(submit(writer, f"{one}/texts/ar", text=ARABIC))
    shown = writer.text(one)
    assert "Oversættelsen er ikke godkendt: de får den danske" in plain(shown)
    assert f'<p class="typed" lang="ar" dir="rtl">{ARABIC}</p>' in shown
    assert submit(writer, f"{one}/texts/ar/approval", approver="").status_code == 422
    own = submit(writer, f"{one}/texts/ar/approval", approver=scene.cast.ssp.name)
    assert own.status_code == 422 and "Du har selv skrevet oversættelsen" in own.text
    assert f'value="{scene.cast.helhedsplan.name}"' in helper.text(f"{one}/texts/ar/approval")
    assert helper.get(f"{one}/texts/ar/poster").status_code == 404, "what nobody approved is not hung up either"
    done(submit(helper, f"{one}/texts/ar/approval", approver=APPROVER))
    assert f"Godkendt af {APPROVER}" in plain(writer.text(one))
    done(submit(writer, f"{one}/ready", when="now"))
    assert f"Godkendt af {APPROVER}" in plain(helper.text(f"{one}/release"))
    done(submit(helper, f"{one}/release", when="now"))
    assert texts(made)[AMIRA] == ("ar", ARABIC)
    poster = helper.text(f"{one}/texts/ar/poster")
    assert f'lang="ar" dir="rtl">{ARABIC}</p>' in poster


def test_two_translators_at_once_lose_nothing(scene, incident, at):
    made = compose(scene, incident)
    page = address(incident, f"/broadcasts/{made.public_id}/texts/ar")
    first, second = at(scene.cast.ssp), at(scene.cast.helhedsplan)
    shown = opened(second, page)
    done(submit(first, page, text=ARABIC))
    late = second.post(page, shown | {"text": "نص آخر"})
    assert late.status_code == 409 and "نص آخر" in late.text
    assert queries.broadcasts_of(incident)[0].texts[0].text == ARABIC


def test_each_language_shows_its_own_length_and_says_when_it_is_too_long(scene, incident, at):
    made = compose(scene, incident, text="a" * 150)
    translated(scene, made, text="ع" * 140)
    shown = plain(at(scene.cast.ssp).text(address(incident, f"/broadcasts/{made.public_id}")))
    assert "1 sms (GSM-7, 150 tegn)" in shown
    assert "3 sms (UCS-2, 140 tegn). Længere end to sms: højst 134 tegn med disse bogstaver" in shown
    preview = address(incident, "/broadcasts/preview?language=tr")
    page = at(scene.cast.ssp).post(preview, {"text": "Her şey – sakin."}).text
    assert "1 sms (UCS-2, 16 tegn)" in page and "Her şey - sakin." in page


def test_a_language_that_is_none_and_danish_have_no_translation(scene, incident, at):
    made, writer = compose(scene, incident), at(scene.cast.ssp)
    for language in ("da", "xx", "AR"):
        for more in ("", "/approval"):
            page = address(incident, f"/broadcasts/{made.public_id}/texts/{language}{more}")
            assert writer.get(page).status_code == 404, page
    assert writer.post(address(incident, "/broadcasts/preview?language=xx"), {"text": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["police", "police_and_ssp"])
def test_the_police_find_no_language_of_a_b(scene, incident, at, name):
    made, outsider = compose(scene, incident), at(getattr(scene.cast, name))
    translated(scene, made)
    approved(scene, made)
    for path in ("texts/ar", "texts/ar/approval", "texts/ar/poster"):
        assert outsider.get(address(incident, f"/broadcasts/{made.public_id}/{path}")).status_code == 404, path
    assert outsider.post(address(incident, "/broadcasts/preview"), {"text": "x"}).status_code == 404
