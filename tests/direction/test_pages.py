"""Instructions and the agreed plan over HTTP: once only, into the world shown, and nothing to the wrong eyes."""

import pytest
import sqlalchemy as sa

from app.direction import operations, queries
from app.direction.models import Instruction
from app.direction.operations import Said, Typed
from app.direction.rules import Line, Part
from app.extensions import db
from app.incidents.models import Incident
from app.plans.vocabulary import Track
from app.tasks import queries as tasks
from tests.direction.conftest import said
from tests.direction.sending import at_address, send, shown
from tests.factories import Visitor
from tests.scene import Scene

STAY = "Hold de unge inde i klubben"
PLAN_PAGES = (
    "/agreed-plan", "/agreed-plan/versions", "/agreed-plan/lines/new", "/agreed-plan/lines/walk",
    "/agreed-plan/lines/walk/removal", "/agreed-plan/disagreement", "/agreed-plan/stances/new",
)  # fmt: skip
INSTRUCTION_PAGES = (
    "/instructions", "/instructions/new", "/instructions/1/replacement", "/instructions/1/withdrawal",
    "/instructions/1/deviation",
)  # fmt: skip


def parties(incident: Incident) -> list[str]:
    return [actor.public_id for actor in queries.may_be_told(incident)]


def instruct(visitor: Visitor, incident: Incident, **typed: object):
    path = at_address(incident, "/instructions/new")
    word = {"said_by": "Vagtchefen", "heard_by": "phone", "said_at": ""}
    return send(visitor, path, **({"text": STAY, "actors": parties(incident)} | word | typed))


def given(scene: Scene, incident: Incident, text: str = STAY) -> Instruction:
    new = operations.give(incident, scene.reader(scene.cast.helhedsplan), Typed(text, said=said()))
    db.session.commit()
    return new


def planned(scene: Scene, incident: Incident, text: str = "To voksne går rundt", base: int = 0, key: str = "walk"):
    line = Line(key, Part.HANDLING, text, "youth_club")
    plan = operations.save_line(incident, scene.reader(scene.cast.ssp), line, base=base)
    db.session.commit()
    return plan


# ---- instructions ---------------------------------------------------------------------------------------------------


def test_an_instruction_is_recorded_from_the_phone_and_acknowledged_by_one_tap(scene, at, politisag):
    assert instruct(at(scene.cast.helhedsplan), politisag).status_code == 303
    club = at(scene.cast.youth_club)
    todo = club.text(at_address(politisag, "/panels/todo"))
    assert STAY in todo and "Set og forstået" in todo and "Vi gør noget andet" in todo
    tap = at_address(politisag, "/instructions/1/acknowledgement")
    assert club.post(tap, {"once": "a tap"}).status_code == 303
    assert club.post(tap, {"once": "a tap"}).status_code == 303, "a double tap leads to the same place"
    assert "instructions/1/acknowledgement" not in club.text(at_address(politisag, "/panels/todo"))
    assert "2 af 4 har svaret" in club.text(at_address(politisag, "/panels/direction"))


def test_the_form_asks_a_party_who_in_the_police_said_it_and_the_police_nothing(scene, at, politisag):
    missing = instruct(at(scene.cast.ssp), politisag, said_by="")
    assert missing.status_code == 422 and "hvem i politiet der sagde det" in missing.text
    assert queries.instructions_of(politisag) == []
    police = at(scene.cast.police)
    page = police.text(at_address(politisag, "/instructions/new"))
    assert "said_by" not in page
    sent = send(police, at_address(politisag, "/instructions/new"), text=STAY, actors=parties(politisag))
    assert sent.status_code == 303
    assert queries.instruction(politisag, 1).police_act is None


def test_one_for_some_parties_waits_for_no_others(scene, at, politisag):
    instruct(at(scene.cast.helhedsplan), politisag, actors=[scene.cast.actors["ssp"].public_id])
    assert not queries.instruction(politisag, 1).for_all
    club = at(scene.cast.youth_club)
    assert STAY in club.text(at_address(politisag, "/panels/direction")), "they may all read it"
    assert STAY not in club.text(at_address(politisag, "/panels/todo"))
    refused = club.post(at_address(politisag, "/instructions/1/acknowledgement"), {"once": "x"})
    assert refused.status_code == 422 and "ikke til jer" in refused.text


def test_the_same_form_twice_gives_one_instruction(scene, at, politisag):
    visitor, path = at(scene.cast.helhedsplan), at_address(politisag, "/instructions/new")
    typed = shown(visitor, path) | {"text": STAY, "actors": parties(politisag), "said_by": "V", "heard_by": "phone"}
    assert [visitor.post(path, typed).status_code for _ in range(2)] == [303, 303]
    assert len(queries.instructions_of(politisag)) == 1


def test_a_cpr_number_is_refused_with_the_text_kept(scene, at, politisag):
    refused = instruct(at(scene.cast.ssp), politisag, text="Find 010190-1234")
    assert refused.status_code == 422 and "Find 010190-1234" in refused.text
    assert queries.instructions_of(politisag) == []


def test_acknowledging_what_was_replaced_meanwhile_says_so_and_where_the_new_one_is(scene, at, politisag):
    old = given(scene, politisag)
    operations.replace(old, scene.reader(scene.cast.helhedsplan), Typed("Luk klubben", said=said()))
    db.session.commit()
    late = at(scene.cast.ssp).post(at_address(politisag, "/instructions/1/acknowledgement"), {"once": "late"})
    assert late.status_code == 422
    assert "Anvisning nr. 1 gælder ikke længere. Den er erstattet. Erstattet af nr. 2." in late.text
    assert "Luk klubben" in at(scene.cast.ssp).text(at_address(politisag, "/panels/todo"))


def test_a_deviation_typed_while_it_was_replaced_is_kept_and_answered_409(scene, at, politisag):
    old, club = given(scene, politisag), at(scene.cast.youth_club)
    path = at_address(politisag, "/instructions/1/deviation")
    opened = shown(club, path)
    operations.replace(old, scene.reader(scene.cast.helhedsplan), Typed("Luk klubben", said=said()))
    db.session.commit()
    changed = club.post(path, opened | {"reason": "Klubben er lukket"})
    assert changed.status_code == 409
    assert "Klubben er lukket" in changed.text and "Erstattet af nr. 2" in changed.text


def test_a_deviation_shows_in_the_room_and_the_police_read_it(scene, at, politisag):
    given(scene, politisag)
    club = at(scene.cast.youth_club)
    path = at_address(politisag, "/instructions/1/deviation")
    assert send(club, path, reason="Klubben er lukket").status_code == 303
    police = at(scene.cast.police)
    assert "Ungdomsklubben afviger" in police.text(at_address(politisag, "/panels/direction"))
    assert "Klubben er lukket" in police.text(at_address(politisag, "/instructions"))
    assert "afviger fra anvisning nr. 1: Klubben er lukket" in police.text("/")


def test_withdrawing_and_replacing_leave_both_on_the_page(scene, at, politisag):
    given(scene, politisag)
    ssp = at(scene.cast.ssp)
    word = {"said_by": "Vagtchefen", "heard_by": "radio", "said_at": ""}
    new = send(ssp, at_address(politisag, "/instructions/1/replacement"), text="Luk", actors=parties(politisag), **word)
    gone = send(ssp, at_address(politisag, "/instructions/2/withdrawal"), why="Det er slut", **word)
    assert (new.status_code, gone.status_code) == (303, 303)
    page = ssp.text(at_address(politisag, "/instructions"))
    assert "Nr. 1 er erstattet" in page and "Nr. 2 er trukket tilbage" in page and "Det er slut" in page
    assert "Ingen anvisninger gælder nu" in page


def test_an_unconfirmed_instruction_leads_to_confirming_and_denying_it(scene, at, politisag):
    order = given(scene, politisag)
    ssp = at(scene.cast.ssp)
    path = at_address(politisag, f"/police-acts/{order.police_act.public_id}")
    assert path in ssp.text(at_address(politisag, "/panels/direction"))
    assert path not in ssp.text(at_address(politisag, "/panels/band")), "the band is for what began or ended it"
    assert STAY in ssp.text(path)
    assert "Anvisningen gælder ikke længere" in ssp.text(path + "/denial")
    assert send(ssp, path + "/denial", how="Vagtchefen, telefon").status_code == 303
    db.session.refresh(order)
    assert not order.is_in_force


def test_instructions_are_for_those_who_take_part(scene, at, politisag):
    given(scene, politisag)
    for path in INSTRUCTION_PAGES:
        for user in (scene.cast.board, scene.cast.neighbour, scene.cast.housing, scene.cast.administrator):
            assert at(user).get(at_address(politisag, path)).status_code in (403, 404), (path, user.name)
        assert at(scene.cast.ssp).get(at_address(politisag, path)).status_code == 200
    observer = at(scene.cast.ssp_observer)
    assert STAY in observer.text(at_address(politisag, "/instructions"))
    assert "Set og forstået</span>" not in observer.text(at_address(politisag, "/instructions"))
    assert observer.get(at_address(politisag, "/instructions/new")).status_code == 403


# ---- the agreed plan ------------------------------------------------------------------------------------------------


def test_a_line_is_written_changed_and_taken_out_and_its_task_follows(scene, at, rumour):
    ssp, club = at(scene.cast.ssp), scene.cast.actors["youth_club"].public_id
    typed = {"part": "handling", "text": "To voksne går rundt", "actor": club, "due_at": "2026-11-23T00:30"}
    assert send(ssp, at_address(rumour, "/agreed-plan/lines/new"), **typed).status_code == 303
    key = queries.latest_plan(rumour).lines[0].key
    assert "To voksne går rundt" in at(scene.cast.youth_club).text(at_address(rumour, "/panels/todo"))
    change = at_address(rumour, f"/agreed-plan/lines/{key}")
    assert "To voksne går rundt" in ssp.text(change)
    assert send(ssp, change, **(typed | {"text": "Fire voksne går rundt"})).status_code == 303
    assert send(ssp, change + "/removal", why="Torvet er tomt").status_code == 303
    assert tasks.by_key(rumour, f"plan:{key}").state == "not_relevant"
    versions = ssp.text(at_address(rumour, "/agreed-plan/versions"))
    assert "Taget ud" in versions and "Før: To voksne går rundt" in versions


def test_a_deadline_that_has_passed_is_refused(scene, at, rumour):
    typed = {"part": "handling", "text": "Gå", "actor": "", "due_at": "2026-11-22T20:00"}
    refused = send(at(scene.cast.ssp), at_address(rumour, "/agreed-plan/lines/new"), **typed)
    assert refused.status_code == 422 and "Tidspunktet er passeret" in refused.text


def test_two_who_change_the_same_line_both_keep_their_text(scene, at, rumour):
    planned(scene, rumour)
    ssp, helhedsplan = at(scene.cast.ssp), at(scene.cast.helhedsplan)
    path = at_address(rumour, "/agreed-plan/lines/walk")
    typed = {"part": "handling", "actor": "", "due_at": ""}
    mine, theirs = shown(ssp, path), shown(helhedsplan, path)
    assert helhedsplan.post(path, theirs | typed | {"text": "Fire voksne"}).status_code == 303
    both = ssp.post(path, mine | typed | {"text": "Seks voksne"})
    assert both.status_code == 409
    assert "Lindevangen på Vej har ændret planen imens" in both.text
    assert "Punktet er nu: Fire voksne" in both.text and "Seks voksne" in both.text
    assert [line.text for line in queries.latest_plan(rumour).lines] == ["Fire voksne"]
    again = mine | {"digest": "2"} | typed | {"text": "Seks voksne"}
    assert ssp.post(path, again).status_code == 303
    assert [line.text for version in queries.versions_of(rumour) for line in version.lines] == [
        "Seks voksne", "Fire voksne", "To voksne går rundt",
    ]  # fmt: skip


def test_a_line_taken_out_meanwhile_comes_in_again_only_by_a_second_yes(scene, at, rumour):
    planned(scene, rumour)
    ssp, path = at(scene.cast.ssp), at_address(rumour, "/agreed-plan/lines/walk")
    mine = shown(ssp, path)
    operations.remove_line(rumour, scene.reader(scene.cast.helhedsplan), "walk", "Nej", base=1)
    db.session.commit()
    typed = {"part": "handling", "actor": "", "due_at": "", "text": "Seks voksne"}
    changed = ssp.post(path, mine | typed)
    assert changed.status_code == 409 and "Punktet er taget ud. Gemmer du, kommer det ind igen." in changed.text
    assert ssp.post(path, mine | typed | {"digest": "2"}).status_code == 303
    assert [line.text for line in queries.latest_plan(rumour).lines] == ["Seks voksne"]


def test_agreeing_is_one_tap_to_the_version_that_was_shown(scene, at, rumour):
    planned(scene, rumour)
    club = at(scene.cast.youth_club)
    assert "/agreed-plan/1/agreement" in club.text(at_address(rumour, "/panels/todo"))
    planned(scene, rumour, "Ring", 1, "ring")
    late = club.post(at_address(rumour, "/agreed-plan/1/agreement"), {"once": "late"})
    assert late.status_code == 422 and "Den er nu version 2" in late.text
    assert club.post(at_address(rumour, "/agreed-plan/2/agreement"), {"once": "now"}).status_code == 303
    assert "2 af 4 enige" in club.text(at_address(rumour, "/panels/direction"))
    assert "/agreed-plan/2/agreement" not in club.text(at_address(rumour, "/panels/todo"))


def test_disagreeing_with_a_plan_that_changed_meanwhile_keeps_the_reason_and_shows_the_new_one(scene, at, rumour):
    planned(scene, rumour)
    club, path = at(scene.cast.youth_club), at_address(rumour, "/agreed-plan/disagreement")
    opened = shown(club, path)
    planned(scene, rumour, "Ring til alle forældre", 1, "ring")
    changed = club.post(path, opened | {"reason": "Kun en på arbejde"})
    assert changed.status_code == 409
    assert "Kun en på arbejde" in changed.text and "Ring til alle forældre" in changed.text
    assert club.post(path, opened | {"digest": "2", "reason": "Kun en på arbejde"}).status_code == 303
    assert "Ungdomsklubben er uenig" in club.text(at_address(rumour, "/panels/direction"))


def test_what_was_said_by_phone_is_written_by_another_party(scene, at, rumour):
    planned(scene, rumour)
    ssp, path = at(scene.cast.ssp_responder), at_address(rumour, "/agreed-plan/stances/new")
    typed = {"actor": scene.cast.actors["family_centre"].public_id, "how": "mail", "said_by": "Lederen", "reason": ""}
    missing = send(ssp, path, **(typed | {"agrees": "no"}))
    assert missing.status_code == 422 and "hvad de er uenige i" in missing.text
    assert send(ssp, path, **(typed | {"agrees": "yes"})).status_code == 303
    page = ssp.text(at_address(rumour, "/agreed-plan"))
    assert "Lederen, mail. Skrevet af SSP og opsøgende team." in page


def test_the_room_says_so_when_half_an_hour_went_without_agreement(scene, at, rumour, clock):
    panel = at_address(rumour, "/panels/direction")
    assert "Uden aftale" not in at(scene.cast.ssp).text(panel)
    clock.advance(minutes=31)
    assert "Uden aftale efter 30 min." in at(scene.cast.ssp).text(panel)
    plan = planned(scene, rumour)
    operations.take_stance(plan, scene.reader(scene.cast.youth_club), Said(agrees=True))
    db.session.commit()
    assert "Uden aftale" not in at(scene.cast.ssp).text(panel)


def test_the_police_reach_no_page_of_the_plan_and_no_tap(scene, at, rumour):
    planned(scene, rumour)
    police = [scene.cast.police, scene.cast.police_and_ssp, scene.cast.board_and_police]
    for user in [*police, scene.cast.neighbour]:
        for path in (*PLAN_PAGES, "/panels/direction"):
            answer = at(user).get(at_address(rumour, path)).status_code
            assert answer == at(user).get(f"/incidents/made-up{path}").status_code, (path, user.name)
            assert answer in (403, 404)
        tap = at(user).post(at_address(rumour, "/agreed-plan/1/agreement"), {"once": "x"})
        assert tap.status_code == 404
    assert at(scene.cast.board).get(at_address(rumour, "/agreed-plan")).status_code in (403, 404)


@pytest.mark.parametrize("paths", [PLAN_PAGES, INSTRUCTION_PAGES])
def test_the_pages_of_one_track_do_not_exist_on_the_other(scene, at, politisag, rumour, paths):
    planned(scene, rumour)
    given(scene, politisag)
    wrong = politisag if paths is PLAN_PAGES else rumour
    assert {at(scene.cast.ssp).get(at_address(wrong, path)).status_code for path in paths} == {404}


# ---- both -----------------------------------------------------------------------------------------------------------


def test_whoever_is_no_longer_in_it_reads_the_log_and_none_of_these_pages(scene, at, politisag, rumour, clock):
    planned(scene, rumour)
    given(scene, politisag)
    for incident in (politisag, rumour):
        ended = next(p for p in incident.participations if p.actor.key == "youth_club")
        ended.ended_at = clock.now
    db.session.commit()
    club = at(scene.cast.youth_club)
    for incident, paths in ((politisag, INSTRUCTION_PAGES), (rumour, PLAN_PAGES)):
        assert club.get(at_address(incident)).status_code == 200
        assert {club.get(at_address(incident, path)).status_code for path in paths} == {404}


def test_an_exercise_says_so_on_every_page(scene, at):
    ssp = at(scene.cast.ssp)
    plan = scene.activate(scene.cast.ssp, is_exercise=True)
    case = scene.activate(scene.cast.ssp, Track.POLICE, is_exercise=True, category="shooting")
    planned(scene, plan)
    operations.give(case, scene.reader(scene.cast.ssp), Typed(STAY))
    db.session.commit()
    pages = [at_address(plan, path) for path in PLAN_PAGES] + [at_address(case, path) for path in INSTRUCTION_PAGES]
    for path in pages:
        page = ssp.text(path)
        assert 'class="is-exercise"' in page and "ØVELSE · intet af dette er virkeligt" in page, path


def test_what_changed_is_heard_by_the_rooms_poll(scene, at, politisag):
    ssp = at(scene.cast.ssp)
    before = ssp.get(at_address(politisag, "/live")).json["topics"]["direction"]
    given(scene, politisag)
    assert ssp.get(at_address(politisag, "/live")).json["topics"]["direction"] > before


def queries_of(visitor: Visitor, path: str) -> int:
    visitor.text(path)
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1

    sa.event.listen(db.engine, "before_cursor_execute", one_more)
    try:
        visitor.text(path)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", one_more)
    return count


def test_pages_cost_the_same_however_much_stands_on_them(scene, at, politisag, rumour, clock):
    ssp = at(scene.cast.ssp)
    pages = [at_address(politisag, path) for path in ("/panels/direction", "/panels/todo", "/instructions")]
    more = ("/panels/direction", "/panels/todo", "/agreed-plan", "/agreed-plan/versions")
    pages += [at_address(rumour, path) for path in more]
    recorder = scene.reader(scene.cast.helhedsplan)
    given(scene, politisag)
    operations.replace(given(scene, politisag), recorder, Typed("Andet", said=said()))
    planned(scene, rumour)
    few = [queries_of(ssp, page) for page in pages]
    for n in range(1, 9):
        clock.advance(seconds=1)
        operations.replace(given(scene, politisag), recorder, Typed(f"Nr. {n}", said=said()))
        plan = planned(scene, rumour, f"Punkt {n}", n, f"line-{n}")
        operations.take_stance(plan, scene.reader(scene.cast.youth_club), Said(agrees=True))
        db.session.commit()
    assert [queries_of(ssp, page) for page in pages] == few
