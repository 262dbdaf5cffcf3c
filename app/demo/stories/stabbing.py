"""C2, politisag: a young person is stabbed at the shops; many children saw it, and the school asks what it may say."""

from typing import Any

from app.broadcasts import operations as broadcasts
from app.broadcasts.states import Phase, ReleaseKind
from app.demo.acts import (
    acknowledge,
    after_message,
    answer_in_app,
    begin,
    do_tasks,
    end,
    expect_each_text_once,
    fact,
    instruct,
    learn,
    message,
    paper,
    release,
    report,
    said,
    sent_of,
    settle,
    write,
)
from app.demo.stage import Stage
from app.direction import operations as direction
from app.direction.models import InstructionState
from app.direction.queries import unconfirmed
from app.extensions import db
from app.incidents.models import Incident
from app.narrative.models import FactStatus
from app.plans.vocabulary import Track
from app.transitions import police_acts

TO_INSTITUTIONS = (
    "Der er sket en voldsepisode ved torvet i Lindevangen i dag. Politiet er på stedet og efterforsker. Sig til "
    "børnene, at voksne og politi tager hånd om det. Gæt ikke om personer eller årsag. Henvis presse til politiet. "
    "Vi skriver igen kl. 17.00."
)
TO_BOARD = (
    "Situation:\nVold ved torvet. Politiet leder.\n\nMulige konsekvenser:\nBørn og forældre er utrygge i nogle dage."
    "\n\nMulige tiltag:\nFlere voksne ved torvet. Forældremøde inden 7 dage."
)


def stabbing(stage: Stage) -> None:
    """The police lead: they instruct, one party deviates, and every text needs their yes."""
    what = "Voldsepisode med kniv ved torvet. Mange børn så det."
    case = begin(stage, "politi", Track.POLICE, "stabbing", what, "Butikstorvet")
    stage.pass_time(seconds=30)
    answer_in_app(stage, case, "ssp", "klub", "familier", "helhedsplan")
    _instructed(stage, case)
    _told(stage, case)
    _freed(stage, case)
    do_tasks(stage, case, "helhedsplan", "klub")
    stage.pass_time(minutes=30)
    calm = "Torvet er åbent igen. Skolen holder samtalekredse i morgen. Ring til Center for Børn og Familier ved behov."
    after_message(stage, case, "helhedsplan", "politi", calm)
    for act in unconfirmed(case):
        police_acts.confirm(act, stage.as_("politi"), "Set i appen", by_call_back=False)
    end(stage, case, "politi", "Afspærringen er hævet, og skolen kører som normalt")
    stage.pass_time(minutes=5)
    stage.expect(not unconfirmed(case), "politiets ja pr. telefon blev ikke bekræftet")
    expect_each_text_once(stage, case)
    learn(stage, case, "Skolen fik ordene, før forældrene ringede.", "Hav talepunkter til skole og klub liggende")
    stage.print_timeline("C2 · Knivstikkeri ved butikstorvet · politisag", case)


def _instructed(stage: Stage, case: Incident) -> None:
    first = instruct(stage, case, "politi", "Hold børn og unge væk fra torvet. Luk klubben.", "ssp", "familier")
    direction.deviate(first, stage.as_("klub"), "De unge står udenfor. Vi holder åbent og har dem indenfor.")
    stage.pass_time(minutes=2)
    typed = direction.Typed("Hold børn og unge væk fra torvet. Klubben holder åbent.")
    second = direction.replace(first, stage.as_("politi"), typed)
    for login in ("ssp", "klub", "familier", "helhedsplan"):
        direction.acknowledge(second, stage.as_(login))
    db.session.commit()
    stage.expect(first.state is InstructionState.REPLACED, "anvisning 1 gælder stadig")
    stage.expect(all(r.acknowledged_at for r in second.receipts), "anvisning 2 er ikke kvitteret af alle")


def _told(stage: Stage, case: Incident) -> None:
    known, unknown = FactStatus.CONFIRMED, FactStatus.UNCONFIRMED
    fact(stage, case, "politi", "Der er sket en voldsepisode ved torvet", known, "Politiet", public=True)
    heard = fact(stage, case, "klub", "Klubben er lukket", unknown, "Forældre, telefon", public=True)
    report(
        stage, case, "politi", situation="En er såret. Torvet er spærret af.", measures="Politi og SSP er på torvet.",
        not_to_publish="Hvor vidnerne afhøres.",
    )  # fmt: skip
    words: dict[str, Any] = {"you_can_do": "Gæt ikke om personer.", "contact": "Pressen ringer til politiet."}
    first = message(stage, case, "helhedsplan", what_happened="Der er sket vold ved torvet i dag.", **words)
    acknowledge(stage, first, "ssp", "klub", "familier", "politi")
    text = write(stage, case, "helhedsplan", TO_INSTITUTIONS, "institutions")
    release(stage, text, "helhedsplan", said())  # read aloud to the duty officer
    stage.expect(text.release_kind is ReleaseKind.PHONED, "beskeden til institutioner er ikke frigivet pr. telefon")
    stage.expect(len(sent_of(text)) > 1, "institutionerne fik ikke beskeden")
    settle(stage, heard, "klub", FactStatus.REFUTED, "Klubben", public=True)
    message(stage, case, "helhedsplan", what_happened="Der er sket vold ved torvet i dag.", **words)
    report(stage, case, "politi", situation="Torvet er åbent igen.", measures="SSP er på torvet i aften.")
    paper(stage, case, "familier")


def _freed(stage: Stage, case: Incident) -> None:
    asked = broadcasts.Enquiry("Linde Avis", "Er nogen anholdt?", "Vi henviser til politiet.")
    broadcasts.note_press(case, stage.as_("helhedsplan"), asked)
    board = write(stage, case, "helhedsplan", TO_BOARD, "social_housing_board")
    release(stage, board, "politi")
    broadcasts.let_free(case, stage.as_("politi"), ("residents",), None)
    text = write(
        stage, case, "ssp", "Torvet i Lindevangen er åbent igen. Politiet er synligt i aften.", "residents",
        phase=Phase.UPDATE,
    )  # fmt: skip
    release(stage, text, "helhedsplan")
    kinds = (board.release_kind, text.release_kind)
    stage.expect(kinds == (ReleaseKind.OWN, ReleaseKind.STANDING), f"frigivet som {kinds}")
