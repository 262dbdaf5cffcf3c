"""Residents sign up and off by themselves, and nobody learns who else has."""

import re

import pytest

from app.areas.models import DataProtection
from app.broadcasts.narrowing import Narrowing
from app.broadcasts.recipients import gather
from app.contacts.models import Contact, ContactSource, PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.incidents.documents import document_of
from app.lib.languages import Language
from app.messaging import inbox
from app.messaging.models import Delivery, DeliveryState, ReceiverKind
from app.signup import jobs, operations
from app.signup.models import SignUpCode
from app.signup.rules import DAY, PER_AREA, PER_NUMBER, PER_PREFIX, Lately, may_send
from app.signup.words import words
from tests.broadcasts.making import sent
from tests.narrative.making import make_message
from tests.signup.conftest import ANNA, PAGE, Resident, newest_code

E164 = "+4530001122"


def contacts():
    return db.session.query(Contact).filter(Contact.source == ContactSource.SIGN_UP, Contact.ended_at.is_(None)).all()


def texts(about=""):
    found = db.session.query(Delivery).filter(Delivery.about.startswith(about)).order_by(Delivery.id).all()
    db.session.rollback()
    return found


def join(who, number=ANNA, **typed):
    page = who.enter(number)
    assert who.post(page, **{"consent": "y", "reads": "da"} | typed).status_code == 303
    return page


def test_a_resident_signs_up_by_text_reads_their_own_data_and_signs_off_in_two_taps(app, scene, anna, clock):
    places = {place.name: place for place in scene.cast.lindevangen.places}
    place_id, row_id = places["Lindehuse"].public_id, places["Lindehuse"].id
    page = anna.enter()
    assert "Du får ikke beskeder på" in anna.get(page).text
    assert "Sæt kryds" in anna.post(page, place=place_id, reads="ar").text  # no yes, no list
    assert contacts() == []
    assert anna.post(page, consent="y", place=place_id, entrance="12  a", reads="ar").status_code == 303
    (contact,) = contacts()
    assert (contact.place_id, contact.entrance, contact.language) == (row_id, "12 a", Language.ARABIC)
    assert contact.source_at == clock.now and contact.points[0].address == E164 and contact.name == "Tilmeldt beboer"
    assert texts("welcome:")[0].language == "ar" and texts("welcome:")[0].receiver_kind is ReceiverKind.RESIDENT
    clock.advance(minutes=5)
    page = anna.enter()
    shown = anna.get(page).text
    assert "30 00 11 22" in shown and "Tilmeldt her på siden kl. 23.40" in shown and 'value="12 a"' in shown
    asked = anna.get(f"{page.partition('?')[0]}/sign-off")
    assert "Vil du afmeldes" in asked.text and len(contacts()) == 1  # the first tap only asks
    done = anna.post(f"{page.partition('?')[0]}/sign-off")
    assert "Du er afmeldt" in done.text
    db.session.expire_all()
    assert contacts() == [] and contact.points == [] and contact.entrance == "" and contact.place_id is None
    assert anna.get(page).status_code == 404  # and the page is closed
    assert "Set-Cookie" not in done.headers and anna.get(PAGE).headers.get("Set-Cookie") is None


def test_by_mail_too_and_each_mail_tells_how_to_sign_off(app, scene, anna, clock):
    join(anna, "Anna@Eksempel.dk")
    incident = scene.activate(scene.cast.ssp)
    make_message(scene, incident)
    sent(scene, incident, text="Alt er roligt.")
    (mail,) = [d for d in texts("broadcast:") if d.address == "anna@eksempel.dk"]
    link = re.search(r"Afmeld dig her: http://[^/]+(/\S+)", mail.text)[1]
    assert mail.text.startswith("Alt er roligt.")
    assert len(contacts()) == 1 and "Vil du afmeldes" in anna.get(link).text and len(contacts()) == 1
    assert "Du er afmeldt" in anna.post(link).text and contacts() == []
    assert "Du er afmeldt" in anna.post(link).text  # twice reads the same
    assert db.session.get(Delivery, mail.id).state is DeliveryState.CANCELLED  # what had not left does not
    for wrong in (link[:-3] + "abc", f"{PAGE}/off/nothing", link.replace("lindevangen", "skovkanten")[:-1]):
        assert anna.post(wrong).status_code == 404


def test_stop_from_the_phone_itself_is_enough(scene, anna):
    join(anna)
    assert not inbox.receive("twilio_sms", "in-0", "+4530009999", "+4520000000", "STOP").matched  # not theirs to say
    assert not inbox.receive("twilio_sms", "in-1", E164, "+4520000000", "Stop med at larme").matched
    db.session.commit()
    assert len(contacts()) == 1
    assert inbox.receive("twilio_sms", "in-2", E164, "+4520000000", " Stop. ").matched
    db.session.commit()
    assert contacts() == [] and "Du er afmeldt" in texts("signed-off:")[0].text


def test_who_was_put_on_the_list_by_others_says_no_and_stays_off_it(scene, anna):
    area = scene.cast.lindevangen
    listed = add_contact(area, name="Anna Lejer", points=[(PointKind.MOBILE, ANNA)], audiences=["residents"])
    member = add_contact(
        area, name="Bo Bestyrelse", points=[(PointKind.MOBILE, ANNA)], audiences=["residents", "section_boards"]
    )
    db.session.commit()
    page = anna.enter()
    shown = anna.get(page).text
    assert "Andre har skrevet dig på listen" in shown and "Anna Lejer" not in shown
    assert "vi gemmer, at du har sagt nej" in anna.post(f"{page.partition('?')[0]}/sign-off").text
    db.session.expire_all()
    assert listed.opted_out_at is not None and listed.points[0].address == E164
    assert [one.audience_key for one in member.audiences] == ["section_boards"] and member.opted_out_at is None
    incident = scene.activate(scene.cast.ssp)
    reached = gather(incident, document_of(incident), ["residents"], Narrowing())
    assert E164 not in {address for address, _kind in reached.addresses}


def answers(who, number):
    """Everything that somebody sees who asks for a code and has none: bytes, headers, and a wrong try."""
    first = who.ask(number)
    token = re.search(r"/sign-up/([\w-]{22})\?", first.headers["Location"])[1]
    page = who.get(first.headers["Location"])
    wrong = who.post(first.headers["Location"], code="0000000")
    shown = [(one.status_code, sorted(one.headers), one.data) for one in (first, page, wrong)]
    return repr(shown).replace(token, "TOKEN")


def test_the_answer_is_the_same_for_known_unknown_capped_and_police(app, scene, resident):
    area = scene.cast.lindevangen
    add_contact(area, name="Anna", points=[(PointKind.MOBILE, ANNA)], audiences=["residents"])
    db.session.commit()
    known, unknown = answers(resident(), ANNA), answers(resident(), "30 00 33 44")
    police = answers(resident(), scene.contacts["police"][0].points[0].address)
    assert known == unknown == police
    for _ in range(PER_NUMBER + 2):
        capped = answers(resident(), "30 00 55 66")
    assert capped == known
    assert len([d for d in texts("sign-up:") if d.address == "+4530005566"]) == 1  # the second must wait a minute


def test_a_script_that_signs_up_numbers_sends_few_texts(app, scene, resident):
    one = resident("80.62.1.9")
    for n in range(PER_PREFIX + 25):
        assert one.ask(f"30 1{n // 100} {n % 100:02d} 0{n % 10}").status_code == 303
    assert len(texts("sign-up:")) == PER_PREFIX == db.session.query(SignUpCode).count()
    resident("87.48.1.2").ask()
    assert len(texts("sign-up:")) == PER_PREFIX + 1


@pytest.mark.parametrize(
    ("minutes_ago", "prefix", "area", "goes"),
    [
        ([], 0, 0, True), ([0], 0, 0, False), ([1], 0, 0, True), ([9, 12], 0, 0, False), ([10, 12], 0, 0, True),
        ([90, 200, 300], 0, 0, False), ([120, 200, 300], 0, 0, True), ([300] * PER_NUMBER, 0, 0, False),
        ([], PER_PREFIX, 0, False), ([], 0, PER_AREA, False),
    ],
)  # fmt: skip
def test_how_soon_the_next_code_goes(clock, minutes_ago, prefix, area, goes):
    sent_at = [clock.now - DAY * (minutes / 1440) for minutes in minutes_ago]
    assert may_send(Lately(sent_at, prefix, area), clock.now) is goes


def test_a_code_lives_a_quarter_of_an_hour_works_once_and_takes_five_tries(anna, clock):
    page = anna.ask().headers["Location"]
    code = newest_code()
    stored = db.session.query(SignUpCode).one()
    assert code not in repr(vars(stored))
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(4):
        assert anna.post(page, code=wrong).status_code == 422
    assert anna.post(page, code=f" {code[:3]} {code[3:]} ").status_code == 303
    assert anna.post(page, code=code).status_code == 422  # once
    clock.advance(minutes=2)
    page = anna.ask().headers["Location"]
    for _ in range(5):
        anna.post(page, code=wrong)
    assert anna.post(page, code=newest_code()).status_code == 422  # five tries
    clock.advance(minutes=30)
    page = anna.ask().headers["Location"]
    other_area = page.replace("lindevangen", "skovkanten")
    assert anna.post(other_area, code=newest_code()).status_code == 422
    clock.advance(minutes=15)
    assert anna.post(page, code=newest_code()).status_code == 422
    clock.advance(hours=3)
    own = anna.enter()
    clock.advance(minutes=16)
    assert anna.get(own).status_code == 404 and anna.post(own, consent="y").status_code == 404
    clock.advance(minutes=20)
    jobs.forget_codes()
    assert {row.address for row in db.session.query(SignUpCode)} == {""}
    clock.advance(hours=25)
    jobs.forget_codes()
    assert db.session.query(SignUpCode).count() == 0


def test_without_a_page_on_data_protection_nobody_is_sent_a_code(app, scene, anna):
    db.session.query(DataProtection).delete()
    db.session.commit()
    assert "Tilmelding er ikke åben endnu" in anna.get(PAGE).text
    assert "Tilmelding er ikke åben endnu" in anna.ask().text and texts("sign-up:") == []
    asker = operations.Asker(PointKind.MOBILE, E164, Language.DANISH, None)
    assert operations.ask(scene.cast.lindevangen, asker) and db.session.query(SignUpCode).count() == 0  # whoever asks


@pytest.mark.parametrize("number", ["+46 70 123 45 67", "112", "30001", "", "abc", "30 00 11 22 33", "+1 202 555 0100"])
def test_only_danish_numbers_are_texted(anna, number):
    assert anna.ask(number).status_code == 422
    assert texts("sign-up:") == []


def test_what_is_typed_about_where_one_lives_holds_no_number_of_a_person(scene, anna):
    for n, typed in enumerate(("010190-1234", "ring 20123456", "<b>12</b>")):
        join(anna, f"30 00 77 0{n}", entrance=typed)
    assert {one.entrance for one in contacts()} == {""}
    elsewhere = scene.cast.skovkanten
    assert all(one.area_id != elsewhere.id for one in contacts())


def test_six_languages_say_the_same_things_and_fill_the_same_gaps():
    danish = words()[Language.DANISH]
    for language, said in words().items():
        assert said.keys() == danish.keys(), language
        for key, text in said.items():
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", danish[key])), (language, key)
            assert text.strip() == text and text


@pytest.mark.parametrize("language", list(Language))
def test_each_page_reads_from_its_own_side(anna, language):
    for page in ("", "/sign-up"):
        shown = anna.get(f"{PAGE}{page}?language={language.value}").text
        side = "rtl" if language is Language.ARABIC else "ltr"
        assert f'<html lang="{language.value}" dir="{side}">' in shown
    assert 'lang="tr"' in anna.get(PAGE, headers={"Accept-Language": "tr-TR,tr;q=0.9"}).text.partition("<head>")[0]


def test_two_who_ask_at_once_for_the_same_number_get_one_code(app, scene, backend):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _n: Resident(app).ask().status_code, range(4)))
    assert set(done) == {303} and len(texts("sign-up:")) == 1
