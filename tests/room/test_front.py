"""The front page shows each reader what is theirs to know, and one big button."""

from app.extensions import db
from app.plans.vocabulary import Track
from app.notices.operations import notify
from app.transitions.annul import annul
from tests.scene import Scene


def test_the_quiet_front_page_has_the_big_button_and_says_that_nothing_runs(scene: Scene, at) -> None:
    page = at(scene.cast.ssp).text("/")
    assert "Aktivér beredskabet" in page
    assert "Ingen hændelser er i gang." in page
    assert "Lindevangen" in page


def test_an_incident_is_a_card_with_track_in_words_and_who_answered(scene: Scene, at) -> None:
    scene.activate(scene.cast.ssp)
    page = at(scene.cast.youth_club).text("/")
    assert "Rygte om drab" in page
    assert "IKKE POLITISAG · tovholder: SSP og opsøgende team" in page
    assert "1 af 3 har svaret" in page
    assert "Ungdomsklubben er tilkaldt" in page
