"""Machines that lift, open and answer: none of them is a person."""

import re

from app.callout.models import Answered, CalloutState
from tests.factories import Visitor

CALLING = CalloutState.CALLING


def test_a_voicemail_is_no_answer_and_hears_nothing(night):
    incident = night.activate()
    first, deputy, _ = night.club
    first.text()
    night.pass_time(seconds=90)
    assert first.call().voicemail() == []
    assert night.round_of(incident).state is CALLING
    club = night.round_of(incident).actor.public_id
    page = Visitor(night.app, night.scene.cast.ssp).text(f"/incidents/{incident.public_id}/parties/{club}")
    assert "Telefonsvarer, det er intet svar" in page
    night.pass_time(seconds=90)
    deputy.text("Svar ")


def test_a_mail_scanner_that_opens_the_link_answers_nothing(night):
    incident = night.activate()
    link = re.search(r"/k/[\w-]+", night.club[0].text().body)[0]
    scanner = night.app.test_client()
    for _ in range(3):
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
        assert scanner.get(f"{link}/no").status_code == 405
    assert night.round_of(incident).state is CALLING
    assert night.app.test_client().post(link).status_code == 200
    assert night.round_of(incident).answered_how is Answered.LINK
    assert scanner.get(link).status_code == 404


def test_the_link_can_say_no_and_still_say_yes(night):
    incident = night.activate()
    first, deputy, _ = night.club
    link = re.search(r"/k/[\w-]+", first.text().body)[0]
    page = night.app.test_client().post(f"{link}/no")
    assert "Vi spørger den næste" in page.text
    night.work()
    deputy.text()
    assert night.round_of(incident).state is CALLING
    assert night.app.test_client().post(link).status_code == 200
    assert night.round_of(incident).answered_label == "youth_club A"


def test_two_answering_machines_do_not_talk_to_each_other_all_night(night):
    night.activate()
    first = night.club[0]
    first.text()
    for _ in range(6):
        first.reply("Jeg er på ferie")
        night.work()
    assert len([body for body in first.texts() if "svar med koden" in body]) == 2
