"""Everybody who could ask, the incidents they ask about, and every right by name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import product

from app.areas.roles import Role
from app.plans.kokkedal import model
from app.plans.tracks import (
    IncidentFacts,
    Ruling,
    Who,
    may_acknowledge_instruction,
    may_acknowledge_message,
    may_act,
    may_activate,
    may_add_actor,
    may_add_fact,
    may_add_learning,
    may_add_to_locked_review,
    may_annul,
    may_answer_debrief,
    may_answer_same_incident,
    may_approve_summary,
    may_approve_translation,
    may_break_glass,
    may_break_off,
    may_close_glimpse,
    may_close_learning,
    may_close_review,
    may_confirm_police_act,
    may_deny_police_act,
    may_deviate,
    may_engage,
    may_enter_room,
    may_erase_entry,
    may_give_summary,
    may_glimpse,
    may_hold_texts,
    may_instruct,
    may_join,
    may_let_audience_free,
    may_let_in_colleague,
    may_log,
    may_propose_plan_line,
    may_record_for_police,
    may_record_informed,
    may_record_stance,
    may_release,
    may_release_case,
    may_reopen,
    may_request_activation,
    may_return_broadcast,
    may_see_entry,
    may_see_incident,
    may_sign_off,
    may_stand_down,
    may_start_exercise,
    may_succeed,
    may_take_card,
    may_take_over_lead,
    may_take_stance,
    may_withdraw,
    may_write_broadcast,
    may_write_message,
    may_write_report,
    may_write_summary,
)
from app.plans.tracks.files import may_take_files
from app.plans.vocabulary import IncidentStatus, SharingLevel, Track

PLAN = model()
A, B = Track.POLICE, Track.NON_POLICE
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PARTIES = ("police", "ssp", "youth_club", "family_centre", "helhedsplan")
NO_PARTY = ("housing", "municipality")  # may activate
BYSTANDER = "cafe"  # an association that the plan does not mention
ACTORS = (*PARTIES, *NO_PARTY, BYSTANDER, None)
ME, SOMEBODY = 1, 2
HERE, ELSEWHERE = 7, 8  # incident ids

# A: the police rang, the helhedsplan recorded it. B: SSP activated and is tovholder.
CASES = {
    A: IncidentFacts(
        id=HERE, track=A, status=IncidentStatus.ACTIVE, leader_actor="police", participants=frozenset(PARTIES),
        activator_actor="police", recorded_by_actor="helhedsplan", has_unconfirmed_police_act=True,
        has_unconfirmed_activation=True,
    ),
    B: IncidentFacts(
        id=HERE, track=B, status=IncidentStatus.ACTIVE, leader_actor="ssp",
        participants=frozenset(PARTIES) - {"police"}, activator_actor="ssp",
    ),
}  # fmt: skip


@cache
def everybody() -> tuple[Who, ...]:
    """Every actor, role, double membership and kind of login that can be put together."""
    kinds = ({}, {"guest_of": HERE}, {"guest_of": ELSEWHERE}, {"is_administrator": True})
    return tuple(
        Who(ME, actor, f"org of {actor}", role, police_in_area=also_police or actor == "police", **kind)
        for actor, role, also_police, kind in product(ACTORS, (*Role, None), (False, True), kinds)
    )


@dataclass(frozen=True)
class Asked:
    """One question: who, about which incident of which track."""

    who: Who
    track: Track
    case: IncidentFacts

    @property
    def stood_down(self) -> IncidentFacts:
        return replace(self.case, status=IncidentStatus.STOOD_DOWN)

    @property
    def closed(self) -> IncidentFacts:
        return replace(self.case, status=IncidentStatus.CLOSED)

    @property
    def to_police(self) -> IncidentFacts:
        return replace(self.case, status=IncidentStatus.TO_POLICE)

    @property
    def released(self) -> IncidentFacts:
        ended = dict.fromkeys(self.case.participants, NOON)
        nobody: frozenset[str] = frozenset()
        return replace(
            self.case, status=IncidentStatus.RELEASED, participants=nobody, ended_participants=ended,
            has_unconfirmed_police_act=True,
        )  # fmt: skip

    def entry(self, level: SharingLevel, organisation: str | None) -> Ruling:
        return may_see_entry(level, organisation, self.who, self.case, NOON)

    def card(self, party: str, *, is_silent: bool) -> Ruling:
        return may_take_card(PLAN, self.who, self.case, party, is_silent=is_silent)

    def confirm(self, recorder: int, *, by_call_back: bool = False) -> Ruling:
        return may_confirm_police_act(PLAN, self.who, self.case, recorder, by_call_back=by_call_back)

    def add(self, *, on_behalf: bool) -> Ruling:
        return may_add_actor(PLAN, self.who, self.case, BYSTANDER, is_police=False, on_behalf=on_behalf)

    def stance_of_another(self) -> Ruling:
        party = "youth_club" if self.who.actor_key == "ssp" else "ssp"
        return may_record_stance(PLAN, self.who, self.case, party)


def partner(case: IncidentFacts) -> Who:
    """Another coordinator who takes part."""
    return Who(SOMEBODY, "helhedsplan", "another", Role.COORDINATOR, police_in_area=False)


OTHERS_TEXT, OWN_TEXT = frozenset({SOMEBODY}), frozenset({ME, SOMEBODY})

RIGHTS: dict[str, Callable[[Asked], Ruling]] = {
    "activate": lambda q: may_activate(PLAN, q.who, q.track),
    "ask for activation": lambda q: may_request_activation(PLAN, q.who, q.track),
    "start an exercise": lambda q: may_start_exercise(PLAN, q.who, q.track),
    "join": lambda q: may_join(PLAN, q.who, q.case),
    "record police's activation": lambda q: may_record_for_police(PLAN, q.who),
    "record police's act": lambda q: may_record_for_police(PLAN, q.who, q.case),
    "confirm police's act": lambda q: q.confirm(SOMEBODY),
    "confirm own record": lambda q: q.confirm(ME),
    "confirm own by call-back": lambda q: q.confirm(ME, by_call_back=True),
    "deny police's act": lambda q: may_deny_police_act(PLAN, q.who, q.case),
    "see incident": lambda q: may_see_incident(q.who, q.case),
    "enter room": lambda q: may_enter_room(q.who, q.case),
    "glimpse": lambda q: may_glimpse(PLAN, q.who, q.case),
    "read parties' entry": lambda q: q.entry(SharingLevel.PARTIES, "another"),
    "read public entry": lambda q: q.entry(SharingLevel.PUBLIC, "another"),
    "read own org's entry": lambda q: q.entry(SharingLevel.OWN_ORGANISATION, q.who.organisation),
    "read other org's entry": lambda q: q.entry(SharingLevel.OWN_ORGANISATION, "another"),
    "act": lambda q: may_act(PLAN, q.who, q.case),
    "log": lambda q: may_log(PLAN, q.who, q.case),
    "take over lead": lambda q: may_take_over_lead(PLAN, q.who, q.case),
    "stand down": lambda q: may_stand_down(PLAN, q.who, q.case),
    "stand down, told": lambda q: may_stand_down(PLAN, q.who, q.case, on_behalf=True),
    "pass on": lambda q: may_succeed(PLAN, q.who, q.case),
    "pass on, told": lambda q: may_succeed(PLAN, q.who, q.case, on_behalf=True),
    "answer same incident": lambda q: may_answer_same_incident(PLAN, q.who, q.case),
    "give summary": lambda q: may_give_summary(PLAN, q.who, q.to_police),
    "release case": lambda q: may_release_case(PLAN, q.who, q.case),
    "release case, told": lambda q: may_release_case(PLAN, q.who, q.case, on_behalf=True),
    "confirm release of case": lambda q: may_confirm_police_act(PLAN, q.who, q.released, SOMEBODY),
    "deny release of case": lambda q: may_deny_police_act(PLAN, q.who, q.released),
    "annul": lambda q: may_annul(PLAN, q.who, q.case),
    "annul, told": lambda q: may_annul(PLAN, q.who, q.case, on_behalf=True),
    "reopen": lambda q: may_reopen(PLAN, q.who, q.stood_down),
    "reopen, told": lambda q: may_reopen(PLAN, q.who, q.stood_down, on_behalf=True),
    "break off exercise": lambda q: may_break_off(PLAN, q.who, q.case),
    "answer debrief": lambda q: may_answer_debrief(PLAN, q.who, q.stood_down),
    "add learning point": lambda q: may_add_learning(PLAN, q.who, q.stood_down),
    "close leader's learning": lambda q: may_close_learning(PLAN, q.who, q.stood_down, q.case.leader_actor),
    "close review": lambda q: may_close_review(PLAN, q.who, q.stood_down),
    "sign off review": lambda q: may_sign_off(PLAN, q.who, q.stood_down),
    "add to locked review": lambda q: may_add_to_locked_review(PLAN, q.who, q.closed),
    "take files": lambda q: may_take_files(PLAN, q.who, q.case),
    "take files, part ended": lambda q: may_take_files(PLAN, q.who, q.released),
    "hold back deletion": lambda q: may_hold_texts(PLAN, q.who, q.closed),
    "hold back, part ended": lambda q: may_hold_texts(PLAN, q.who, q.released),
    "write board summary": lambda q: may_write_summary(PLAN, q.who, q.closed),
    "approve board summary": lambda q: may_approve_summary(PLAN, q.who, q.closed),
    "add an actor": lambda q: q.add(on_behalf=False),
    "add an actor, told": lambda q: q.add(on_behalf=True),
    "take silent card": lambda q: q.card("helhedsplan", is_silent=True),
    "take answered card": lambda q: q.card("helhedsplan", is_silent=False),
    "take police's card": lambda q: q.card("police", is_silent=True),
    "let in colleague": lambda q: may_let_in_colleague(PLAN, q.who, q.case, colleague_is_police=False),
    "let in police colleague": lambda q: may_let_in_colleague(PLAN, q.who, q.case, colleague_is_police=True),
    "erase with another": lambda q: may_erase_entry(q.who, partner(q.case), q.case),
    "erase alone": lambda q: may_erase_entry(q.who, q.who, q.case),
    "release": lambda q: may_release(PLAN, q.who, q.case, OTHERS_TEXT),
    "release own text": lambda q: may_release(PLAN, q.who, q.case, OWN_TEXT),
    "release own text, told": lambda q: may_release(PLAN, q.who, q.case, OWN_TEXT, on_behalf=True),
    "release, police let free": lambda q: may_release(PLAN, q.who, q.case, OTHERS_TEXT, standing_release=True),
    "release, wording let free": lambda q: may_release(PLAN, q.who, q.case, OTHERS_TEXT, released_in_advance=True),
    "release own, let free": lambda q: may_release(PLAN, q.who, q.case, OWN_TEXT, released_in_advance=True),
    "instruct": lambda q: may_instruct(PLAN, q.who, q.case),
    "instruct, told": lambda q: may_instruct(PLAN, q.who, q.case, on_behalf=True),
    "hide case": lambda q: may_close_glimpse(PLAN, q.who, q.case),
    "hide case, told": lambda q: may_close_glimpse(PLAN, q.who, q.case, on_behalf=True),
    "acknowledge instruction": lambda q: may_acknowledge_instruction(PLAN, q.who, q.case, is_for_us=True),
    "acknowledge others' instr.": lambda q: may_acknowledge_instruction(PLAN, q.who, q.case, is_for_us=False),
    "deviate": lambda q: may_deviate(PLAN, q.who, q.case, is_for_us=True),
    "deviate from others'": lambda q: may_deviate(PLAN, q.who, q.case, is_for_us=False),
    "propose plan line": lambda q: may_propose_plan_line(PLAN, q.who, q.case),
    "agree or disagree": lambda q: may_take_stance(PLAN, q.who, q.case),
    "record another's stance": lambda q: q.stance_of_another(),
    "record stance of the police": lambda q: may_record_stance(PLAN, q.who, q.case, "police"),
    "withdraw": lambda q: may_withdraw(PLAN, q.who, q.case),
    "write after-message": lambda q: may_write_broadcast(PLAN, q.who, q.case, after=True),
    "release after-message": lambda q: may_release(PLAN, q.who, q.case, OTHERS_TEXT, after=True),
    "withdraw after-message": lambda q: may_withdraw(PLAN, q.who, q.case, after=True),
    "write a text": lambda q: may_write_broadcast(PLAN, q.who, q.case),
    "approve a translation": lambda q: may_approve_translation(PLAN, q.who, q.case),
    "return a text": lambda q: may_return_broadcast(PLAN, q.who, q.case),
    "send alone": lambda q: may_break_glass(PLAN, q.who, q.case),
    "let audience free": lambda q: may_let_audience_free(PLAN, q.who, q.case),
    "let audience free, told": lambda q: may_let_audience_free(PLAN, q.who, q.case, on_behalf=True),
    "record who is informed": lambda q: may_record_informed(PLAN, q.who, q.case),
    "send volunteers": lambda q: may_engage(PLAN, q.who, q.case),
    "send volunteers, told": lambda q: may_engage(PLAN, q.who, q.case, on_behalf=True),
    "add a fact": lambda q: may_add_fact(PLAN, q.who, q.case),
    "write report": lambda q: may_write_report(PLAN, q.who, q.case),
    "write message": lambda q: may_write_message(PLAN, q.who, q.case),
    "acknowledge message": lambda q: may_acknowledge_message(PLAN, q.who, q.case),
}  # fmt: skip
