"""C7, ikke politisag: eighty young people at the club after closing time; the parties agree on a plan."""

from datetime import timedelta

from app.areas.models import Place
from app.broadcasts import operations as broadcasts
from app.broadcasts.standing import Grid
from app.broadcasts.states import How
from app.contacts.models import Contact
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
    message,
    paper,
    release,
    report,
    sent_of,
    stand,
    write,
)
from app.demo.stage import Stage
from app.direction import operations as direction
from app.direction.models import AgreedHow
from app.direction.queries import is_agreed, latest_plan
from app.direction.rules import Line, Part
from app.extensions import db
from app.incidents.models import Incident
from app.incidents.queries import actors_by_key
from app.lib import clock
from app.narrative.models import FactStatus
from app.plans.vocabulary import Track
from app.tasks.models import TaskSource, TaskState
from app.tasks.queries import of_incident

TO_RESIDENTS = (
    "Mange unge er samlet ved klubben i aften. Der er ikke meldt om ballade. Medarbejdere fra klub og opsøgende team "
    "er på stedet, og forældre er på vej. Vi regner med ro kl. 22.00. Ring til driftsvagten ved støj. "
    "Ring 112 ved fare for nogen."
)


def gathering(stage: Stage) -> None:
    """Agreed, done, told in the stairwells that hear it, and over by ten."""
    what = "Ca. 80 unge ved klubben efter lukketid. Høj musik, ingen ballade."
    incident = begin(stage, "ssp", Track.NON_POLICE, "youth_gathering", what, "Ungdomsklubben")
    stage.pass_time(seconds=30)
    answer_in_app(stage, incident, "klub", "helhedsplan")
    _agreed(stage, incident)
    _told(stage, incident)
    do_tasks(stage, incident, "ssp", "klub", "helhedsplan")
    stage.pass_time(minutes=20)
    after_message(stage, incident, "ssp", "helhedsplan", "Der er ro ved klubben igen. Tak for tålmodigheden.")
    end(stage, incident, "ssp", "De unge er gået hjem")
    stage.pass_time(minutes=5)
    agreed = [task.state for task in of_incident(incident) if task.source is TaskSource.PLAN]
    stage.expect(agreed == [TaskState.DONE] * 3, f"den aftalte plans opgaver er {agreed}")
    expect_no_police(stage, incident)
    stage.print_timeline("C7 · Stort fremmøde af unge · ikke politisag", incident)


def _agreed(stage: Stage, incident: Incident) -> None:
    ten = clock.now() + timedelta(minutes=60)
    agree(
        stage, incident, "ssp",
        Line("out", Part.HANDLING, "Opsøgende team går rundt blandt de unge", "ssp"),
        Line("open", Part.HANDLING, "Klubben åbner hallen igen til kl. 22", "youth_club", ten),
        Line("parents", Part.COMMUNICATION, "Ring til forældrenetværket", "helhedsplan"),
    )  # fmt: skip
    stand(stage, incident, "klub", False, "Vi mangler en voksen mere for at kunne åbne hallen")
    line = Line("open", Part.HANDLING, "Klubben åbner hallen igen til kl. 22, med en fra SSP", "youth_club", ten)
    agree(stage, incident, "klub", line)
    stand(stage, incident, "ssp")
    stand(stage, incident, "helhedsplan")
    plan = latest_plan(incident)
    assert plan is not None
    by_phone = direction.Said(True, how=AgreedHow.PHONE, said_by="Fatma Familien")
    families = actors_by_key(stage.area)["family_centre"]
    direction.record_stance(plan, stage.as_("ssp"), families, by_phone)
    db.session.commit()
    stage.expect(plan.number == 4, f"den aftalte plan er version {plan.number}")
    stage.expect(is_agreed(incident), "planen er ikke aftalt")


def _told(stage: Stage, incident: Incident) -> None:
    fact(
        stage, incident, "klub", "Medarbejdere er på stedet", FactStatus.CONFIRMED, "Klubben", public=True
    )  # fmt: skip
    report(stage, incident, "ssp", situation="Ca. 80 unge, god stemning.", development="Flere kan komme til.")
    paper(stage, incident, "klub")
    version = message(stage, incident, "ssp", what_happened="Mange unge er samlet ved klubben.", we_do="Vi er der.")
    acknowledge(stage, version, "klub", "helhedsplan")
    near = db.session.query(Place).filter_by(name="Vangeparken").one()
    text = write(stage, incident, "ssp", TO_RESIDENTS, "residents", entrances=((near.id, "3"),))
    release(stage, text, "helhedsplan")
    heard = [d.name for d in sent_of(text)]
    stage.expect(heard == ["Beboer i Vangeparken"], f"beskeden til opgang 3 gik til {heard}")
    ravens = db.session.query(Contact).filter_by(name="Natteravnene Lindevangen").one()
    broadcasts.record_call(incident, stage.as_("helhedsplan"), "civil_networks", ravens)
    broadcasts.engage(incident, stage.as_("helhedsplan"), "civil_networks", ravens, "går en tur forbi klubben kl. 22")
    why = "De ser det ikke herfra"
    broadcasts.record_told(incident, stage.as_("helhedsplan"), "businesses", How.NOT_RELEVANT, why)
    db.session.commit()
    settled = {row.audience.key for row in Grid(incident).rows if row.is_settled}
    wanted = {"residents", "civil_networks", "businesses"}
    stage.expect(settled == wanted, f"informeret står ved {sorted(settled)}")
