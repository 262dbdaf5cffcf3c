"""It was no incident after all: nothing more leaves, and what had left is called by its name."""

from app.transitions.annul import annul
from tests.factories import Visitor


def test_a_false_alarm_stops_texts_and_ringing_and_says_what_had_left(night):
    incident = night.activate()
    first, deputy, third = night.club
    first.text("Svar ")
    night.pass_time(seconds=100)
    call = first.call()
    annul(incident, night.scene.reader(night.scene.cast.ssp), "Forkert knap")
    night.work()
    assert call.status == "canceled"
    club = night.round_of(incident).actor.public_id
    page = Visitor(night.app, night.scene.cast.ssp).text(f"/incidents/{incident.public_id}/parties/{club}")
    assert "Sendt, nåede at blive sendt" in page
    night.pass_time(minutes=10)
    first.text("Fejlaktivering. Du skal ikke gøre noget.")
    assert first.is_silent() and deputy.is_silent() and third.is_silent()
