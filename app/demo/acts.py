"""Who does what in a story, each in one line: the real operations, committed, with the clock running between them."""

from collections.abc import Callable
from datetime import timedelta

from app.areas.models import Place
from app.broadcasts import operations as broadcasts
from app.broadcasts.models import Broadcast
from app.broadcasts.states import Phase
from app.callout import operations as callout
from app.callout import queries as callouts
from app.callout.models import Answered, Callout
from app.demo.stage import Stage
from app.direction import operations as direction
from app.direction import queries as directed
from app.direction.models import HeardBy, Instruction
from app.direction.police_word import PoliceSaid
from app.direction.rules import Line
from app.documents import operations as documents
from app.documents.models import Document, DocumentState
from app.extensions import db
from app.incidents import log
from app.incidents.access import Seen
from app.incidents.facts import facts_of
from app.incidents.models import Incident
from app.incidents.queries import actors_by_key
from app.lib import clock
from app.logbook import queries as logbook
from app.logbook.kinds import Kind
from app.messaging.models import Delivery
from app.narrative import operations as narrative
from app.narrative import queries as narrated
from app.narrative import report_paper
from app.narrative.models import Fact, FactStatus, SharedMessage, SituationReport
from app.narrative.page import Narrative
from app.plans.vocabulary import Track
from app.reviews import operations as reviews
from app.reviews import queries as review_queries
from app.tasks import operations as tasks
from app.tasks import queries as task_queries
from app.tasks.models import TaskState
from app.transitions.activate import Activation, Alarm, activate
from app.transitions.stand_down import StandDown, stand_down


def begin(stage: Stage, login: str, track: Track, category: str, what: str, where: str) -> Incident:
    """Activated in the app."""
    place = db.session.query(Place).filter_by(name=where).one()
    alarm = Alarm(track, category, what, place)
    return activate(Activation(stage.area, alarm, stage.as_(login), once_key=f"{category}-{stage.now.timestamp()}"))


def said() -> PoliceSaid:
    """The duty officer, on the phone, now."""
    return PoliceSaid("Vagtchefen", HeardBy.PHONE, clock.now())


# ---- called and answered ------------------------------------------------------------------------------------------


def answer_in_app(stage: Stage, incident: Incident, *logins: str) -> None:
    for login in logins:
        by = stage.by(login)
        callout.acknowledge(callout_of(incident, by.actor.key), Answered.APP, by.label, by=by)
    db.session.commit()


def callout_of(incident: Incident, actor_key: str) -> Callout:
    return next(c for c in callouts.latest_of(incident) if c.actor.key == actor_key)


def say(stage: Stage, incident: Incident, login: str, kind: Kind, text: str) -> None:
    stage.pass_time(minutes=1)
    log.write(incident, kind, text, by=stage.by(login))
    db.session.commit()


def do_tasks(stage: Stage, incident: Incident, *logins: str) -> None:
    """Every open task of these, two minutes each."""
    for login in logins:
        by = stage.by(login)
        for task in task_queries.open_of(incident, by.actor):
            stage.pass_time(minutes=2)
            tasks.settle(task, TaskState.DONE, by=by)
            db.session.commit()


# ---- directed -------------------------------------------------------------------------------------------------------


def instruct(stage: Stage, incident: Incident, login: str, text: str, *acknowledged: str) -> Instruction:
    """An instruction to all parties, acknowledged by these."""
    given = direction.give(incident, stage.as_(login), direction.Typed(text))
    for one in acknowledged:
        stage.pass_time(seconds=30)
        direction.acknowledge(given, stage.as_(one))
    db.session.commit()
    return given


def agree(stage: Stage, incident: Incident, login: str, *lines: Line) -> None:
    """Lines of the agreed plan, by one of the parties."""
    for line in lines:
        newest = directed.latest_plan(incident)
        direction.save_line(incident, stage.as_(login), line, base=newest.number if newest else 0)
        db.session.commit()


def stand(stage: Stage, incident: Incident, login: str, agrees: bool = True, reason: str = "") -> None:
    """The party says in the app where it stands."""
    plan = directed.latest_plan(incident)
    assert plan is not None
    direction.take_stance(plan, stage.as_(login), direction.Said(agrees, reason))
    db.session.commit()


# ---- told to each other ---------------------------------------------------------------------------------------------


def fact(
    stage: Stage, incident: Incident, login: str, text: str, status: FactStatus, source: str, *, public: bool = False
) -> Fact:
    stage.pass_time(minutes=1)
    by = stage.by(login)
    made = narrative.add_fact(incident, text, status, source, may_publish=public, by=by)
    db.session.commit()
    return made


def settle(stage: Stage, known: Fact, login: str, status: FactStatus, source: str, *, public: bool) -> None:
    """We know by now."""
    by = stage.by(login)
    narrative.change_fact(known, status, source, may_publish=public, by=by, version=known.version)
    db.session.commit()


def report(stage: Stage, incident: Incident, login: str, *, minutes: int = 60, **words: str) -> None:
    """The next version of the situation report, and its PDF."""
    stage.pass_time(minutes=1)
    newest = narrated.latest_report(incident)
    made = SituationReport(**dict.fromkeys(SituationReport.WORDS, "") | words)
    made.next_update_at = clock.now() + timedelta(minutes=minutes)
    narrative.save_report(incident, made, base=newest.number if newest else 0, by=stage.by(login))
    db.session.commit()


def paper(stage: Stage, incident: Incident, login: str) -> Document:
    """This person asks for the newest report as a PDF; the worker makes it."""
    reader = stage.as_(login)
    newest = narrated.latest_report(incident)
    assert newest is not None
    with stage.app.test_request_context():
        wanted = report_paper.wanted(Narrative(Seen(incident, reader, facts_of(incident))), newest)
    document = documents.ask(wanted, by=reader.by)
    stage.work()
    is_pdf = document.state is DocumentState.MADE and (document.content or b"").startswith(b"%PDF")
    stage.expect(is_pdf, f"situationsbilledet for {incident.what} blev ikke til en PDF")
    return document


def message(stage: Stage, incident: Incident, login: str, *, minutes: int = 60, **words: str) -> SharedMessage:
    """The next version of the shared message."""
    stage.pass_time(minutes=1)
    newest = narrated.latest_message(incident)
    made = SharedMessage(**dict.fromkeys(SharedMessage.WORDS, "") | words)
    made.next_update_at = clock.now() + timedelta(minutes=minutes)
    narrative.save_message(incident, made, base=newest.number if newest else 0, by=stage.by(login))
    db.session.commit()
    return made


def acknowledge(stage: Stage, version: SharedMessage, *logins: str) -> None:
    for login in logins:
        stage.pass_time(seconds=20)
        narrative.acknowledge_message(version, by=stage.by(login))
    db.session.commit()


# ---- told to the others ---------------------------------------------------------------------------------------------


def write(
    stage: Stage, incident: Incident, login: str, text: str, *audiences: str, phase: Phase = Phase.FIRST,
    entrances: tuple[tuple[int, str], ...] = (),
) -> Broadcast:  # fmt: skip
    """A text, sent to release."""
    typed = broadcasts.Typed(phase, audiences, text, entrances=entrances, is_enough=bool(entrances))
    made = broadcasts.compose(incident, stage.as_(login), typed)
    broadcasts.send_to_release(made, stage.as_(login))
    db.session.commit()
    return made


def release(stage: Stage, text: Broadcast, login: str, heard: PoliceSaid | None = None) -> None:
    """The second pair of eyes; `heard`: read aloud to the police, who said yes."""
    stage.pass_time(minutes=1)
    broadcasts.release(text, stage.as_(login), version=text.version, said=heard)
    stage.pass_time(seconds=30)


def after_message(stage: Stage, incident: Incident, login: str, releaser: str, text: str) -> Broadcast:
    """To exactly those who got anything; it went to each of them and to nobody else."""
    told = {d.address for d in texts_out(incident)}
    made = broadcasts.follow_up(incident, stage.as_(login), text, corrects=None, not_cpr=False)
    broadcasts.send_to_release(made, stage.as_(login))
    db.session.commit()
    release(stage, made, releaser)
    after = {d.address for d in sent_of(made)}
    stage.expect(after == told, f"{incident.what}: besked til {sorted(told)}, men efterbesked til {sorted(after)}")
    return made


def sent_of(text: Broadcast) -> list[Delivery]:
    """What left of it."""
    return [d for d in db.session.query(Delivery).filter_by(group=text.group) if d.sent_at]


def texts_out(incident: Incident) -> list[Delivery]:
    """What left of all the incident's texts to audiences."""
    written = db.session.query(Broadcast).filter_by(incident_id=incident.id)
    return [delivery for text in written for delivery in sent_of(text)]


# ---- over -----------------------------------------------------------------------------------------------------------


def end(stage: Stage, incident: Incident, login: str, criterion: str, heard: PoliceSaid | None = None) -> None:
    stand_down(incident, stage.as_(login), StandDown((criterion,), move_tasks=True, police_said=heard))
    db.session.commit()


def learn(stage: Stage, incident: Incident, answer: str, point: str) -> None:
    """The review is open; the helhedsplan answers and writes what was learnt."""
    review = review_queries.review_of(incident)
    stage.expect(review is not None, "evalueringen åbnede ikke ved afblæsning")
    if review is None:
        return
    by = stage.by("helhedsplan")
    reviews.answer(review, by.actor, {"q0": answer}, by=by)
    due = clock.local(clock.now()).date() + timedelta(days=14)
    reviews.add_learning_point(review, point, by.actor, due, by=by)
    db.session.commit()


# ---- what came of it ------------------------------------------------------------------------------------------------


def log_text(incident: Incident) -> str:
    return "\n".join(entry.text or "" for entry in logbook.page(incident.chain, limit=200))


def deliveries(incident: Incident, group: str, *, sent: bool = False) -> list[Delivery]:
    rows = db.session.query(Delivery).filter_by(group=f"{group}:{incident.id}").all()
    return [d for d in rows if d.sent_at] if sent else rows


def expect_no_police(stage: Stage, incident: Incident) -> None:
    """Nobody of the police sees it, takes part, or has had a word of it."""
    for login in ("politi", "dobbelt"):
        stage.expect_unseen_by(login, incident)
    police = actors_by_key(stage.area)["police"]
    stage.expect(police.id not in {p.actor_id for p in incident.participations}, f"politiet er part i {incident.what}")
    texts = [*deliveries(incident, "incident"), *deliveries(incident, "ending"), *texts_out(incident)]
    numbers = {police.phone, "+4520000011", "poul@politi.example"}
    stage.expect(not numbers & {d.address for d in texts}, f"politiet har fået en tekst om {incident.what}")


def expect_each_text_once(stage: Stage, incident: Incident) -> None:
    """No phone got the same words twice."""
    rows = [*deliveries(incident, "incident", sent=True), *deliveries(incident, "ending", sent=True)]
    seen: set[tuple[str, str]] = set()
    for delivery in [*rows, *texts_out(incident)]:
        key = (delivery.address, delivery.text)
        stage.expect(key not in seen, f"{delivery.address} har fået samme tekst to gange")
        seen.add(key)


Story = Callable[[Stage], None]
