"""Four nights of Lindevangen, told through the real operations (DOMAIN: C1, C6, C12, and a false activation)."""

from datetime import timedelta

from app.areas.models import Place
from app.callout import operations as callout
from app.callout import queries as callouts
from app.callout.models import Answered, Callout, CalloutState
from app.demo.stage import Stage
from app.direction.models import HeardBy
from app.direction.queries import unconfirmed
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.incidents.queries import actors_by_key
from app.lib import clock
from app.logbook import queries as logbook
from app.logbook.kinds import Kind
from app.messaging.models import Delivery
from app.plans.vocabulary import IncidentStatus, Track
from app.reviews import operations as reviews
from app.reviews import queries as review_queries
from app.tasks import operations as tasks
from app.tasks import queries as task_queries
from app.tasks.models import TaskState
from app.transitions import police_acts, requests, same_incident
from app.transitions.activate import Activation, Alarm, PoliceSaid, activate
from app.transitions.annul import UNDO_WITHIN, annul
from app.transitions.lead import take_card
from app.transitions.release_case import Release, release_case
from app.transitions.stand_down import StandDown, stand_down


def rumour(stage: Stage) -> None:
    """C6, ikke politisag: a rumour empties the school; a first contact sleeps, the police see nothing."""
    place = db.session.query(Place).filter_by(name="Lindeskolen").one()
    alarm = Alarm(Track.NON_POLICE, "rumours", "Rygte på nettet om et drab i området. Intet er sket.", place)
    incident = activate(Activation(stage.area, alarm, stage.as_("ssp"), once_key="c6"))
    stage.pass_time(seconds=20)
    _answer_in_app(stage, incident, "helhedsplan")
    stage.pass_time(minutes=4)
    stage.expect(len(stage.texts_to("+4520000032")) > 0, "stedfortræderen i klubben blev ikke kaldt efter 3 minutter")
    stage.answer_by_code("+4520000032")
    _say(stage, incident, "ssp", Kind.FACT, "Skolen bekræfter: ingen er kommet noget til. Undervisningen kører.")
    _say(stage, incident, "helhedsplan", Kind.OMISSION, "Vi sender ikke frivillige ud. Skolen klarer det selv.")
    _do_tasks(stage, incident, "ssp")
    stage.pass_time(minutes=40)
    _stand_down(stage, incident, "ssp", "Skole og klub kører som normalt")
    stage.pass_time(minutes=5)
    for login in ("politi", "dobbelt"):
        stage.expect_unseen_by(login, incident)
    stage.expect(_callout(incident, "youth_club").answered_how is Answered.CODE, "klubbens svar med kode gælder ikke")
    stage.expect(incident.status is IncidentStatus.STOOD_DOWN, "C6 er ikke afblæst")
    stage.expect(not _texts_with(incident, "+4520000010"), "politiet har fået en tekst om C6")
    _learn(stage, incident)
    stage.print_timeline("C6 · Rygter på sociale medier · ikke politisag", incident)


def shooting(stage: Stage) -> None:
    """C1, politisag: shots at 23:40, the police ring, the helhedsplan records it; the club does not answer."""
    place = db.session.query(Place).filter_by(name="Parkeringspladsen ved Vangeparken").one()
    alarm = Alarm(Track.POLICE, "shooting", "Skud hørt ved parkeringspladsen. Ingen er meldt ramt.", place)
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, clock.now())
    incident = activate(Activation(stage.area, alarm, stage.as_("helhedsplan"), once_key="c1", police_said=said))
    stage.pass_time(seconds=30)
    stage.answer_by_code("+4520000021")
    stage.pass_time(minutes=12)
    stage.expect(_callout(incident, "ssp").state is CalloutState.ACKNOWLEDGED, "SSP's svar med kode gælder ikke")
    stage.expect(
        _callout(incident, "youth_club").state is CalloutState.EXHAUSTED, "klubbens kæde er ikke ringet igennem"
    )
    club = actors_by_key(stage.area)["youth_club"]
    take_card(incident, club, stage.as_("ssp"), "Ingen fra klubben svarer i nat")
    police_acts.confirm(unconfirmed(incident)[0], stage.as_("politi"), "Set i appen", by_call_back=False)
    _say(stage, incident, "politi", Kind.INSTRUCTION, "Hold jer fra parkeringspladsen. Henvis presse til politiet.")
    _do_tasks(stage, incident, "helhedsplan")
    stage.pass_time(minutes=75)
    _stand_down(
        stage, incident, "helhedsplan", "Afspærringen er hævet", PoliceSaid("Vagtchefen", HeardBy.PHONE, clock.now())
    )
    stage.pass_time(minutes=2)
    stage.expect(len(unconfirmed(incident)) == 1, "afblæsningen pr. telefon står ikke som ubekræftet")
    _each_text_once(stage, incident)
    stage.print_timeline("C1 · Skyderi ved parkeringspladsen · politisag", incident)


def false_alarm(stage: Stage) -> None:
    """A tap too many: stopped at once, and "du skal ikke gøre noget" to exactly those who were called."""
    alarm = Alarm(Track.NON_POLICE, "youth_gathering", "Stort fremmøde ved klubben")
    incident = activate(Activation(stage.area, alarm, stage.as_("ssp"), once_key="false"))
    stage.pass_time(seconds=20)
    called = {d.address for d in _deliveries(incident, "incident") if d.sent_at}
    annul(incident, stage.as_("ssp"), "Jeg trykkede forkert")
    stage.pass_time(seconds=30)
    stage.expect(
        not _deliveries(incident, "ending", sent=True), "fejlaktiveringen blev meldt ud, før fortryd-tiden var gået"
    )
    stage.pass_time(seconds=UNDO_WITHIN.total_seconds())
    told = [d.address for d in _deliveries(incident, "ending", sent=True)]
    stage.expect(sorted(told) == sorted(called), f"kaldt {sorted(called)}, men meldt fra til {sorted(told)}")
    stage.pass_time(minutes=10)
    after = {d.address for d in _deliveries(incident, "incident") if d.sent_at}
    stage.expect(after == called, "der blev kaldt flere efter annulleringen")
    stage.print_timeline("Fejlaktivering · ikke politisag", incident)


def club(stage: Stage) -> None:
    """C12, skifter spor: violence in the youth club; it is reported, the police take over, and later let go."""
    place = db.session.query(Place).filter_by(name="Ungdomsklubben").one()
    asked = Alarm(Track.NON_POLICE, "youth_gathering", "Slagsmål i klubben. Klubben lukker for aftenen.", place)
    request = requests.request_activation(stage.area, asked, stage.as_("klub"), "c12-ask")
    stage.pass_time(minutes=1)
    incident = requests.accept(request, stage.area, stage.as_("ssp"))
    stage.pass_time(minutes=2)
    _say(stage, incident, "klub", Kind.NOTE, "De unge fra klubben er talt med. Forældre er ringet op.")
    alarm = Alarm(Track.POLICE, "shooting", "Vold mod en medarbejder er anmeldt.", place)
    case = activate(Activation(stage.area, alarm, stage.as_("politi"), once_key="c12"))
    stage.pass_time(minutes=1)
    question = same_incident.questions_of(incident)[0]
    ticked = tuple(same_incident.may_go_along(question)[:1])
    along = same_incident.Along(ticked, summary="Klubben er lukket i aften. To voksne bliver hos de unge.")
    same_incident.answer_yes(question, stage.as_("ssp"), along)
    for login in ("ssp", "klub", "familier", "helhedsplan"):
        _answer_in_app(stage, case, login)
    stage.pass_time(minutes=40)
    stage.expect(incident.status is IncidentStatus.TO_POLICE, "C12 er ikke overgået til politisag")
    stage.expect("talt med" not in _log_text(case), "en note fulgte med til politiet af sig selv")
    stage.expect("To voksne" in _log_text(case), "resuméet er ikke i politisagen")
    _release(stage, case)
    for login in ("politi", "dobbelt"):
        stage.expect_unseen_by(login, incident)
    stage.print_timeline("C12 · Vold på ungdomsklubben · ikke politisag", incident)
    stage.print_timeline("C12 · Vold på ungdomsklubben · politisag", case)


def _release(stage: Stage, case: Incident) -> None:
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, clock.now())
    after = release_case(case, stage.as_("ssp"), Release(actors_by_key(stage.area)["helhedsplan"], police_said=said))
    stage.pass_time(minutes=2)
    police_acts.confirm(unconfirmed(case)[0], stage.as_("politi"), "Set i appen", by_call_back=False)
    stage.expect(case.status is IncidentStatus.RELEASED, "politisagen er ikke frigivet")
    stage.expect("police" not in {p.actor.key for p in after.participations}, "politiet er med efter frigivelsen")
    stage.expect(not _texts_with(after, "+4520000010"), "politiet har fået en tekst efter frigivelsen")
    for login in ("politi", "dobbelt"):
        stage.expect_unseen_by(login, after)
    _stand_down(stage, after, "helhedsplan", "Klubben åbner i morgen kl. 14 med ekstra voksne")
    stage.pass_time(minutes=5)
    stage.print_timeline("C12 · Vold på ungdomsklubben · efter politiet", after)


def _log_text(incident: Incident) -> str:
    return "\n".join(entry.text or "" for entry in logbook.page(incident.chain, limit=200))


def _answer_in_app(stage: Stage, incident: Incident, login: str) -> None:
    by = stage.by(login)
    callout.acknowledge(_callout(incident, by.actor.key), Answered.APP, by.label, by=by)
    db.session.commit()


def _callout(incident: Incident, actor_key: str) -> Callout:
    return next(c for c in callouts.latest_of(incident) if c.actor.key == actor_key)


def _say(stage: Stage, incident: Incident, login: str, kind: Kind, text: str) -> None:
    stage.pass_time(minutes=1)
    log.write(incident, kind, text, by=stage.by(login))
    db.session.commit()


def _do_tasks(stage: Stage, incident: Incident, login: str) -> None:
    by = stage.by(login)
    for task in task_queries.open_of(incident, by.actor):
        stage.pass_time(minutes=2)
        tasks.settle(task, TaskState.DONE, by=by)
        db.session.commit()


def _stand_down(stage: Stage, incident: Incident, login: str, criterion: str, said: PoliceSaid | None = None) -> None:
    stand_down(incident, stage.as_(login), StandDown((criterion,), move_tasks=True, police_said=said))
    db.session.commit()


def _learn(stage: Stage, incident: Incident) -> None:
    review = review_queries.review_of(incident)
    stage.expect(review is not None, "evalueringen åbnede ikke ved afblæsning")
    if review is None:
        return
    by = stage.by("helhedsplan")
    reviews.answer(review, by.actor, {"q0": "Samme ord fra alle parter."}, by=by)
    due = clock.local(clock.now()).date() + timedelta(days=14)
    reviews.add_learning_point(review, "Aftal, hvem der holder øje med hvilke grupper", by.actor, due, by=by)
    db.session.commit()


def _deliveries(incident: Incident, group: str, *, sent: bool = False) -> list[Delivery]:
    rows = db.session.query(Delivery).filter_by(group=f"{group}:{incident.id}").all()
    return [d for d in rows if d.sent_at] if sent else rows


def _texts_with(incident: Incident, address: str) -> list[Delivery]:
    return [d for d in _deliveries(incident, "incident") + _deliveries(incident, "ending") if d.address == address]


def _each_text_once(stage: Stage, incident: Incident) -> None:
    seen: set[tuple[str, str]] = set()
    for delivery in _deliveries(incident, "incident", sent=True) + _deliveries(incident, "ending", sent=True):
        key = (delivery.address, delivery.text)
        stage.expect(key not in seen, f"{delivery.address} har fået samme tekst to gange")
        seen.add(key)


STORIES = (rumour, shooting, false_alarm, club)
