"""What stands on the public page: what was released for all, and not a moment longer than it holds."""

import re
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree

from app.broadcasts import operations
from app.broadcasts.publishing import jobs as publishing
from app.broadcasts.publishing.models import Publication
from app.broadcasts.publishing.rules import Standing, kind, replaced
from app.broadcasts.states import Phase
from app.contacts.models import Contact
from app.direction.queries import acts_of
from app.errors import Refused
from app.extensions import db
from app.lib.languages import Language
from app.public.area.cap import Alert, Said, cap_xml
from app.transitions import police_acts
from app.transitions.annul import annul
from tests.broadcasts.making import awaiting, compose, said, sent
from tests.narrative.making import make_message
from tests.room.incident_forms import said as in_the_log

PAGE, SCREEN, FEED = "/area/lindevangen/now", "/area/lindevangen/screen/now", "/area/lindevangen/feed.atom"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = Path(__file__).parent.parent / "vendor/cap/CAP-v1.2.xsd"
NOTHING = "Der er ingen beskeder lige nu."


def everywhere(at):
    """All that somebody outside can read, as one text."""
    feed = at().text(FEED)
    links = re.findall(r'href="http://[^/]+(/area/lindevangen/cap/[^"]+)"', feed)
    return "\n".join([*(at().text(path) for path in (PAGE, SCREEN)), feed, *(at().text(link) for link in links)])


def messages(at):
    """Each message of the feed as CAP, the newest first; every one of them is what the schema allows."""
    feed, schema = ElementTree.fromstring(at().get(FEED).data), etree.XMLSchema(etree.parse(SCHEMA))
    found = []
    for entry in feed.iter(f"{ATOM}entry"):
        address = entry.find(f"{ATOM}id").text
        answer = at().get(re.sub(r"^http://[^/]+", "", address))
        schema.assertValid(etree.fromstring(answer.data))
        assert answer.content_type.startswith("application/cap+xml")
        found.append(ElementTree.fromstring(answer.data))
    return found


def word(message, name):
    return message.find(f"{CAP}{name}").text


def test_a_text_stands_there_from_its_release_until_its_time_is_out(scene, incident, at, clock):
    made = awaiting(scene, incident, text="Alt er roligt på torvet.", is_public=True)
    assert "roligt" not in everywhere(at) and NOTHING in at().text(PAGE)
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    db.session.commit()
    assert everywhere(at).count("Alt er roligt på torvet.") == 4
    assert "står på den offentlige side og infoskærmene, senest til 23.11. kl. 23.40" in in_the_log(incident)
    address = f"/incidents/{incident.public_id}/broadcasts/{made.public_id}"
    assert "vises siden kl. 23.40, til 23.11. kl. 23.40" in at(scene.cast.ssp).text(address)
    clock.advance(hours=24)
    assert "roligt" not in everywhere(at) and NOTHING in at().text(PAGE)
    assert "nu udløbet" in at(scene.cast.ssp).text(address)
    clock.advance(days=31)
    publishing.forget_publications()
    assert db.session.query(Publication).one().texts == {}


def test_a_withdrawal_takes_it_away_at_once_and_says_so(scene, incident, at, clock):
    made = sent(scene, incident, text="Torvet er spærret.", is_public=True)
    before = messages(at)[0]
    assert (word(before, "msgType"), word(before, "status"), word(before, "scope")) == ("Alert", "Actual", "Restricted")
    assert word(before, "sent") == "2026-11-22T23:40:00+01:00"
    clock.advance(minutes=3)
    operations.withdraw(made, scene.reader(scene.cast.ssp), clock.now + timedelta(minutes=15))
    db.session.commit()
    assert "spærret" not in everywhere(at)
    assert "Vores besked kl. 23.40 var forkert" in at().text(PAGE) and "var forkert" in at().text(SCREEN)
    (after,) = messages(at)
    assert word(after, "msgType") == "Cancel"
    assert word(after, "references") == ",".join(word(before, name) for name in ("sender", "identifier", "sent"))
    assert at().get(f"/area/lindevangen/cap/{word(before, 'identifier')}.xml").status_code == 404
    corrected = operations.follow_up(
        incident, scene.reader(scene.cast.ssp), "Torvet er åbent.", corrects=made, not_cpr=False
    )
    operations.send_to_release(corrected, scene.reader(scene.cast.ssp))
    operations.release(corrected, scene.reader(scene.cast.helhedsplan), version=corrected.version)
    db.session.commit()
    assert [word(one, "msgType") for one in messages(at)] == ["Update"] and "forkert" not in everywhere(at)


def test_the_newest_word_takes_the_place_of_the_others_and_the_after_message_of_all(scene, incident, at, clock):
    sent(scene, incident, text="Vi ved ikke nok endnu.", is_public=True)
    clock.advance(minutes=30)
    sent(scene, incident, text="Ingen er kommet til skade.", phase=Phase.UPDATE, is_public=True)
    sent(scene, incident, "institutions", text="Kun til skolen.", phase=Phase.UPDATE)
    (only,) = messages(at)
    assert word(only, "msgType") == "Update" and "Ingen er kommet" in at().text(PAGE)
    assert "ikke nok endnu" not in everywhere(at) and "Kun til skolen" not in everywhere(at)
    made = operations.follow_up(incident, scene.reader(scene.cast.ssp), "Det er slut.", corrects=None, not_cpr=False)
    operations.send_to_release(made, scene.reader(scene.cast.ssp))
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    db.session.commit()
    assert [m.find(f".//{CAP}description").text for m in messages(at)] == ["Det er slut."]


def test_each_language_that_somebody_approved_is_there_and_no_other(scene, incident, at):
    made, ssp = compose(scene, incident, text="Alt er roligt.", is_public=True), scene.reader(scene.cast.ssp)
    operations.translate(made, ssp, Language.ARABIC, "كل شيء هادئ.", version=made.version)
    operations.approve_translation(made, ssp, Language.ARABIC, "Samira Said, tolk", version=made.version)
    operations.translate(made, ssp, Language.POLISH, "Nie czytane.", version=made.version)
    operations.send_to_release(made, ssp)
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    db.session.commit()
    (message,) = messages(at)
    assert [one.text for one in message.iter(f"{CAP}language")] == ["da", "ar"]
    assert '<article class="public" lang="ar" dir="rtl"' in at().text(f"{PAGE}?language=ar")
    assert '<article class="public" lang="da" dir="ltr"' in at().text(f"{PAGE}?language=pl")
    assert "Nie czytane" not in everywhere(at) and 'lang="ar" dir="rtl" data-slide' in at().text(SCREEN)


def test_nothing_of_what_it_came_of_is_in_it(scene, incident, at):
    made = sent(scene, incident, text="Alt er roligt.", is_public=True)
    read = everywhere(at)
    for secret in (incident.public_id, made.public_id, "Rygte", "rygte", "rumours", "SSP", "politisag", "tovholder"):
        assert secret not in read, secret
    for path in (PAGE, SCREEN, FEED, "/area/lindevangen", "/area/lindevangen/screen"):
        assert "Set-Cookie" not in at().get(path).headers
    answer = at().get(SCREEN)
    assert at().get(SCREEN, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert "roligt" not in at().text("/area/skovkanten/now")
    assert all(at().get(path).status_code == 404 for path in ("/area/none", "/area/none/feed.atom"))


def test_an_exercise_puts_nothing_there_and_the_database_refuses_it_too(scene, at):
    drill = scene.activate(scene.cast.ssp, is_exercise=True)
    make_message(scene, drill)
    sent(scene, drill, text="Alt er roligt.", is_public=True)
    assert db.session.query(Publication).count() == 0 and NOTHING in at().text(PAGE)
    page = at(scene.cast.ssp).text(f"/incidents/{drill.public_id}/broadcasts/new")
    assert 'name="is_public"' not in page
    row = Publication(area_id=drill.area_id, incident_id=drill.id, is_exercise=True)
    db.session.add(row)
    with pytest.raises(Exception, match="nothing_of_an_exercise"):
        db.session.flush()
    db.session.rollback()


def test_what_is_stopped_annulled_or_denied_by_the_police_comes_down(scene, politisag, at, clock):
    ssp = scene.reader(scene.cast.ssp)
    made = awaiting(scene, politisag, text="Bliv inde.", is_public=True)
    operations.release(made, ssp, version=made.version, said=said())
    db.session.commit()
    assert "Bliv inde." in everywhere(at)
    police_acts.deny(acts_of(politisag)[-1], scene.reader(scene.cast.police), "Det passer ikke.")
    db.session.commit()
    assert "Bliv inde." not in everywhere(at) and "gælder ikke længere" in at().text(PAGE)
    assert [word(one, "msgType") for one in messages(at)] == ["Cancel"]
    stopped = sent(scene, politisag, text="Bliv hjemme.", phase=Phase.UPDATE, is_public=True)
    assert "gælder ikke længere" not in everywhere(at)
    operations.stop(stopped, ssp)
    db.session.commit()
    assert "Bliv hjemme." not in everywhere(at)


def test_an_annulled_incident_leaves_no_text_standing(scene, incident, at):
    sent(scene, incident, text="Alt er roligt.", is_public=True)
    annul(incident, scene.reader(scene.cast.ssp), "Forkert knap")
    db.session.commit()
    assert "roligt" not in everywhere(at)


def test_a_text_for_some_of_them_is_no_text_for_all(scene, incident, at):
    place = scene.cast.lindevangen.places[0]
    with pytest.raises(Refused):
        compose(scene, incident, text="Kun jer.", is_public=True, place_ids=(place.id,))
    db.session.rollback()
    with pytest.raises(Refused):
        compose(scene, incident, None, "institutions", text="Kun jer.", is_public=True)
    db.session.rollback()
    form = f"/incidents/{incident.public_id}/broadcasts/new"
    typed = {"phase": "first", "audiences": "institutions", "text": "Kun jer.", "is_public": "y"}
    assert "Sæt også kryds ved beboere" in at(scene.cast.ssp).post(form, typed).text


def test_where_nobody_has_signed_up_it_still_stands_there_and_can_be_taken_back(scene, at, clock):
    incident = scene.activate(scene.cast.ssp)
    make_message(scene, incident)
    for contact in db.session.query(Contact):
        if any(one.audience_key == "residents" for one in contact.audiences):
            contact.ended_at = clock.now
    db.session.commit()
    made = sent(scene, incident, text="Alt er roligt.", is_public=True)
    assert "Alt er roligt." in everywhere(at)
    operations.withdraw(made, scene.reader(scene.cast.ssp), clock.now + timedelta(minutes=15))
    db.session.commit()
    assert "roligt" not in everywhere(at) and "var forkert" in everywhere(at)


def test_a_switch_to_the_police_takes_it_down_without_a_word(scene, incident, at, clock):
    sent(scene, incident, text="Alt er roligt.", is_public=True)
    operations.end_for_switch(incident, "Politiet har overtaget.")
    db.session.commit()
    assert NOTHING in at().text(PAGE) and messages(at) == []


@pytest.mark.parametrize(
    ("phase", "corrects", "goes"),
    [
        (Phase.FIRST, None, [1, 2, 3]), (Phase.UPDATE, None, [1, 2, 3]), (Phase.AFTER, None, [1, 2, 3]),
        (Phase.CORRECTION, 10, [1, 3]), (Phase.WITHDRAWAL, 11, [2]), (Phase.CORRECTION, 99, []),
    ],
)  # fmt: skip
def test_whose_place_a_public_text_takes(phase, corrects, goes):
    standing = [Standing(1, 10), Standing(2, 11), Standing(3, 12, takes_back=10)]
    assert replaced(phase, corrects, standing) == goes
    assert kind(phase, goes) == ("cancel" if phase is Phase.WITHDRAWAL else "update" if goes else "alert")


def test_a_message_of_an_exercise_and_one_with_odd_signs_are_valid_too(clock):
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    texts = [Said("da", "Besked", "A <b> & \x0b \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"))]
    alert = Alert(
        "abc", "x@y.example", clock.now, "update", clock.now, texts, [("a", clock.now), ("b", clock.now)],
        "Kun beboere", "Lindevangen", "https://x.example/area/x", is_exercise=True,
    )  # fmt: skip
    read = etree.fromstring(cap_xml(alert))
    schema.assertValid(read)
    assert read.findtext(f"{CAP}status") == "Exercise" and read.findtext(f".//{CAP}description") == "A <b> &  😀"
    assert len(read.findtext(f"{CAP}references").split()) == 2
