"""A draft over HTTP: who writes it, two at once, what saving means, two parties' yes, and what never changes."""

import pytest

from app.accounts.models import AuditEntry
from app.extensions import db
from app.lib import clock as time
from app.lib.languages import Language
from app.notices.models import Notice
from app.planning import jobs
from app.planning.blocks import blocks_of
from app.planning.models import PlanDraft
from app.plans.models import Plan, PlanStatus
from app.plans.places import Section
from app.plans.queries import document_of, plan_for
from app.plans.vocabulary import Channel, Track
from app.reviews.operations import Proposal, add_learning_point, open_review
from app.reviews.rules import PlanPart
from app.transitions.stand_down import StandDown, stand_down
from tests.conftest import Clock
from tests.planning.conftest import CHAIN, entry, opened, say_yes, shown, the_draft, wording, write
from tests.planning.untouched import as_it_is
from tests.room.forms import hidden
from tests.room.incident_forms import done, plain, tap

PAGES = (
    "/plan/draft",
    "/plan/draft/difference",
    "/plan/draft/approval",
    "/plan/draft/sections/parties",
    entry("chain"),
)


def test_only_coordinators_of_the_plans_parties_reach_it(scene, at, draft) -> None:
    cast = scene.cast
    for user in (cast.ssp, cast.youth_club, cast.families, cast.helhedsplan, cast.police, cast.police_and_ssp):
        assert [at(user).get(path).status_code for path in PAGES] == [200] * len(PAGES), user.name
    for user in (
        cast.ssp_responder,
        cast.ssp_observer,
        cast.board,
        cast.administrator,
        cast.housing,
        cast.municipality,
    ):
        answers = [at(user).get(path).status_code for path in PAGES]
        assert answers == [403] * len(PAGES), user.name
        assert at(user).post(entry("chain"), CHAIN).status_code == 403
    assert "Planen skrives af dens parter" in at(cast.housing).get("/plan/draft").text
    assert [at(cast.neighbour).get(path).status_code for path in PAGES[1:]] == [404] * (len(PAGES) - 1)
    assert at().get("/plan/draft").status_code in (302, 401)
    assert 'href="/plan/draft"' in at(cast.ssp).text("/plan")
    assert 'href="/plan/draft"' not in at(cast.housing).text("/plan")


def test_saving_what_every_form_shows_changes_nothing(scene, at, draft) -> None:
    before, visitor = draft.document, at(scene.cast.ssp)
    for section in Section:
        page = visitor.text(f"/plan/draft/sections/{section}")
        seen = {(b.kind, "police" if b.kind == "card" and b.key.startswith("police") else ""): b
                for b in blocks_of(wording(scene), section)}  # fmt: skip
        for block in seen.values():
            path = entry(block.kind, block.key)
            assert path in page
            done(visitor.post(path, as_it_is(visitor.text(path))))
    assert the_draft(scene).document == before
    assert the_draft(scene).number == 0, "and asks nobody for another yes"


def test_an_area_writes_its_own_plan_section_by_section(scene, at, draft) -> None:
    helle = at(scene.cast.helhedsplan)
    done(write(helle, entry("purpose"), purpose="Ro.\n\n- Rigtige svar."))
    more: list[tuple[str, dict[str, object]]] = [
        ("audience", {"label": "Ældre på 2. sal", "channels": ["phone", "door"], "target_minutes": 45, "releaser": ""}),
        ("category", {
            "label": "Oversvømmelse", "what": "Vand i kældrene.", "may_be": ["non_police"], "scope": "local",
            "suggested_track": "non_police", "dimensions": ["safety"],
            **{f"level_{key}": "call_now" for key in wording(scene).party_keys},
        }),
        ("message", {
            "category": "oversvoemmelse", "audience": "aeldre_paa_2_sal", "phase": "first", "language": "da",
            "text": "Vand i {område}. Vi ringer igen {næste opdatering}.", "approved_by": "", "released_by": "",
        }),
        ("contact?in=youth_club", {"unit": "Natklubben", "first": "Natlederen", "deputy": ""}),
        ("item?in=youth_club.non_police", {"text": "Tænd lyset", "due_minutes": "5", "duty": ""}),
        ("party", {"actor": "housing", "name": "Linden", "called": "Linden", "note": ""}),
    ]  # fmt: skip
    for kind, typed in more:
        name, _, parent = kind.partition("?")
        done(write(helle, f"/plan/draft/entries/{name}/new?{parent}", **typed))
    place = entry("contact", "youth_club.natklubben") + "/place"
    assert place in helle.text("/plan/draft/sections/parties")
    done(helle.post(place, {"once": "a" * 20, "way": "up"}))
    plan = wording(scene)
    assert plan.purpose == ("Ro.", "Rigtige svar.")
    assert plan.audience("aeldre_paa_2_sal").channels == (Channel.PHONE, Channel.DOOR)
    assert "police" not in plan.category("oversvoemmelse").call_levels, "it is never a politisag"
    assert plan.messages[-1].audience == "aeldre_paa_2_sal"
    assert [contact.unit for contact in plan.party("youth_club").contacts] == ["Natklubben", "Ungdomsklubben"]
    assert plan.card("youth_club", Track.NON_POLICE).items[-1].key == "taend_lyset"
    assert plan.parties[-1].actor_key == "housing"
    page = plain(helle.text("/plan/draft"))
    assert "Der er ingen stedfortræder for Natklubben." in page
    assert "Linden har ingen kontakter. Skal rettes før godkendelse." in page
    assert helle.get(entry("audience", "press") + "/removal").status_code == 404, "the nine stay"
    done(write(helle, entry("audience", "aeldre_paa_2_sal") + "/removal"))
    done(write(helle, entry("party", "housing") + "/removal"))
    assert wording(scene).audience("aeldre_paa_2_sal") is None
    assert "målgruppen findes ikke" in plain(helle.text("/plan/draft"))
    difference = plain(helle.text("/plan/draft/difference"))
    assert "Oversvømmelse" in difference and "Rigtige svar." in difference and "Natklubben" in difference
    assert plan_for(scene.cast.lindevangen).document.category("oversvoemmelse") is None, "nothing counts yet"


def test_two_who_write_at_once_lose_nothing(scene, at, draft) -> None:
    helle, sanne = at(scene.cast.helhedsplan), at(scene.cast.ssp)
    path = entry("contact", "ssp.ssp")
    here, elsewhere = shown(sanne, path), opened(sanne, entry("chain"))
    typed = {"unit": "SSP", "first": "Sannes ord", "deputy": "Lederen"}
    done(write(helle, path, unit="SSP", first="Helles ord", deputy="Lederen"))
    done(sanne.post(entry("chain"), elsewhere | CHAIN))
    answer = sanne.post(path, here | typed)
    assert answer.status_code == 409
    assert "Helles ord" in answer.text and "Sannes ord" in answer.text, "both wordings stand on the page"
    assert wording(scene).party("ssp").contacts[0].first == "Helles ord"
    again = {name: value for name, value in _hidden(answer.text).items() if name in ("once", "digest")}
    done(sanne.post(path, again | typed))
    assert wording(scene).party("ssp").contacts[0].first == "Sannes ord"
    assert wording(scene).chain.deputy_after_minutes == 2, "what was written elsewhere stands"


def test_what_was_typed_outlives_that_the_entry_or_the_draft_is_gone(scene, at, draft) -> None:
    helle, sanne = at(scene.cast.helhedsplan), at(scene.cast.ssp)
    path = entry("contact", "ssp.ssp")
    here = opened(sanne, path)
    typed = {"unit": "SSP", "first": "Sannes ord", "deputy": "Lederen"}
    done(write(helle, path + "/removal"))
    answer = sanne.post(path, here | typed)
    assert answer.status_code == 409 and "Sannes ord" in answer.text and "Det er fjernet" in answer.text
    again = {name: value for name, value in _hidden(answer.text).items() if name in ("once", "digest")}
    done(sanne.post(path, again | typed))
    assert [contact.unit for contact in wording(scene).party("ssp").contacts] == ["Opsøgende team", "SSP"]
    late = opened(sanne, path)
    done(write(helle, "/plan/draft/discard"))
    answer = sanne.post(path, late | typed | {"first": "For sent"})
    assert answer.status_code == 409 and "For sent" in answer.text and "kasseret" in answer.text


def _hidden(page: str) -> dict[str, str]:
    return hidden(page[page.index('id="form"') :])


def test_a_name_stands_for_a_wording_and_not_for_the_next(scene, at, draft) -> None:
    helle = at(scene.cast.helhedsplan)
    first = {"category": "fire", "audience": "associations", "phase": "first", "language": "da",
             "text": "Ro i {område}.",             "approved_by": "", "released_by": "Vagtchefen, 1.11."}  # fmt: skip
    done(write(helle, "/plan/draft/entries/message/new", **first))
    english = first | {"language": "en", "text": "Calm in {område}.", "approved_by": "Ann, tolk", "released_by": ""}
    done(write(helle, "/plan/draft/entries/message/new", **english))
    assert "Det står der allerede" in write(helle, "/plan/draft/entries/message/new", **english).text
    path = entry("message", "fire.associations.first.da")
    refused = write(helle, path, **(first | {"text": "Helt nye ord."}))
    assert refused.status_code == 422 and "Ordlyden er ændret" in refused.text
    done(write(helle, path, **(first | {"text": "Helt nye ord.", "released_by": ""})))
    texts = {m.language: m for m in wording(scene).messages if m.audience == "associations"}
    assert texts[Language.ENGLISH].approved_by == "", "nobody has approved a translation of the new Danish words"


def test_two_parties_make_it_the_plan_and_a_change_in_between_asks_again(scene, at, draft) -> None:
    cast = scene.cast
    helle, sanne, poul = at(cast.helhedsplan), at(cast.ssp), at(cast.police)
    running = scene.activate(cast.ssp)
    before = plan_for(cast.lindevangen).plan
    done(write(helle, entry("chain"), **CHAIN))
    done(say_yes(helle))
    assert say_yes(helle).status_code == 422, "not twice by the same"
    assert "Helle Plan, Lindevangen på Vej har sagt ja" in plain(sanne.text("/plan/draft"))
    done(write(sanne, entry("chain"), **(CHAIN | {"all_after_minutes": "7"})))
    done(say_yes(sanne))
    assert plan_for(cast.lindevangen).plan is before, "the first yes was to other words"
    answer = done(say_yes(poul))
    assert answer.headers["Location"] == "/plan"
    db.session.expire_all()
    plan = plan_for(cast.lindevangen).plan
    assert (plan.version, plan.status) == (2, PlanStatus.APPROVED)
    assert plan.approved_by == "Sanne Spang, SSP og opsøgende team og Poul Betjent, Østkystens Politi"
    assert document_of(plan).chain.all_after_minutes == 7
    assert db.session.get(Plan, before.id).status is PlanStatus.SUPERSEDED
    assert running.plan_id == before.id, "what runs keeps its version"
    assert scene.activate(cast.ssp, what="Noget nyt").plan_id == plan.id
    told = db.session.query(Notice).filter(Notice.about == f"plan:{plan.public_id}").count()
    assert told == len(document_of(plan).party_keys)
    assert db.session.query(AuditEntry).filter_by(kind="plan_approved").count() == 1
    assert "intet udkast" in plain(helle.text("/plan/draft"))


def test_nobody_says_yes_to_a_plan_with_faults_or_to_words_they_have_not_seen(scene, at, draft) -> None:
    helle, sanne = at(scene.cast.helhedsplan), at(scene.cast.ssp)
    kept = opened(sanne, "/plan/draft/approval")
    done(write(helle, entry("chain"), **(CHAIN | {"deputy_after_minutes": "9"})))
    assert sanne.post("/plan/draft/approval", kept).status_code == 409
    refused = say_yes(sanne)
    assert refused.status_code == 422 and "Tilkaldekæden skal gå fra vagthavende" in plain(refused.text)
    assert draft.ended_at is None


def test_there_is_one_open_draft_however_often_one_begins(scene, at, draft) -> None:
    sanne = at(scene.cast.ssp)
    sanne.post("/plan/draft", {"once": "a" * 20})
    sanne.post("/plan/draft", {"once": "b" * 20})
    assert db.session.query(PlanDraft).filter_by(ended_at=None).count() == 1
    done(write(sanne, "/plan/draft/discard"))
    assert db.session.query(PlanDraft).filter_by(ended_at=None).count() == 0
    assert plan_for(scene.cast.lindevangen).plan.version == 1


def test_what_learning_proposes_lies_beside_the_section_and_is_carried_out_with_the_plan(scene, at, draft) -> None:
    cast = scene.cast
    incident = scene.activate(cast.ssp)
    stand_down(incident, scene.reader(cast.ssp), StandDown((), move_tasks=True))
    point = add_learning_point(
        open_review(incident), "Vi ventede for længe", cast.actors["ssp"], time.local(time.now()).date(),
        by=scene.reader(cast.ssp).by, proposal=Proposal(PlanPart.CHAIN, "Stedfortræder efter to minutter"),
    )  # fmt: skip
    db.session.commit()
    sanne, poul = at(cast.ssp), at(cast.police)
    before = {path: _read(poul, path) for path in ("/plan/draft", "/plan/draft/sections/chain", entry("chain"))}
    answer = done(tap(sanne, "/learning", f"/learning/{point.public_id}/proposal"))
    assert answer.headers["Location"] == "/plan/draft/sections/chain"
    assert "Stedfortræder efter to minutter" in plain(sanne.text("/plan/draft/sections/chain"))
    assert "Stedfortræder efter to minutter" in plain(sanne.text(entry("chain"))), "beside the form too"
    assert {path: _read(poul, path) for path in before} == before, "the police see nothing of what is no politisag"
    assert poul.post(f"/learning/{point.public_id}/proposal", {"once": "c" * 20}).status_code == 404
    done(write(sanne, entry("chain"), **CHAIN))
    done(say_yes(sanne))
    done(say_yes(poul))
    db.session.refresh(point)
    assert point.closed_note == "Gennemført i planens version 2."
    assert "Poul" not in plain(sanne.text(f"/incidents/{incident.public_id}/log")), "no police in its log"


def _read(visitor, path: str) -> str:
    return plain(visitor.text(path))


@pytest.mark.parametrize(("days", "said"), [(31, None), (30, "skal gennemgås senest"), (-1, "skulle være gennemgået")])
def test_parties_are_reminded_a_month_before_the_review_and_when_it_has_passed(scene, clock: Clock, days, said) -> None:
    plan = plan_for(scene.cast.lindevangen).plan
    clock.advance(days=(plan.review_on - time.local(time.now()).date()).days - days, hours=-13)
    while time.local(time.now()).weekday() > 4:  # office hours; the night's clock stands at 23.40
        clock.advance(days=1)
    jobs.remind_of_review()
    jobs.remind_of_review()
    told = db.session.query(Notice).filter(Notice.about == f"plan:{plan.public_id}").all()
    assert len(told) == (5 if said else 0)
    assert all(said in notice.text for notice in told)
