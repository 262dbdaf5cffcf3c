"""Two at once: nobody's text is lost, and each is told what the other did."""

import html
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from app.errors import Refused
from app.extensions import db
from app.narrative import operations, queries
from app.narrative.models import FactStatus, MessageAcknowledgement, SharedMessage, SituationReport
from tests.narrative.making import form, make_fact, make_message, make_report, send, url

FIRST = {"situation": "situation", "message": "what_happened"}


def at_once(*posts):
    """Each (visitor, address, data) in a thread of its own, all starting together."""
    start = Barrier(len(posts))
    db.session.commit()

    def post(visitor, address, data):
        start.wait(timeout=10)
        return visitor.client.post(address, data=data)

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(lambda p: post(*p), posts))


@pytest.mark.parametrize("kind", ["situation", "message"])
def test_of_two_who_write_from_the_same_version_the_second_sees_both_texts(scene, incident, at, kind):
    if kind == "message":
        make_message(scene, incident)
    else:
        make_report(scene, incident)
    mine, theirs = at(scene.cast.ssp), at(scene.cast.helhedsplan)
    address = url(incident, f"{kind}/new")
    typed = form(mine.text(address), **{FIRST[kind]: "Sanne skriver dette."})
    assert send(theirs, address, **{FIRST[kind]: "Helle skriver dette."}).status_code == 303
    answer = mine.post(address, typed)
    assert answer.status_code == 409
    shown = html.unescape(answer.text)
    assert "Sanne skriver dette." in shown and "Helle skriver dette." in shown
    assert "Helle Plan, Lindevangen på Vej har lavet version 2" in shown
    assert mine.post(address, form(answer.text, **{FIRST[kind]: "Begge dele."})).status_code == 303
    versions = queries.messages_of(incident) if kind == "message" else queries.reports_of(incident)
    assert [getattr(v, FIRST[kind]) for v in versions][:2] == ["Begge dele.", "Helle skriver dette."]


@pytest.mark.parametrize("kind", ["situation", "message"])
def test_of_two_saves_at_the_same_moment_one_wins_and_the_other_is_shown(scene, incident, at, kind):
    people = {"Sanne": at(scene.cast.ssp), "Helle": at(scene.cast.helhedsplan)}
    address = url(incident, f"{kind}/new")
    posts = [(v, address, form(v.text(address), **{FIRST[kind]: f"{name} skriver."})) for name, v in people.items()]
    answers = at_once(*posts)
    assert sorted(a.status_code for a in answers) == [303, 409]
    lost = next(a for a in answers if a.status_code == 409)
    assert "Sanne skriver." in lost.text and "Helle skriver." in lost.text
    db.session.rollback()
    versions = queries.messages_of(incident) if kind == "message" else queries.reports_of(incident)
    assert len(versions) == 1


def test_the_verb_itself_refuses_an_old_base_and_hands_over_the_newest(scene, incident):
    make_report(scene, incident, situation="Den nyeste.")
    late = SituationReport(situation="For sent.")
    with pytest.raises(operations.MadeMeanwhile) as refused:
        operations.save_report(incident, late, base=0, by=scene.reader(scene.cast.helhedsplan).by)
    assert refused.value.newest.situation == "Den nyeste."
    assert "Sanne Spang har lavet version 1" in refused.value.reason.in_danish()


def test_a_fact_that_changed_meanwhile_is_shown_before_a_message_is_saved(scene, incident, at):
    fact = make_fact(scene, incident, "Der er skudt", "unconfirmed")
    writer = at(scene.cast.helhedsplan)
    typed = form(writer.text(url(incident, "message/new")), what_happened="Uro.")
    operations.change_fact(
        fact, FactStatus.REFUTED, "Politiet", may_publish=True, by=scene.reader(scene.cast.ssp).by, version=1
    )
    answer = writer.post(url(incident, "message/new"), typed)
    assert answer.status_code == 409 and "Oplysningerne er ændret" in answer.text
    assert "Det er ikke rigtigt, at der er skudt." in answer.text
    assert writer.post(url(incident, "message/new"), form(answer.text, what_happened="Uro.")).status_code == 303


def test_of_two_who_change_a_fact_the_second_learns_who_was_first_and_keeps_the_typed(scene, incident, at):
    fact = make_fact(scene, incident, "Der er skudt", "unconfirmed")
    address = url(incident, f"facts/{fact.public_id}")
    mine, theirs = at(scene.cast.helhedsplan), at(scene.cast.ssp)
    typed = form(mine.text(address), status="confirmed", source="Min kilde")
    assert send(theirs, address, status="refuted", source="Vagtchefen").status_code == 303
    answer = mine.post(address, typed)
    assert answer.status_code == 409
    assert "Sanne Spang" in answer.text and "afkræftet" in answer.text and "Min kilde" in answer.text
    by = scene.reader(scene.cast.helhedsplan).by
    with pytest.raises(Refused, match="Sanne Spang har lige ændret oplysningen til afkræftet"):
        operations.change_fact(fact, FactStatus.CONFIRMED, "Min", may_publish=True, by=by, version=1)


def test_an_acknowledgement_beside_a_new_version_counts_for_what_was_read(scene, incident, at):
    make_message(scene, incident)
    reader, writer = at(scene.cast.youth_club), at(scene.cast.helhedsplan)
    new = form(writer.text(url(incident, "message/new")), what_happened="Nyt.")
    told, made = at_once(
        (reader, url(incident, "message/1/acknowledgement"), {"once": "tap"}),
        (writer, url(incident, "message/new"), new),
    )
    db.session.rollback()
    assert made.status_code == 303 and told.status_code in (303, 422)
    club = scene.cast.actors["youth_club"].id
    acknowledged = db.session.scalars(
        sa.select(SharedMessage.number).join(MessageAcknowledgement).where(MessageAcknowledgement.actor_id == club)
    ).all()
    assert acknowledged == ([1] if told.status_code == 303 else [])
    if told.status_code == 422:
        assert "Der er kommet en nyere version (v2)" in told.text


def test_an_older_version_cannot_be_acknowledged_and_a_second_tap_changes_nothing(scene, incident, at):
    make_message(scene, incident)
    newest = make_message(scene, incident)
    reader = at(scene.cast.youth_club)
    old = reader.post(url(incident, "message/1/acknowledgement"), {"once": "a"})
    assert old.status_code == 422 and "Læs den, og kvittér for den" in old.text
    for once in ("b", "b", "c"):
        assert reader.post(url(incident, "message/2/acknowledgement"), {"once": once}).status_code == 303
    assert [a.actor.key for a in queries.acknowledgements_of(newest)] == ["ssp", "youth_club"]
