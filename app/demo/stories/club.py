"""C12, skifter spor: violence in the youth club; it is reported, the police take over, and later let go.

It is evaluated, and what was learnt changes the plan.
"""

from datetime import timedelta

from app.areas.models import Place
from app.broadcasts import queries as broadcasts
from app.broadcasts.states import BroadcastState
from app.demo.acts import (
    after_message,
    answer_in_app,
    begin,
    end,
    expect_no_police,
    instruct,
    log_text,
    message,
    release,
    said,
    say,
    texts_out,
    write,
)
from app.demo.files import take_package
from app.demo.plan_change import change_card
from app.demo.stage import Stage
from app.direction.queries import unconfirmed
from app.extensions import db
from app.incidents.models import Incident
from app.incidents.queries import actors_by_key
from app.lib import clock
from app.logbook.kinds import Kind
from app.plans.document import CardItem
from app.plans.vocabulary import IncidentStatus, Track
from app.reviews import operations as reviews
from app.reviews import queries as reviewed
from app.reviews.rules import PlanPart
from app.transitions import police_acts, requests, same_incident
from app.transitions.activate import Alarm
from app.transitions.release_case import Release, release_case

TO_DO = CardItem("tell_parents", "Skriv en besked til forældrene, og send den til frigivelse.", 15)
PARTIES = ("ssp", "klub", "familier", "helhedsplan")
TO_PARENTS = (
    "Klubben har lukket i aften efter en voldsom konflikt mellem unge. Medarbejdere taler med de unge, der var der. "
    "Klubben åbner igen i morgen kl. 14.00 med ekstra voksne. Tal roligt med dit barn, og skriv ikke om navne på "
    "nettet. Vi skriver igen i morgen kl. 12.00."
)


def club(stage: Stage) -> None:
    """Without the police, with them, and without them again."""
    place = db.session.query(Place).filter_by(name="Ungdomsklubben").one()
    asked = Alarm(Track.NON_POLICE, "club_violence", "Slagsmål i klubben. Klubben lukker for aftenen.", place)
    request = requests.request_activation(stage.area, asked, stage.as_("klub"), "c12-ask")
    stage.pass_time(minutes=1)
    incident = requests.accept(request, stage.area, stage.as_("ssp"))
    stage.pass_time(minutes=2)
    say(stage, incident, "klub", Kind.NOTE, "De unge fra klubben er talt med. Forældre er ringet op.")
    message(stage, incident, "ssp", what_happened="Klubben har lukket i aften.", we_do="Vi taler med de unge.")
    waiting = write(stage, incident, "klub", TO_PARENTS, "residents")
    case = begin(stage, "politi", Track.POLICE, "fight", "Vold mod en medarbejder er anmeldt.", "Ungdomsklubben")
    stage.pass_time(minutes=1)
    question = same_incident.questions_of(incident)[0]
    ticked = tuple(same_incident.may_go_along(question)[:1])
    summary = "Klubben er lukket i aften. To voksne bliver hos de unge."
    same_incident.answer_yes(question, stage.as_("ssp"), same_incident.Along(ticked, (waiting,), summary=summary))
    answer_in_app(stage, case, "ssp", "klub", "familier", "helhedsplan")
    stage.expect(incident.status is IncidentStatus.TO_POLICE, "C12 er ikke overgået til politisag")
    stage.expect("talt med" not in log_text(case), "en note fulgte med til politiet af sig selv")
    stage.expect("To voksne" in log_text(case), "resuméet er ikke i politisagen")
    _the_police_lead(stage, case)
    stage.expect(not texts_out(incident), "en besked, der ventede, gik ud efter skiftet")
    _released(stage, case)
    expect_no_police(stage, incident)
    stage.print_timeline("C12 · Vold på ungdomsklubben · ikke politisag", incident)
    stage.print_timeline("C12 · Vold på ungdomsklubben · politisag", case)


def _the_police_lead(stage: Stage, case: Incident) -> None:
    drafts = broadcasts.broadcasts_of(case)
    held = [text.state for text in drafts] == [BroadcastState.DRAFT]
    stage.expect(held, "beskeden, der ventede, blev ikke til en kladde hos politiet")
    instruct(stage, case, "politi", "Klubben holder lukket i aften. Henvis presse til politiet.", "klub", "ssp")
    message(stage, case, "ssp", what_happened="Klubben har lukket i aften. Politiet er inde over.")
    text = write(stage, case, "ssp", TO_PARENTS, "residents")
    release(stage, text, "ssp", said())
    stage.pass_time(minutes=40)


def _released(stage: Stage, case: Incident) -> None:
    heir = actors_by_key(stage.area)["helhedsplan"]
    after = release_case(case, stage.as_("ssp"), Release(heir, police_said=said()))
    stage.pass_time(minutes=2)
    for act in unconfirmed(case):
        police_acts.confirm(act, stage.as_("politi"), "Set i appen", by_call_back=False)
    stage.expect(case.status is IncidentStatus.RELEASED, "politisagen er ikke frigivet")
    message(stage, after, "helhedsplan", what_happened="Klubben åbner i morgen kl. 14 med ekstra voksne.")
    text = write(stage, after, "helhedsplan", "Klubben åbner i morgen kl. 14.00 med ekstra voksne.", "residents")
    release(stage, text, "ssp")
    after_message(stage, after, "helhedsplan", "ssp", "Der er ro igen. Klubben er åben som normalt fra i morgen.")
    end(stage, after, "helhedsplan", "Klubben åbner i morgen kl. 14 med ekstra voksne")
    stage.pass_time(minutes=5)
    _evaluated(stage, after)
    take_package(stage, "helhedsplan", after)
    _plan_changed(stage, after)
    expect_no_police(stage, after)
    stage.print_timeline("C12 · Vold på ungdomsklubben · efter politiet", after)


def _evaluated(stage: Stage, after: Incident) -> None:
    """Every party answers, and says yes to what the helhedsplan learns and concludes; then it is locked."""
    review = reviewed.review_of(after)
    if review is None:
        return stage.expect(False, "evalueringen åbnede ikke")
    for login in PARTIES:
        reader = stage.as_(login)
        reviews.answer(review, reader.actor, {"q0": "Vi sagde det samme til forældrene."}, by=reader.by)
    leads = stage.by("helhedsplan")
    proposal = reviews.Proposal(PlanPart.CARDS, "Klubbens kort: hav en besked til forældrene klar.")
    due = clock.local(stage.now).date() + timedelta(days=14)
    reviews.add_learning_point(
        review, "Skriv til forældrene, før rygtet gør", leads.actor, due, by=leads, proposal=proposal
    )  # fmt: skip
    reviews.conclude(review, "Beskeden til forældrene var klar, da politiet overtog.", by=leads)
    for login in PARTIES:
        reviews.sign_off(review, signs=True, reason="", by=stage.by(login))
    reviews.lock(review, by=leads)
    stage.pass_time(minutes=1)
    stage.expect(after.status is IncidentStatus.CLOSED, "evalueringen er ikke låst")
    return None


def _plan_changed(stage: Stage, after: Incident) -> None:
    """What it proposed stands on the club's card when two parties have said yes."""
    review = reviewed.review_of(after)
    points = reviewed.learning_points_of(review) if review else []
    stage.expect(bool(points), "læringspunktet mangler")
    for point in points:
        change_card(stage, point, "youth_club.non_police", TO_DO, "helhedsplan", "ssp")
