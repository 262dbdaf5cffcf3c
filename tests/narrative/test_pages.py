"""The narrative on screen, from the first rumour to the notice on the wall."""

from tests.narrative.making import form, make_fact, make_message, make_report, send, url


def test_a_responder_adds_a_fact_from_the_room_and_another_settles_it(scene, incident, at):
    responder = at(scene.cast.ssp_responder)
    assert url(incident, "facts/new") in responder.text(url(incident, "").rstrip("/"))
    typed = {"text": "Der er skudt ved torvet", "status": "unconfirmed", "source": "Klubben", "may_publish": "y"}
    assert send(responder, url(incident, "facts/new"), **typed).status_code == 303
    page = responder.text(url(incident, "facts"))
    assert "Der er skudt ved torvet" in page and "ubekræftet" in page and "Kilde: Klubben" in page


def test_every_page_answers_before_and_after_the_first_versions(scene, incident, at):
    coordinator = at(scene.cast.ssp)
    paths = ("facts", "facts/new", "situation", "situation/new", "message", "message/new", "")
    for path in paths:
        coordinator.text(url(incident, path).rstrip("/"))
    fact = make_fact(scene, incident, "Der er skudt")
    make_report(scene, incident)
    make_message(scene, incident)
    for path in (*paths, "situation/1", "message/1", "message/1/poster", f"facts/{fact.public_id}"):
        coordinator.text(url(incident, path).rstrip("/"))
    room = coordinator.text(url(incident, "").rstrip("/"))
    assert "Situation v1 · Budskab v1" in room and "1 af 4 har kvitteret" in room


def test_a_report_is_written_shows_what_must_not_be_published_and_drives_the_countdown(scene, incident, at, clock):
    coordinator = at(scene.cast.helhedsplan)
    typed = {"situation": "Uro ved torvet.", "not_to_publish": "Mødestedet.", "minutes": "30"}
    assert send(coordinator, url(incident, "situation/new"), **typed).status_code == 303
    page = coordinator.text(url(incident, "situation"))
    assert "Må ikke offentliggøres" in page and "Mødestedet." in page
    from app.extensions import db

    db.session.refresh(incident)
    assert (incident.next_update_at - clock.now).total_seconds() == 1800


def test_a_message_is_previewed_written_and_acknowledged(scene, incident, at):
    make_fact(scene, incident, "Ingen er kommet til skade")
    writer, reader = at(scene.cast.helhedsplan), at(scene.cast.youth_club)
    page = writer.text(url(incident, "message/new"))
    shown = writer.post(url(incident, "message/preview"), form(page, what_happened="Der var uro.")).text
    assert "Der var uro." in shown and "Ingen er kommet til skade." in shown and "<html" not in shown
    looked = writer.post(url(incident, "message/new"), form(page, what_happened="Der var uro.", preview="1"))
    assert looked.status_code == 422 and looked.text.count("Der var uro.") == 2
    assert writer.post(url(incident, "message/new"), form(page, what_happened="Der var uro.")).status_code == 303
    room = reader.text(url(incident, "").rstrip("/"))
    assert "Kvittér budskab v1" in room
    from tests.room.forms import hidden

    once = hidden(reader.text(url(incident, "message")))["once"]
    assert reader.post(url(incident, "message/1/acknowledgement"), {"once": once}).status_code == 303
    assert "Kvittér budskab v1" not in reader.text(url(incident, "").rstrip("/"))
    assert "2 af 4" in reader.text(url(incident, "message"))
