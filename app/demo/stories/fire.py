"""C8, ikke politisag: a kitchen burns, two stairwells are empty; a text is wrong, taken back and put right."""

from datetime import timedelta

from app.areas.models import Place
from app.broadcasts import operations as broadcasts
from app.broadcasts.models import Broadcast
from app.broadcasts.states import How, Phase, ReleaseKind
from app.demo.acts import (
    acknowledge,
    after_message,
    agree,
    answer_in_app,
    begin,
    do_tasks,
    end,
    expect_no_police,
    fact,
    learn,
    message,
    paper,
    release,
    report,
    sent_of,
    write,
)
from app.demo.stage import Stage
from app.direction.rules import Line, Part
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock
from app.narrative.models import FactStatus
from app.plans.vocabulary import Track

TO_STAIRWELLS = (
    "Branden i opgang 13 er slukket. Ingen er meldt alvorligt til skade. Beboere i opgang 11 og 13 kan være i "
    "beboerhuset, hvor der er varme og mad. Medarbejdere hjælper med genhusning. Opgang 11 ventes åbnet kl. 20.00. "
    "Næste besked kl. 19.00."
)
RIGHT = (
    "Rettelse: Opgang 11 åbner først i morgen kl. 10.00, ikke i aften. Beboerhuset er åbent hele natten. "
    "Medarbejdere finder et sted at sove til alle. Næste besked kl. 21.00."
)
TO_BOARD = (
    "Situation:\nBrand i en lejlighed er slukket. To opgange er tomme.\n\nMulige konsekvenser:\nTolv husstande skal "
    "genhuses.\n\nMulige tiltag:\nKommunen og boligorganisationen genhuser. Frivillige hjælper med mad."
)


def fire(stage: Stage) -> None:
    """The housing organisation activates and leads, though it is no party of the plan."""
    what = "Køkkenbrand i en lejlighed. To opgange er tømt. Ingen mistanke om noget strafbart."
    incident = begin(stage, "bolig", Track.NON_POLICE, "fire", what, "Lindehuse")
    stage.expect(incident.leader.key == "housing", "boligorganisationen er ikke tovholder")
    stage.pass_time(seconds=40)
    answer_in_app(stage, incident, "familier", "helhedsplan")
    agree(
        stage, incident, "bolig",
        Line("rehouse", Part.HANDLING, "Find et sted at sove til alle", "family_centre"),
        Line("house", Part.COMMUNICATION, "Vær i beboerhuset og svar på spørgsmål", "helhedsplan"),
    )  # fmt: skip
    wrong = _told(stage, incident)
    _put_right(stage, incident, wrong)
    do_tasks(stage, incident, "familier", "helhedsplan")
    stage.pass_time(minutes=60)
    thanks = "Alle har et sted at sove i nat. Opgang 11 åbner i morgen kl. 10.00. Tak til alle, der hjalp."
    after_message(stage, incident, "helhedsplan", "bolig", thanks)
    end(stage, incident, "bolig", "Alle er genhuset, og brandsynet er aftalt")
    stage.pass_time(minutes=5)
    expect_no_police(stage, incident)
    learn(stage, incident, "Vi lovede et tidspunkt, vi ikke kendte.", "Skriv kun tider, som driften har bekræftet")
    stage.print_timeline("C8 · Brand uden gerningsmand · ikke politisag", incident)


def _told(stage: Stage, incident: Incident) -> Broadcast:
    fact(stage, incident, "bolig", "Branden er slukket", FactStatus.CONFIRMED, "Indsatsleder", public=True)
    report(
        stage, incident, "helhedsplan", situation="Slukket. Opgang 11 og 13 er tomme.",
        measures="Beboerhuset er åbent.", not_to_publish="Hvem der bor hvor i nat.",
    )  # fmt: skip
    first = message(stage, incident, "helhedsplan", what_happened="Branden er slukket.", we_do="Vi hjælper alle.")
    acknowledge(stage, first, "familier", "bolig")
    place = db.session.query(Place).filter_by(name="Lindehuse").one()
    stairwells = ((place.id, "11"), (place.id, "13"))
    text = write(stage, incident, "helhedsplan", TO_STAIRWELLS, "residents", entrances=stairwells)
    release(stage, text, "bolig")
    board = write(stage, incident, "helhedsplan", TO_BOARD, "social_housing_board")
    release(stage, board, "familier")
    asked = broadcasts.Enquiry("Linde Avis", "Hvor mange er genhuset?", "Tolv husstande. Ingen er alvorligt til skade.")
    broadcasts.note_press(incident, stage.as_("helhedsplan"), asked)
    broadcasts.record_told(incident, stage.as_("bolig"), "operations", How.MEETING, "Driften er på stedet")
    db.session.commit()
    return text


def _put_right(stage: Stage, incident: Incident, wrong: Broadcast) -> None:
    stage.pass_time(minutes=3)
    taken_back = broadcasts.withdraw(wrong, stage.as_("familier"), clock.now() + timedelta(minutes=30))
    stage.pass_time(minutes=2)
    report(
        stage, incident, "helhedsplan", situation="Slukket. Opgang 11 åbner først i morgen kl. 10.",
        measures="Beboerhuset er åbent hele natten.", not_to_publish="Hvem der bor hvor i nat.",
    )  # fmt: skip
    paper(stage, incident, "familier")
    message(stage, incident, "helhedsplan", what_happened="Branden er slukket. Opgang 11 åbner i morgen kl. 10.")
    right = broadcasts.follow_up(incident, stage.as_("helhedsplan"), RIGHT, corrects=wrong, not_cpr=False)
    broadcasts.send_to_release(right, stage.as_("helhedsplan"))
    db.session.commit()
    release(stage, right, "bolig")
    got = sorted(d.address for d in sent_of(wrong))
    for text, name in ((taken_back, "tilbagetrækningen"), (right, "rettelsen")):
        reached = sorted(d.address for d in sent_of(text))
        stage.expect(reached == got and len(got) == 2, f"{name} gik til {reached}, den forkerte besked til {got}")
    stage.expect(taken_back.release_kind is ReleaseKind.WITHDRAWN, "tilbagetrækningen ventede på nogen")
    stage.expect(right.phase is Phase.CORRECTION, "rettelsen er ikke en rettelse")
