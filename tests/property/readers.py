"""Everything by which anybody reads of an incident. It is found, not listed: what is new must join or be explained."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app

import app as application
from app.broadcasts.models import Broadcast
from app.broadcasts.queries import lately_to
from app.documents import kinds
from app.documents.models import Document
from app.exercises import queries as drills
from app.exercises import trend
from app.exercises.models import Drill
from app.extensions import db
from app.incidents.access import Reader, reachable
from app.incidents.models import Incident
from app.logbook.models import LogEntry
from app.measures import access as measures
from app.measures import queries as measured
from app.measures.models import Measure
from app.measures.rules import may_see as may_see_measure
from app.measures.vocabulary import OriginKind
from app.measures.vocabulary import Status as MeasureStatus
from app.planning import queries as drafts
from app.planning.models import PlanDraft
from app.plans.document import PlanDocument
from app.plans.tracks import may_be_briefed, may_enter_room, may_see_entry, may_see_incident
from app.reviews import queries as reviewed
from app.reviews import years
from app.reviews.models import LearningPoint
from app.room import archive, boards, heard, requests, running
from app.room import queries as rooms
from app.room.search import sources
from app.room.search.words import Words
from tests.leaks.addresses import OF_NO_INCIDENT
from tests.property.oracle import facts, glimpses

APP = Path(application.__file__).parent
UNDER = "/incidents/<public_id>"
LISTS = (
    "/incidents?kind=police", "/incidents?kind=non_police", "/incidents?kind=exercises", "/search?q=uro",
    "/search?q=zq&kind=log", "/search?q=zq&kind=messages", "/search?q=zq&kind=measures",
)  # fmt: skip
PANELS = ("band", "log", "tasks", "parties", "todo", "direction", "narrative", "informed")
# They answer the person and what is the area's: no incident stands behind them.
OWN = ("/me", "/administration", "/contacts", "/declaration", "/demo", "/health", "/sign-in", "/static", "/roster")


# ---- addresses -------------------------------------------------------------------------------------------------------


def addresses(app: Flask) -> list[str]:
    """Every address without ids that can be read, but for settings."""
    found = [r.rule for r in app.url_map.iter_rules() if not r.arguments and "GET" in r.methods]
    return sorted(rule for rule in found if not rule.startswith(OWN)) + list(LISTS)


def addresses_in(app: Flask, incident: Incident) -> list[str]:
    """Every address under an incident that needs no other id; other ids are walked in tests/leaks."""
    found = [r.rule for r in app.url_map.iter_rules() if r.arguments == {"public_id"} and "GET" in r.methods]
    own = [rule for rule in found if rule.startswith(UNDER)]
    paths = [rule.replace("<public_id>", incident.public_id) for rule in own]
    return sorted(paths) + [f"/incidents/{incident.public_id}/panels/{name}" for name in PANELS]


def unknown_addresses(app: Flask) -> list[str]:
    """With one id of something else, and neither walked here nor in tests/leaks nor known to hold no incident."""
    # In tests/leaks.
    walked = (
        "/documents/",
        "/briefings/",
        "/activate/",
        "/requests/",
        "/k/",
        "/colleague/",
        "/front/",
        "/inbox/",
        "/measures/",
        "/d/",
        "/exercises/",
        "/summaries/",
    )
    return [
        r.rule for r in app.url_map.iter_rules()
        if r.arguments and not r.rule.startswith((UNDER, *OWN, *OF_NO_INCIDENT, *walked)) and "GET" in r.methods
    ]  # fmt: skip


# ---- papers ----------------------------------------------------------------------------------------------------------

# Every kind of file that the worker makes: where it is asked for under an incident.
PAPERS = {
    "situation_report": "/situation/1/pdf", "drill_report_pdf": "/response/pdf", "drill_report_csv": "/response/csv"
} | {
    f"review_{kind}": f"/review/files?as={kind}" for kind in ("package", "pdf", "csv", "json")
}  # fmt: skip
# Files of the area, on which incidents are marked; where they are asked for and with what.
PAPERS_OF_THE_AREA = {
    f"tryghed_{ending}": ("/indicators/export", {"as": ending}) for ending in ("pdf", "xlsx", "csv")
} | {
    f"plan_{file}": ("/plan/files", {"file": f"plan_{file}"}) for file in ("booklet", "card", "contacts", "offline")
}  # fmt: skip

PAPERS_OF_THE_AREA |= {f"contacts_{ending}": ("/contacts/export", {"as": ending}) for ending in ("csv", "xlsx")}
OF_NO_INCIDENT_AT_ALL = {"sign_up_poster"}  # the area's public address and nothing else


def kinds_of_paper() -> set[str]:
    """All that this installation makes of what somebody might not be meant to read."""
    return set(kinds._KINDS) - OF_NO_INCIDENT_AT_ALL


def paper_asked_for(location: str) -> str:
    """Everything that will stand in the file, before it is set in type."""
    query = sa.select(Document).where(Document.public_id == location.rsplit("/", 1)[-1])
    return repr(db.session.scalars(query).one().data)


# ---- queries ---------------------------------------------------------------------------------------------------------

Check = Callable[[Reader, PlanDocument, list[Incident]], None]
QUERIES: dict[str, Check] = {}
# They take a reader and give no incidents, or only what one of the queries gave them.
GIVE_NOTHING = {
    "activate.joinable_of", "archive.kinds", "inbox.may_read", "inbox.waiting", "notices.told",
    # Of contacts, by a Reader of their own: tests/contacts compares rules and queries.
    "access.editable", "access.exportable", "rules.may_see", "rules.may_edit", "rules.may_export",
}  # fmt: skip


def reads(name: str) -> Callable[[Check], Check]:
    """This check covers the query of that name (module and function)."""

    def kept(check: Check) -> Check:
        QUERIES[name] = check
        return check

    return kept


def queries() -> Iterator[str]:
    """Every public function outside of the verbs that takes a Reader, as `module.function`."""
    for path in sorted(APP.rglob("*.py")):
        if {"operations", "transitions", "demo"} & set(path.relative_to(APP).parts) or path.stem == "operations":
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _takes_reader(node):
                yield f"{path.stem}.{node.name}"


def _takes_reader(node: ast.FunctionDef) -> bool:
    return any("Reader" in ast.unparse(a.annotation) for a in node.args.args if a.annotation is not None)


def _ids(found: Any) -> set[int]:
    return {incident.id for incident in found}


def _may(reader: Reader, incidents: list[Incident]) -> set[int]:
    return {i.id for i in incidents if may_see_incident(reader.who, facts(i))}


@reads("access.reachable")
def _reachable(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    assert _ids(db.session.scalars(reachable(reader))) == _may(reader, incidents)


@reads("running.reachable_ids")
def _reachable_ids(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    assert set(db.session.scalars(running.reachable_ids(reader))) == _may(reader, incidents)


@reads("archive.incidents_of")
def _archive(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    kinds = [kind for kind, _ in archive.kinds(reader)]
    for kind in kinds:
        found = _ids(archive.incidents_of(reader, kind, ""))
        assert found <= _may(reader, incidents)
        assert kind or found == _may(reader, incidents)


@reads("running.running")
def _running(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    found, open_ = running.running(reader), [i for i in incidents if i.is_open]
    inside = {i.id for i in open_ if may_enter_room(reader.who, facts(i))}
    assert _ids(found.mine) == inside
    assert _ids(found.glimpses) == {i.id for i in open_ if glimpses(plan, reader.who, i)} - inside


@reads("running.topics")
def _topics(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    heard = running.topics(reader, plan).values()
    for topic in heard:
        kind, _, rest = topic.partition(":")
        if kind == "incident":
            assert int(rest.split(":")[0]) in _may(reader, incidents), topic
        assert not (reader.who.police_in_area and (topic.endswith("non_police") or kind == "notices")), topic
        if kind in ("front", "glimpse"):
            assert rest.split(":")[0] == str(reader.area.id), topic


@reads("queries.lately_to")
def _lately(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    written = list(db.session.scalars(sa.select(Broadcast).limit(5)))
    for one in written:
        assert {b.incident_id for b in lately_to(reader, one.audiences, one)} <= _may(reader, incidents)


@reads("requests.answerable")
@reads("requests.own_open")
def _requests(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    found = [*requests.answerable(reader, plan), *requests.own_open(reader)]
    for one in found:
        assert one.area_id == reader.area.id
        assert not (reader.who.police_in_area and one.track == "non_police")


@reads("boards.briefings_for")
def _briefings(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    by_id = {incident.id: incident for incident in incidents}
    for one in boards.briefings_for(reader):
        assert may_be_briefed(reader.who, facts(by_id[one.text.incident_id]))


@reads("boards.summaries_for")
def _summaries(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    by_id = {incident.id: incident for incident in incidents}
    for one in boards.summaries_for(reader):
        assert may_be_briefed(reader.who, facts(by_id[one.review.incident_id]))


@reads("queries.points_for")
@reads("queries.proposals_for")
def _learning(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    may = _may(reader, incidents)
    found = {point.id for point, _ in reviewed.points_for(reader)}
    assert found == {p.id for p in db.session.scalars(sa.select(LearningPoint)) if p.review.incident_id in may}
    for draft in db.session.scalars(sa.select(PlanDraft)):
        assert {point.id for _, point in drafts.proposals_for(draft, reader)} <= found


@reads("years.years_of")
def _years(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    may = _may(reader, incidents)
    counted = [i for i in incidents if i.id in may and i.status in years.COUNTED]
    tables = [table for year in years.years_of(reader) for table in year.tables if len(table.rows)]
    shown = sum(row.incidents for table in tables if table.title in ("Hændelser", "Øvelser") for row in table.rows)
    assert shown == len(counted)


@reads("queries.drills_for")
@reads("queries.may_see")
@reads("trend.exercises_of")
@reads("trend.trend_of")
def _drills(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    may = _may(reader, incidents)
    every = list(db.session.scalars(sa.select(Drill).where(Drill.area_id == reader.area.id)))
    seen = {drill.id for drill in every if drills.may_see(reader, drill)}
    assert {drill.id for drill in drills.drills_for(reader)} == seen
    for drill in every:
        if reader.who.police_in_area and drill.track == "non_police":
            assert drill.id not in seen
    assert _ids(trend.exercises_of(reader)) <= may
    assert {time.incident.id for party in trend.trend_of(reader) for time in party.times} <= may


@reads("sources.incidents")
@reads("sources.entries")
@reads("sources.messages")
@reads("sources.measures")
def _searched(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    may = {i.public_id for i in incidents if i.id in _may(reader, incidents)}
    rooms = {i.public_id for i in incidents if may_enter_room(reader.who, facts(i))}
    with current_app.test_request_context():
        every = {key: _all_of(find, reader, Words.of("zq")) for key, (_label, find) in sources.SOURCES.items()}
        named = _all_of(sources.incidents, reader, Words.of("uro"))
    assert named == {i.public_id for i in incidents if i.public_id in may and "uro" in i.what.casefold()}
    assert every["incidents"] <= may
    named_by = {i.public_id: i for i in incidents}
    for public_id, _dot, seq in (place.rpartition(".") for place in every["log"]):
        one = db.session.get_one(LogEntry, (named_by[public_id].chain_id, int(seq)))
        level, author = one.sharing, one.author_organisation_key
        assert may_see_entry(level, author, reader.who, facts(named_by[public_id]), one.recorded_at), (public_id, seq)
    texts = sa.select(Broadcast).join(Incident).where(Incident.public_id.in_(rooms))
    assert every["messages"] <= {b.public_id for b in db.session.scalars(texts)}
    assert every["measures"] <= {m.public_id for m in db.session.scalars(measures.visible(reader))}


def _all_of(find: Callable[..., sources.Found], reader: Reader, words: Words) -> set[str]:
    """The places of all hits, page after page."""
    found, after = set(), ""
    while True:
        page = find(reader, words, after)
        found |= {hit.place for hit in page.hits}
        if not page.after:
            return found
        after = page.after


@reads("queries.page_of")
@reads("queries.open_by_dimension")
@reads("queries.done_times")
@reads("queries.of_incident")
@reads("queries.measures_of")
@reads("queries.of_origins")
@reads("access.visible")
def _measures(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    every = list(db.session.scalars(sa.select(Measure).where(Measure.area_id == reader.area.id)))
    may = {m.id for m in every if may_see_measure(reader.who, *measures.facts(m))}
    assert _ids(db.session.scalars(measures.visible(reader))) == may
    lists = [measured.page_of(reader, None, status) for status in (None, *MeasureStatus)]
    by_dimension = measured.open_by_dimension(reader).values()
    assert _ids(m for some in (*lists, *by_dimension) for m in some) == may
    assert len(measured.done_times(reader, 99)) == sum(m.status == "done" for m in every if m.id in may)
    for incident in incidents:
        assert _ids(measured.of_incident(reader, incident)) <= may
        assert _ids(rooms.measures_of(reader, incident)) == _ids(measured.of_incident(reader, incident))
    given = measured.of_origins(reader, OriginKind.INCIDENT, [i.public_id for i in incidents]).values()
    assert _ids(m for some in given for m in some) <= may


@reads("heard.may_write_for_police")
def _heard(reader: Reader, plan: PlanDocument, incidents: list[Incident]) -> None:
    for incident in incidents:
        if heard.may_write_for_police(incident, reader):
            assert glimpses(plan, reader.who, incident) and incident.track == "police", incident.id
