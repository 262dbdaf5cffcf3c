"""C1, politisag: shots at 23:40, the police ring, the helhedsplan records it; the club does not answer."""

from app.areas.models import Place
from app.callout.models import CalloutState
from app.demo.acts import callout_of, do_tasks, end, expect_each_text_once, instruct, said
from app.demo.stage import Stage
from app.direction.queries import unconfirmed
from app.extensions import db
from app.incidents.queries import actors_by_key
from app.plans.vocabulary import Track
from app.transitions import police_acts
from app.transitions.activate import Activation, Alarm, activate
from app.transitions.lead import take_card


def shooting(stage: Stage) -> None:
    """Recorded for the police, confirmed by them later; stood down by phone."""
    place = db.session.query(Place).filter_by(name="Parkeringspladsen ved Vangeparken").one()
    alarm = Alarm(Track.POLICE, "shooting", "Skud hørt ved parkeringspladsen. Ingen er meldt ramt.", place)
    incident = activate(Activation(stage.area, alarm, stage.as_("helhedsplan"), once_key="c1", police_said=said()))
    stage.pass_time(seconds=30)
    stage.answer_by_code("+4520000021")
    stage.pass_time(minutes=12)
    stage.expect(callout_of(incident, "ssp").state is CalloutState.ACKNOWLEDGED, "SSP's svar med kode gælder ikke")
    silent = callout_of(incident, "youth_club").state is CalloutState.EXHAUSTED
    stage.expect(silent, "klubbens kæde er ikke ringet igennem")
    club = actors_by_key(stage.area)["youth_club"]
    take_card(incident, club, stage.as_("ssp"), "Ingen fra klubben svarer i nat")
    police_acts.confirm(unconfirmed(incident)[0], stage.as_("politi"), "Set i appen", by_call_back=False)
    instruct(stage, incident, "politi", "Hold jer fra parkeringspladsen. Henvis presse til politiet.", "ssp")
    do_tasks(stage, incident, "helhedsplan")
    stage.pass_time(minutes=75)
    end(stage, incident, "helhedsplan", "Afspærringen er hævet", said())
    stage.pass_time(minutes=2)
    stage.expect(len(unconfirmed(incident)) == 1, "afblæsningen pr. telefon står ikke som ubekræftet")
    expect_each_text_once(stage, incident)
    stage.print_timeline("C1 · Skyderi ved parkeringspladsen · politisag", incident)
