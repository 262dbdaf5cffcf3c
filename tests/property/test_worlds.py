"""On worlds made up at random: what the rules allow is what every query, page and poll gives, and no B reaches police.

A world that fails is named by its seed: `let_happen` plays the same moves again.
"""

import os
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import User
from app.extensions import db
from app.incidents.models import Incident
from app.logbook.models import LogEntry
from app.plans.queries import plan_for
from tests.factories import Visitor
from tests.leaks.addresses import NOBODYS_ID
from tests.property import oracle, readers
from tests.property.moves import AFTERWARDS, BEGINNING, EVERYTHING, ONLY_B
from tests.property.world import World, guests, let_happen, make_world, memberships, reader_of

SEEDS = range(int(os.environ.get("WORLDS", "24")))  # a night of them finds more
PER_TEST = 3
PAGES = 7  # looked at by one person in one world; over all worlds every address has its turn many times
MARK = re.compile(r"zq\d+n\d+qz")
CHANGING = re.compile(r"[\w.-]{32,}|20\d\d-\d\d-\d\dT[\d:.+]+|\d\d:\d\d:\d\d")
Answer = tuple[int, str, str | None]


def look(visitor: Visitor, path: str) -> Answer:
    """Everything that can be told from an answer: status, text (and so its size), where it leads."""
    answer = visitor.get(path)
    return answer.status_code, CHANGING.sub("", answer.text), answer.headers.get("Location")


def everybody(world: World) -> list[User]:
    return [*world.people, *guests(world.area)]


def of_the_police(world: World) -> list[User]:
    return [user for user in everybody(world) if oracle.is_police(user.id, world.area.id)]


# ---- what is allowed and what is given -------------------------------------------------------------------------------


def queries_give_what_the_rules_allow(world: World) -> None:
    plan = plan_for(world.area).document
    for held in memberships(world.area):
        for name, check in readers.QUERIES.items():
            try:
                check(reader_of(held), plan, world.incidents)
            except AssertionError as wrong:
                raise AssertionError(f"{name} for {held.user.name} as {held.actor.key}. {world.say_what()}") from wrong


def pages_give_what_the_rules_allow(app: Flask, world: World) -> None:
    for user in world.dice.sample(everybody(world), 2):
        visitor, allowed = Visitor(app, user), marks_for(world, user)
        paths = world.dice.sample(readers.addresses(app), PAGES // 2)
        for incident in world.dice.sample(world.incidents, min(2, len(world.incidents))):
            paths += [f"/incidents/{incident.public_id}", f"/incidents/{incident.public_id}/log"]
            paths += world.dice.sample(readers.addresses_in(app, incident), PAGES // 2)
            room_opens_for_whom_it_should(visitor, world, user, incident)
            papers_hold_what_may_be_read(visitor, world, user, incident)
        path, form = world.dice.choice(list(readers.PAPERS_OF_THE_AREA.values()))
        answer = visitor.post(path, form)
        if answer.status_code == 303 and "/documents/" in answer.location:
            shown = set(MARK.findall(readers.paper_asked_for(answer.location)))
            assert shown <= allowed, f"{user.name} was given {shown - allowed}. {world.say_what()}"
        for path in paths:
            shown = set(MARK.findall(visitor.get(path).text))
            assert shown <= allowed, f"{user.name} read {shown - allowed} at {path}. {world.say_what()}"


def room_opens_for_whom_it_should(visitor: Visitor, world: World, user: User, incident: Incident) -> None:
    base, sees = f"/incidents/{incident.public_id}", oracle.sees(user, incident)
    status = visitor.get(base).status_code
    assert status == 200 if sees else status in (403, 404), f"{user.name}: {status} at {base}. {world.say_what()}"
    if sees:
        shown = {m for m in MARK.findall(visitor.get(f"{base}/log").text) if m in world.entry_marks}
        must = must_read(world, user, incident)
        assert must <= shown, f"{user.name} was not shown {must - shown} at {base}/log. {world.say_what()}"


def papers_hold_what_may_be_read(visitor: Visitor, world: World, user: User, incident: Incident) -> None:
    for kind, path in readers.PAPERS.items():
        answer = visitor.post(f"/incidents/{incident.public_id}{path}", {"once": f"{world.seed}-{incident.id}-{kind}"})
        if answer.status_code == 303 and "/documents/" in answer.location:
            shown = set(MARK.findall(readers.paper_asked_for(answer.location)))
            assert shown <= marks_for(world, user), f"{user.name} was given {kind}. {world.say_what()}"
            # Whose part ended may take the record of it along; how it stands now is for who is in the room.
            may = oracle.is_inside if kind == "situation_report" else oracle.sees
            assert may(user, incident), f"{user.name} asked for {kind}. {world.say_what()}"


def marks_for(world: World, user: User) -> set[str]:
    """What this person may read anywhere."""
    seen = {incident.id: incident for incident in world.incidents if oracle.sees(user, incident)}
    own = {mark for mark, ids in world.marks.items() if ids & seen.keys()}
    chains = {incident.chain_id: incident for incident in seen.values()}
    entries = {m for m, (c, seq) in world.entry_marks.items() if c in chains and reads(user, chains[c], seq)}
    belongs = any(who.is_member for who in oracle.everybody(user, world.area.id))
    own |= world.public_marks if belongs else set()
    return own | entries | (world.request_marks if may_hear_requests(world, user) else set())


def must_read(world: World, user: User, incident: Incident) -> set[str]:
    """Entries on the log's first page that the person may read whoever of themselves they are."""
    one = len(list(oracle.everybody(user, incident.area_id))) == 1
    newest = incident.chain.seq - 45
    of_it = {m: seq for m, (chain, seq) in world.entry_marks.items() if chain == incident.chain_id and seq > newest}
    return {mark for mark, seq in of_it.items() if one and reads(user, incident, seq)}


def reads(user: User, incident: Incident, seq: int) -> bool:
    return oracle.reads(user, incident, db.session.get_one(LogEntry, (incident.chain_id, seq)))


def may_hear_requests(world: World, user: User) -> bool:
    known = list(oracle.everybody(user, world.area.id))
    return bool(known) and not any(who.police_in_area or who.is_administrator for who in known)


# ---- nothing of a B reaches the police -------------------------------------------------------------------------------


def nothing_of_b_reaches_the_police(app: Flask, world: World) -> None:
    """Not by a word, a number, a size, a counter or a way: whatever happens in Bs, every answer stays as it was."""
    watcher = world.dice.choice(of_the_police(world))
    paths = ["/", "/front/live", "/front/now", *world.dice.sample(readers.addresses(app), PAGES)]
    for incident in [i for i in world.incidents if oracle.sees(watcher, i)][-2:]:
        base = f"/incidents/{incident.public_id}"
        paths += [base, f"{base}/live", f"{base}/course"]
        paths += world.dice.sample(readers.addresses_in(app, incident), PAGES)
    visitor = Visitor(app, watcher)
    before = {path: look(visitor, path) for path in paths}
    people = {user.id for user in of_the_police(world)}
    let_happen(world, ONLY_B, 8)
    assert people == {user.id for user in of_the_police(world)}
    for path, answer in before.items():
        assert look(visitor, path) == answer, f"{watcher.name} sees {path} change. {world.say_what()}"
    no_address_knows_a_b(app, world, visitor)


def no_address_knows_a_b(app: Flask, world: World, visitor: Visitor) -> None:
    hidden = [incident for incident in world.incidents if not incident.is_police_case]
    for incident in hidden[-2:]:
        for path in world.dice.sample(readers.addresses_in(app, incident), PAGES // 3):
            nowhere = look(visitor, path.replace(incident.public_id, NOBODYS_ID))
            here = look(visitor, path)
            assert here[0] in (403, 404) and here == nowhere, f"{path}: {here[0]}. {world.say_what()}"
        ends = visitor.post(f"/activate/join/{incident.public_id}").status_code
        assert ends == visitor.post(f"/activate/join/{NOBODYS_ID}").status_code


@pytest.mark.parametrize("first", SEEDS[::PER_TEST])
def test_what_is_allowed_is_what_is_given_and_no_b_reaches_the_police(app, clock, first: int) -> None:
    for seed in range(first, first + PER_TEST):
        world = make_world(seed)
        let_happen(world, EVERYTHING, 16, BEGINNING)
        let_happen(world, AFTERWARDS, 4)
        clock.advance(minutes=3)
        queries_give_what_the_rules_allow(world)
        pages_give_what_the_rules_allow(app, world)
        nothing_of_b_reaches_the_police(app, world)
        clock.advance(minutes=1)


# ---- nobody reads by a way that this does not know -------------------------------------------------------------------


def test_every_query_that_takes_a_reader_is_compared_with_the_rules() -> None:
    known = readers.QUERIES.keys() | readers.GIVE_NOTHING
    found = set(readers.queries())
    assert found - known == set(), "compare it with the rules in tests/property/readers.py"
    assert known - found == set(), "gone, or called something else now"


def test_every_kind_of_file_is_asked_for_in_the_worlds(app: Flask) -> None:
    assert readers.kinds_of_paper() == readers.PAPERS.keys() | readers.PAPERS_OF_THE_AREA.keys()


def test_every_address_with_an_id_belongs_to_an_incident_or_holds_none(app: Flask) -> None:
    assert readers.unknown_addresses(app) == []


def test_the_worlds_are_worth_looking_at(app: Flask) -> None:
    """Both tracks, switches both ways, people of the police in Bs' parties: else the test above proves little."""
    done: set[str] = set()
    for seed in range(0, 60, 9):
        world = make_world(seed)
        let_happen(world, EVERYTHING, 16, BEGINNING)
        let_happen(world, AFTERWARDS, 4)
        done |= set(world.done)
    assert {"begin_a", "begin_b", "write_in", "know_in", "let_go_of", "answer_in", "end_in", "let_in_to"} <= done
    assert {"measure_in", "publish_from"} <= done
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Incident)) > 10
