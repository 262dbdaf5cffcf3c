"""C6, ikke politisag: a rumour empties the school; a first contact sleeps, the police see nothing."""

from app.callout.models import Answered
from app.demo.acts import (
    acknowledge,
    after_message,
    answer_in_app,
    begin,
    callout_of,
    do_tasks,
    end,
    expect_no_police,
    fact,
    learn,
    message,
    release,
    say,
    settle,
    write,
)
from app.demo.stage import Stage
from app.logbook.kinds import Kind
from app.narrative.models import FactStatus
from app.plans.vocabulary import IncidentStatus, Track

TO_RESIDENTS = (
    "Der går et rygte på nettet om en voldsom hændelse i Lindevangen. Vi har undersøgt det og har ingen oplysninger "
    "om, at noget er sket her. Skole og klub er åbne som normalt. Hjælp med at stoppe rygtet ved ikke at dele det. "
    "Vi skriver igen kl. 16.00."
)


def rumour(stage: Stage) -> None:
    """The rumour is looked into, refuted and answered."""
    what = "Rygte på nettet om et drab i området. Intet er sket."
    incident = begin(stage, "ssp", Track.NON_POLICE, "rumours", what, "Lindeskolen")
    stage.pass_time(seconds=20)
    answer_in_app(stage, incident, "helhedsplan")
    stage.pass_time(minutes=4)
    stage.expect(len(stage.texts_to("+4520000032")) > 0, "stedfortræderen i klubben blev ikke kaldt efter 3 minutter")
    stage.answer_by_code("+4520000032")
    heard = fact(stage, incident, "klub", "Der er sket et drab i området", FactStatus.UNCONFIRMED, "Opslag på nettet")
    say(stage, incident, "helhedsplan", Kind.OMISSION, "Vi sender ikke frivillige ud. Skolen klarer det selv.")
    settle(stage, heard, "ssp", FactStatus.REFUTED, "Skolen, telefon", public=True)
    first = message(stage, incident, "ssp", what_happened="Der går et rygte på nettet.", you_can_do="Del det ikke.")
    acknowledge(stage, first, "helhedsplan", "klub")
    text = write(stage, incident, "ssp", TO_RESIDENTS, "residents")
    release(stage, text, "helhedsplan")
    do_tasks(stage, incident, "ssp")
    stage.pass_time(minutes=40)
    calm = "Rygtet passer ikke. Der er ikke sket noget i Lindevangen. Tak, fordi I ikke delte det."
    after_message(stage, incident, "ssp", "helhedsplan", calm)
    end(stage, incident, "ssp", "Skole og klub kører som normalt")
    stage.pass_time(minutes=5)
    how = callout_of(incident, "youth_club").answered_how
    stage.expect(how is Answered.CODE, "klubbens svar med kode gælder ikke")
    stage.expect(incident.status is IncidentStatus.STOOD_DOWN, "C6 er ikke afblæst")
    expect_no_police(stage, incident)
    learn(stage, incident, "Samme ord fra alle parter.", "Aftal, hvem der holder øje med hvilke grupper")
    stage.print_timeline("C6 · Rygter på sociale medier · ikke politisag", incident)
