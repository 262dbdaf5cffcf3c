"""C10, ikke politisag: a quarrel over noise splits a stairwell; nothing is urgent, and every word counts."""

from app.broadcasts import operations as broadcasts
from app.broadcasts.states import BroadcastState
from app.demo.acts import (
    acknowledge,
    after_message,
    agree,
    begin,
    do_tasks,
    end,
    expect_no_police,
    fact,
    learn,
    message,
    paper,
    report,
    sent_of,
    write,
)
from app.demo.stage import Stage
from app.direction import operations as direction
from app.direction.models import AgreedHow
from app.direction.queries import latest_plan
from app.direction.rules import Line, Part
from app.extensions import db
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.incidents.queries import actors_by_key
from app.indicators.dimensions import DIMENSION_LABELS
from app.lib import clock
from app.measures import operations as measures
from app.measures.models import Measure
from app.measures.practices import practice
from app.measures.queries import open_by_dimension
from app.measures.vocabulary import OriginKind, Status
from app.narrative.models import FactStatus
from app.plans.vocabulary import AudienceKey, Track
from app.reviews.queries import learning_points_of, review_of

FIRST_TRY = "Naboerne i opgang 3 skændes om støj. Vi har tilbudt mægling. Vi giver bestyrelsen status fredag kl. 12.00."
TO_SECTION_BOARDS = (
    "Der er uenighed mellem naboer i opgang 3. Vi har tilbudt mægling og taler med begge sider. Bed venligt om, at "
    "opslag tages ned, og undgå at tage parti. Henvis spørgsmål til helhedsplanens kontor. Vi giver bestyrelsen "
    "status fredag kl. 12.00."
)


def neighbours(stage: Stage) -> None:
    """Few are called; the text is sent back once, released for the morning, and sent at seven."""
    what = "Uenighed om støj i opgang 3 deler beboerne. Opslag bliver hængt op."
    incident = begin(stage, "helhedsplan", Track.NON_POLICE, "neighbours", what, "Vangeparken")
    stage.pass_time(minutes=1)
    _agreed(stage, incident)
    fact(
        stage, incident, "helhedsplan", "Begge sider er tilbudt mægling", FactStatus.CONFIRMED, "Mægleren", public=True
    )  # fmt: skip
    report(stage, incident, "helhedsplan", situation="Roligt i opgangen i aften. Opslag hænger der stadig.")
    paper(stage, incident, "helhedsplan")
    version = message(stage, incident, "helhedsplan", what_happened="Naboer i opgang 3 er uenige om støj.")
    acknowledge(stage, version, "ssp")
    _in_the_morning(stage, incident)
    do_tasks(stage, incident, "helhedsplan")
    calm = "Begge sider i opgang 3 har fået svar, og opslagene er taget ned. Tak, fordi I ikke tog parti."
    after_message(stage, incident, "helhedsplan", "ssp", calm)
    end(stage, incident, "helhedsplan", "Begge parter har fået svar")
    stage.pass_time(minutes=5)
    expect_no_police(stage, incident)
    learn(stage, incident, "Roligt, fordi ingen tog parti.", "Lav en skabelon til opgangsmøder")
    measure = _followed_up(stage, incident)
    stage.print_timeline("C10 · Nabokonflikt, der breder sig · ikke politisag", incident)
    _on_the_area_page(stage, measure)


def _agreed(stage: Stage, incident: Incident) -> None:
    agree(
        stage, incident, "helhedsplan",
        Line("mediate", Part.HANDLING, "Tilbyd begge sider mægling", "helhedsplan"),
        Line("boards", Part.COMMUNICATION, "Ring til formanden for Vangeparken", "helhedsplan"),
    )  # fmt: skip
    plan = latest_plan(incident)
    assert plan is not None
    by_mail = direction.Said(False, "Vi kender familierne og bør spørges først", AgreedHow.MAIL, "Finn Familien")
    direction.record_stance(plan, stage.as_("helhedsplan"), actors_by_key(stage.area)["family_centre"], by_mail)
    db.session.commit()


def _in_the_morning(stage: Stage, incident: Incident) -> None:
    helhedsplan, ssp = stage.as_("helhedsplan"), stage.as_("ssp")
    text = write(stage, incident, "helhedsplan", FIRST_TRY, AudienceKey.SECTION_BOARDS)
    stage.pass_time(minutes=5)
    broadcasts.give_back(text, ssp, "Skriv ikke, hvad de skændes om.", version=text.version)
    typed = broadcasts.Typed(text.phase, (AudienceKey.SECTION_BOARDS,), TO_SECTION_BOARDS)
    broadcasts.edit(text, helhedsplan, typed, version=text.version)
    at_seven = clock.local(stage.now).replace(hour=7, minute=0, second=0).astimezone(stage.now.tzinfo)
    broadcasts.send_to_release(text, helhedsplan, planned_at=at_seven.replace(day=at_seven.day + 1))
    broadcasts.release(text, ssp, version=text.version)
    db.session.commit()
    stage.pass_time(hours=1)
    stage.expect(text.state is BroadcastState.RELEASED and not sent_of(text), "beskeden ventede ikke til kl. 7")
    stage.pass_time(hours=9)
    sent = [clock.local(d.sent_at) for d in sent_of(text) if d.sent_at]
    stage.expect(bool(sent) and all((at.hour, at.minute // 15) == (7, 0) for at in sent), f"beskeden gik {sent}")
    stage.expect("skændes" not in "".join(d.text for d in sent_of(text)), "den returnerede tekst gik ud")


def _followed_up(stage: Stage, incident: Incident) -> Measure:
    """The learning point becomes a measure, as secret as the incident; a coordinator shows it to all in other words."""
    review = review_of(incident)
    assert review is not None
    point = learning_points_of(review)[0]
    found = practice("stairwell")
    assert found is not None
    words = measures.Words(
        "Opgangsmøde i opgang 3", point.text, found.expected, found.dimension, found.horizon, point.owner, point.due_on,
        status=Status.STARTED,
    )  # fmt: skip
    by = stage.by("helhedsplan")
    made = measures.create(stage.area, words, measures.Origin(OriginKind.LEARNING, point.public_id, incident), by=by)
    db.session.commit()
    category = document_of(incident).category(incident.category_key)
    is_right = category is not None and made.dimension in category.dimensions
    stage.expect(is_right, "tiltaget styrker en anden side af tryghed end den, hændelsen rører ved")
    _expect_seen_by(stage, made, "ssp", inside=True)
    for login in ("politi", "dobbelt", "bestyrelse"):
        _expect_seen_by(stage, made, login, inside=False)
    stage.pass_time(minutes=5)
    measures.publish(made, measures.Open("Opgangsmøder", found.what, found.expected), by=by)
    db.session.commit()
    return made


def _on_the_area_page(stage: Stage, made: Measure) -> None:
    for login in ("bestyrelse", "politi"):
        _expect_seen_by(stage, made, login, inside=True)
        page = stage.page("tryghed.show", login)
        panel = page.split(f'id="dimension-{made.dimension}"')[1].split("</section>")[0]
        stage.expect("Opgangsmøder" in panel, f"{login} ser ikke tiltaget under {made.dimension} på områdesiden")
        stage.expect("opgang 3" not in page, f"{login} kan læse, hvilken hændelse tiltaget kommer af")
    label, when = DIMENSION_LABELS[made.dimension], f"{made.due_on:%d.%m.%Y}"
    stage.say(f"  Områdesiden, {label}: 1 åbent tiltag: {made.title}. Ansvarlig: {made.owner.name}, frist {when}.")


def _expect_seen_by(stage: Stage, made: Measure, login: str, *, inside: bool) -> None:
    shown = made.id in {m.id for some in open_by_dimension(stage.as_(login)).values() for m in some}
    stage.expect(shown is inside, f"{login} kan {'ikke ' if inside else ''}se tiltaget {made.title}")
