"""The narrative on screen, from the first rumour to the notice on the wall."""

import html

from app.extensions import db
from app.logbook.verify import verify_chain
from app.narrative import queries
from tests.narrative.making import form, make_fact, make_message, make_report, send, url
from tests.room.forms import hidden
from tests.room.test_room_speed import questions


def room(incident) -> str:
    return url(incident, "").rstrip("/")


def test_a_responder_adds_a_fact_from_the_room_and_a_coordinator_settles_it(scene, incident, at):
    responder, coordinator = at(scene.cast.ssp_responder), at(scene.cast.helhedsplan)
    assert url(incident, "facts/new") in responder.text(room(incident))
    typed = {"text": "Der er skudt ved torvet", "status": "unconfirmed", "source": "Klubben", "may_publish": "y"}
    assert send(responder, url(incident, "facts/new"), **typed).status_code == 303
    page = responder.text(url(incident, "facts"))
    assert "Der er skudt ved torvet" in page and "ubekræftet" in page and "Kilde: Klubben" in page
    (fact,) = queries.facts_of(incident)
    change = url(incident, f"facts/{fact.public_id}")
    assert change in coordinator.text(room(incident))
    assert send(coordinator, change, status="refuted", source="Vagtchefen").status_code == 303
    page = coordinator.text(url(incident, "facts"))
    assert "afkræftet" in page and "Helle Plan" in page and "#visibility" not in page


def test_every_page_answers_before_and_after_the_first_versions(scene, incident, at):
    coordinator = at(scene.cast.ssp)
    paths = ("facts", "facts/new", "situation", "situation/new", "message", "message/new", "panels/narrative")
    for path in paths:
        coordinator.text(url(incident, path))
    fact = make_fact(scene, incident, "Der er skudt")
    make_report(scene, incident)
    make_message(scene, incident)
    for path in (*paths, "situation/1", "message/1", "message/1/poster", f"facts/{fact.public_id}"):
        coordinator.text(url(incident, path))
    shown = coordinator.text(room(incident))
    assert "Situation v1 · Budskab v1" in shown and "1 af 4 har kvitteret" in shown
    for path in ("situation/2", "message/2", "message/0/poster", "facts/x"):
        assert coordinator.get(url(incident, path)).status_code == 404


def test_a_report_says_what_must_not_be_published_and_drives_the_countdown(scene, incident, at, clock):
    coordinator = at(scene.cast.helhedsplan)
    typed = {"situation": "Uro ved torvet.", "not_to_publish": "Mødestedet.", "minutes": "30"}
    assert send(coordinator, url(incident, "situation/new"), **typed).status_code == 303
    page = coordinator.text(url(incident, "situation"))
    assert "Må ikke offentliggøres" in page and "Mødestedet." in page
    db.session.refresh(incident)
    assert (incident.next_update_at - clock.now).total_seconds() == 1800
    assert send(coordinator, url(incident, "situation/new"), situation="Ro.", minutes="0").status_code == 303
    db.session.refresh(incident)
    assert incident.next_update_at is None


def test_the_next_version_begins_from_the_newest_and_shows_what_it_changed(scene, incident, at):
    make_report(scene, incident, situation="Der er 30 unge. Politiet er på vej.")
    make_fact(scene, incident, "Der er skudt", "unconfirmed")
    coordinator = at(scene.cast.ssp)
    page = coordinator.text(url(incident, "situation/new"))
    assert "Der er 30 unge. Politiet er på vej.</textarea>" in page.replace("\r\n", "")
    assert "1 oplysninger følger med" in page
    send(coordinator, url(incident, "situation/new"), situation="Der er 10 unge. Politiet er på vej.")
    shown = coordinator.text(url(incident, "situation"))
    assert "<ins>Der er 10 unge.</ins>" in shown and "<del>Der er 30 unge.</del>" in shown
    assert "Politiet er på vej.</ins>" not in shown
    assert "<ins>Der er skudt – ubekræftet (kilde: Politiet, telefon)</ins>" in html.unescape(shown)
    assert "Der er en nyere version" in coordinator.text(url(incident, "situation/1"))


def test_a_version_stays_as_it_was_when_its_facts_change(scene, incident, at):
    make_fact(scene, incident, "Der er skudt", "unconfirmed")
    make_message(scene, incident)
    coordinator = at(scene.cast.ssp)
    (fact,) = queries.facts_of(incident)
    send(coordinator, url(incident, f"facts/{fact.public_id}"), status="refuted", source="P", may_publish="y")
    assert "Vi ved ikke, om der er skudt." in coordinator.text(url(incident, "message/1"))
    make_message(scene, incident)
    newest = coordinator.text(url(incident, "message"))
    assert "Vi ved ikke" not in newest.split("Ændret siden")[0]
    assert "Det er ikke rigtigt, at der er skudt." in newest


def test_what_may_not_be_published_is_nowhere_in_message_preview_or_poster(scene, incident, at):
    for n, status in enumerate(("confirmed", "unconfirmed", "refuted")):
        make_fact(scene, incident, f"Hemmeligt {n}", status, may_publish=False)
    make_report(scene, incident, not_to_publish="Hemmeligt sted")
    make_message(scene, incident)
    coordinator = at(scene.cast.ssp)
    shown = [coordinator.text(url(incident, path)) for path in ("message", "message/new", "message/1/poster")]
    typed = form(shown[1], what_happened="Uro.")
    shown.append(coordinator.post(url(incident, "message/preview"), typed).text)
    assert not [page for page in shown if "emmeligt" in page]
    assert queries.latest_message(incident).facts == []


def test_a_message_is_previewed_written_and_acknowledged_in_one_tap(scene, incident, at):
    make_fact(scene, incident, "Ingen er kommet til skade")
    writer, reader = at(scene.cast.helhedsplan), at(scene.cast.youth_club)
    page = writer.text(url(incident, "message/new"))
    shown = writer.post(url(incident, "message/preview"), form(page, what_happened="Der var uro.")).text
    assert "Der var uro." in shown and "Ingen er kommet til skade." in shown and "<html" not in shown
    looked = writer.post(url(incident, "message/new"), form(page, what_happened="Der var uro.", preview="1"))
    assert looked.status_code == 422 and looked.text.count("Der var uro.") == 2
    assert "Ret dette" not in looked.text and queries.latest_message(incident) is None
    assert writer.post(url(incident, "message/new"), form(page, what_happened="Der var uro.")).status_code == 303
    assert "Kvittér budskab v1" not in writer.text(room(incident)), "who wrote it says the same"
    assert "Kvittér budskab v1" in reader.text(room(incident))
    once = hidden(reader.text(url(incident, "message")))["once"]
    assert reader.post(url(incident, "message/1/acknowledgement"), {"once": once}).status_code == 303
    assert "Kvittér budskab v1" not in reader.text(room(incident))
    assert "2 af 4 har kvitteret" in reader.text(room(incident))
    make_message(scene, incident, scene.cast.helhedsplan)
    assert "Kvittér budskab v2" in reader.text(room(incident))
    assert verify_chain(incident.chain_id).is_whole


def test_the_poster_is_the_version_alone_without_a_way_into_the_system(scene, incident, at):
    make_message(scene, incident, what_happened="Der var uro.", contact="Ring til 20 00 00 06.")
    page = at(scene.cast.ssp).text(url(incident, "message/1/poster"))
    assert "Der var uro." in page and "Version 1" in page and "ring 112" in page
    assert "Sanne Spang" not in page and "<nav" not in page and "tovholder" not in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<a " not in main and "<button" not in main


def test_fifty_versions_cost_no_more_questions_than_two(app, scene, incident, at):
    visitor = at(scene.cast.youth_club)
    paths = [room(incident), *(url(incident, p) for p in ("situation", "message", "facts", "panels/narrative"))]
    counts = []
    for versions in (2, 48):
        for n in range(versions):
            make_report(scene, incident, situation=f"Nr. {n}")
            make_message(scene, incident, scene.cast.helhedsplan if n % 2 else scene.cast.ssp)
            make_fact(scene, incident, f"Oplysning {n}")
        counts.append([len(questions(app, visitor, path)) for path in paths])
    assert counts[0] == counts[1]
