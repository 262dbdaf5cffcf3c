"""The tracks told as stories that somebody who knows the work can read: C1, C6, C12, and the cases people forget."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.areas.roles import Role
from app.plans.kokkedal import model
from app.plans.tracks import (
    IncidentFacts,
    Ruling,
    Who,
    default_leader,
    leader_choices,
    may_activate,
    may_add_actor,
    may_annul,
    may_confirm_police_act,
    may_deny_police_act,
    may_enter_room,
    may_glimpse,
    may_join,
    may_log,
    may_record_for_police,
    may_release,
    may_reopen,
    may_request_activation,
    may_see_entry,
    may_see_incident,
    may_stand_down,
    may_start_exercise,
    may_succeed,
    may_take_card,
    may_take_over_lead,
    participants,
)
from app.plans.vocabulary import CallLevel, IncidentStatus, SharingLevel, Track
from tests.plans.world import NOON, A, B

PLAN = model()
_ids = iter(range(1, 1000))


def person(actor: str | None, role: Role | None = Role.COORDINATOR, *, organisation: str | None = None,
           also_police: bool = False, **more: object) -> Who:
    is_police = also_police or actor == "police"
    return Who(next(_ids), actor, organisation or actor, role, police_in_area=is_police, **more)  # type: ignore[arg-type]


SSP, KLUB, FAMILIES, KP = person("ssp"), person("youth_club"), person("family_centre"), person("helhedsplan")
BO, KOM, POLICE = person("housing"), person("municipality"), person("police")


def activated(track: Track, category: str, by: str, recorded_by: str | None = None, **more: object) -> IncidentFacts:
    """The incident as it stands right after activation."""
    taking_part = participants(PLAN, track, category, by, recorded_by)
    return IncidentFacts(
        id=1, track=track, status=IncidentStatus.ACTIVE, leader_actor=default_leader(PLAN, track, by),
        participants=frozenset(p.actor_key for p in taking_part), activator_actor=by, recorded_by_actor=recorded_by,
        has_unconfirmed_police_act=recorded_by is not None,
        has_unconfirmed_activation=recorded_by is not None, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def woken(track: Track, category: str, by: str, recorded_by: str | None = None) -> dict[str, str]:
    """How each party is reached; those who are here already are left out."""
    return {
        p.actor_key: p.call_level.value for p in participants(PLAN, track, category, by, recorded_by) if not p.is_here
    }


class TestC1Shooting:
    """The police ring at night and activate; the helhedsplan takes the call and records it."""

    case = activated(A, "shooting", by="police", recorded_by="helhedsplan")

    def test_only_the_police_may_activate_a_politisag(self) -> None:
        assert may_activate(PLAN, POLICE, A)
        for other in (SSP, KLUB, FAMILIES, KP, BO, KOM):
            assert may_activate(PLAN, other, A).who_can == ("police",)

    def test_whoever_takes_the_call_records_it(self) -> None:
        for heard in (KP, SSP, KLUB, FAMILIES, BO, KOM, person("helhedsplan", Role.RESPONDER)):
            assert may_record_for_police(PLAN, heard)
        assert not may_record_for_police(PLAN, person("ssp", Role.OBSERVER))
        assert not may_record_for_police(PLAN, person("cafe"))
        assert not may_record_for_police(PLAN, KLUB, track=B), "the police's word opens nothing but a politisag"

    def test_all_five_parties_are_in_it_and_the_police_lead(self) -> None:
        assert self.case.participants == {"police", "ssp", "youth_club", "family_centre", "helhedsplan"}
        assert self.case.leader_actor == "police"
        assert leader_choices(A, tuple(self.case.participants)) == ("police",)

    def test_the_police_get_word_and_the_others_are_woken(self) -> None:
        assert woken(A, "shooting", "police", "helhedsplan") == {
            "police": "notify", "ssp": "call_now", "youth_club": "call_now", "family_centre": "notify",
        }  # fmt: skip

    def test_the_boligorganisation_that_took_the_call_joins_and_its_colleagues_sleep_on(self) -> None:
        joined = participants(PLAN, A, "shooting", "police", "housing")[-1]
        assert (joined.actor_key, joined.is_here, joined.call_level) == ("housing", True, CallLevel.WHEN_NEEDED)

    def test_otherwise_the_boligorganisation_gets_a_glimpse_unless_the_police_close_it(self) -> None:
        assert may_glimpse(PLAN, BO, self.case)
        assert not may_enter_room(BO, self.case)
        assert not may_glimpse(PLAN, BO, replace(self.case, glimpse_closed=True))
        assert may_join(PLAN, BO, self.case).who_can == ("police",)

    def test_a_second_person_confirms_or_the_police_or_a_call_back(self) -> None:
        assert not may_confirm_police_act(PLAN, KP, self.case, KP.user_id)
        assert may_confirm_police_act(PLAN, KP, self.case, KP.user_id, by_call_back=True)
        assert may_confirm_police_act(PLAN, SSP, self.case, KP.user_id)
        assert may_confirm_police_act(PLAN, POLICE, self.case, KP.user_id)

    def test_nothing_is_left_to_confirm_once_it_is_confirmed(self) -> None:
        confirmed = replace(self.case, has_unconfirmed_police_act=False)
        assert not may_confirm_police_act(PLAN, SSP, confirmed, KP.user_id)

    def test_the_police_may_deny_that_they_activated(self) -> None:
        assert may_deny_police_act(PLAN, POLICE, self.case)

    def test_the_recorder_takes_back_a_wrong_tap_until_the_police_have_confirmed(self) -> None:
        assert may_annul(PLAN, KP, self.case)
        confirmed = replace(self.case, has_unconfirmed_activation=False)
        assert may_annul(PLAN, KP, confirmed).who_can == ("police",)
        assert may_annul(PLAN, POLICE, confirmed)

    def test_nobody_takes_the_lead_from_the_police(self) -> None:
        assert may_take_over_lead(PLAN, KP, self.case).who_can == ("police",)

    def test_the_police_stand_down_or_say_so_by_phone(self) -> None:
        assert may_stand_down(PLAN, POLICE, self.case)
        alone = may_stand_down(PLAN, SSP, self.case)
        assert alone.who_can == ("police",)
        assert alone.reason is not None
        assert "registrér det for dem" in alone.reason.in_danish()
        assert may_stand_down(PLAN, SSP, self.case, on_behalf=True)
        assert not may_stand_down(PLAN, person("ssp", Role.RESPONDER), self.case, on_behalf=True)

    def test_a_text_goes_when_the_police_say_yes_by_phone_even_to_its_author(self) -> None:
        text_by_kp = frozenset({KP.user_id})
        assert may_release(PLAN, SSP, self.case, text_by_kp).who_can == ("police",)
        assert may_release(PLAN, POLICE, self.case, text_by_kp)
        assert may_release(PLAN, KP, self.case, text_by_kp, on_behalf=True)
        assert may_release(PLAN, SSP, self.case, text_by_kp, standing_release=True)
        assert not may_release(PLAN, KP, self.case, text_by_kp, standing_release=True)

    def test_what_an_organisation_keeps_to_itself_the_police_do_not_read(self) -> None:
        own = SharingLevel.OWN_ORGANISATION
        assert not may_see_entry(own, "ssp", POLICE, self.case, NOON)
        assert may_see_entry(own, "ssp", SSP, self.case, NOON)
        assert may_see_entry(SharingLevel.PARTIES, "ssp", POLICE, self.case, NOON)


class TestC6Rumours:
    """SSP hears a rumour of a killing and activates. Nothing has happened; the police are no party."""

    case = activated(B, "rumours", by="ssp")

    def test_kommune_boligorganisation_and_helhedsplan_may_activate(self) -> None:
        for activator in (SSP, KOM, BO, KP):
            assert may_activate(PLAN, activator, B)

    def test_the_youth_club_is_told_who_can_and_may_ask(self) -> None:
        ruling = may_activate(PLAN, KLUB, B)
        assert ruling.who_can == ("municipality", "ssp", "housing", "helhedsplan")
        assert ruling.reason is not None
        assert ruling.reason.in_danish() == (
            "Ungdomsklubben kan ikke aktivere. "
            "Det kan kommunen (SSP), boligorganisationen og helhedsplanens sekretariat."
        )
        assert may_request_activation(PLAN, KLUB, B)

    def test_a_responder_of_an_activator_asks_as_well(self) -> None:
        responder = person("ssp", Role.RESPONDER)
        assert not may_activate(PLAN, responder, B)
        assert may_request_activation(PLAN, responder, B)

    def test_the_police_are_no_party_and_are_not_woken(self) -> None:
        assert "police" not in self.case.participants
        assert woken(B, "rumours", "ssp") == {
            "youth_club": "call_now", "family_centre": "notify", "helhedsplan": "call_now",
        }  # fmt: skip

    @pytest.mark.parametrize("category", [category.key for category in PLAN.categories])
    @pytest.mark.parametrize("activator", ["ssp", "municipality", "housing", "helhedsplan", "police"])
    def test_no_category_and_no_activator_brings_the_police_into_a_b(self, category: str, activator: str) -> None:
        keys = [p.actor_key for p in participants(PLAN, B, category, activator, "police")]
        assert "police" not in keys

    def test_the_police_are_outside_whatever_the_role(self) -> None:
        for role in Role:
            assert not may_see_incident(person("police", role), self.case)
        assert not may_see_incident(replace(POLICE, guest_of=1), self.case)

    def test_a_police_officer_who_is_an_ssp_member_is_outside_also_as_ssp(self) -> None:
        acting_as_ssp = person("ssp", also_police=True)
        assert not may_see_incident(acting_as_ssp, self.case)
        assert not may_activate(PLAN, acting_as_ssp, B)
        assert may_see_incident(acting_as_ssp, activated(A, "rumours", by="police"))

    def test_a_board_member_who_is_police_sees_neither(self) -> None:
        both = person("cafe", Role.BOARD_MEMBER, also_police=True)
        assert not may_see_incident(both, self.case)
        assert not may_see_incident(both, activated(A, "rumours", by="police"))

    def test_ssp_is_tovholder_and_anybody_who_takes_part_may_take_over(self) -> None:
        assert self.case.leader_actor == "ssp"
        for other in (KLUB, FAMILIES, KP):
            assert may_take_over_lead(PLAN, other, self.case)
        assert not may_take_over_lead(PLAN, SSP, self.case)
        assert not may_take_over_lead(PLAN, BO, self.case)
        assert not may_take_over_lead(PLAN, person("helhedsplan", Role.RESPONDER), self.case)

    def test_only_the_tovholder_stands_down_and_the_others_are_told_who(self) -> None:
        assert may_stand_down(PLAN, SSP, self.case)
        ruling = may_stand_down(PLAN, KP, self.case)
        assert ruling.who_can == ("ssp",)
        assert ruling.reason is not None
        assert "SSP" in ruling.reason.in_danish()
        assert not may_stand_down(PLAN, KP, self.case, on_behalf=True), "the police have no word in a B"

    def test_the_author_does_not_release_and_anybody_else_may(self) -> None:
        written_by_kp = frozenset({KP.user_id})
        assert may_release(PLAN, KLUB, self.case, written_by_kp)
        by_its_author = may_release(PLAN, KP, self.case, written_by_kp)
        assert by_its_author.who_can[0] == "helhedsplan", "a colleague at the plan's releaser first"
        assert not may_release(PLAN, KP, self.case, written_by_kp, on_behalf=True)

    def test_a_boligorganisation_that_activates_is_in_it_and_leads_without_being_a_party(self) -> None:
        theirs = activated(B, "fire", by="housing")
        assert theirs.leader_actor == "housing"
        assert may_stand_down(PLAN, BO, theirs)
        assert participants(PLAN, B, "fire", "housing")[-1].actor_key == "housing"

    def test_a_kommune_that_meets_the_open_incident_joins_it_instead_of_starting_another(self) -> None:
        assert may_glimpse(PLAN, KOM, self.case)
        assert may_join(PLAN, KOM, self.case)
        assert not may_join(PLAN, SSP, self.case), "it is in already"
        assert not may_join(PLAN, person("municipality", Role.RESPONDER), self.case)
        assert not may_join(PLAN, KLUB, self.case)

    def test_the_tovholder_may_add_the_boligorganisation_but_never_the_police(self) -> None:
        assert may_add_actor(PLAN, SSP, self.case, "housing", is_police=False)
        assert not may_add_actor(PLAN, SSP, self.case, "police", is_police=True)
        assert not may_add_actor(PLAN, SSP, self.case, "nearby_station", is_police=True)
        assert not may_add_actor(PLAN, KP, self.case, "housing", is_police=False)

    def test_a_silent_helhedsplan_does_not_stop_the_four_duties(self) -> None:
        assert may_take_card(PLAN, SSP, self.case, "helhedsplan", is_silent=True)
        ruling = may_take_card(PLAN, SSP, self.case, "helhedsplan", is_silent=False)
        assert ruling.reason is not None
        assert ruling.reason.in_danish() == "Helhedsplanens sekretariat har svaret og har selv kortet."


class TestC12ViolenceAtTheClub:
    """The club asks, the kommune activates a B; then the police activate, and the tovholder says it is the same."""

    b = activated(B, "club_violence", by="municipality")
    a = activated(A, "club_violence", by="police", recorded_by="ssp")

    def test_the_club_asks_and_the_kommune_activates(self) -> None:
        assert may_request_activation(PLAN, KLUB, B)
        assert may_activate(PLAN, KOM, B)
        assert self.b.participants == {"ssp", "youth_club", "family_centre", "helhedsplan", "municipality"}

    def test_the_police_activate_without_seeing_the_b(self) -> None:
        assert may_activate(PLAN, POLICE, A)
        assert not may_glimpse(PLAN, POLICE, self.b)

    def test_the_tovholder_passes_the_b_on_and_nobody_else(self) -> None:
        assert may_succeed(PLAN, KOM, self.b)
        assert may_succeed(PLAN, SSP, self.b).who_can == ("municipality",)
        assert not may_succeed(PLAN, POLICE, self.b)

    def test_a_b_that_was_passed_on_takes_late_entries_and_nothing_else(self) -> None:
        passed_on = replace(self.b, status=IncidentStatus.TO_POLICE)
        assert may_log(PLAN, KOM, passed_on)
        assert not may_stand_down(PLAN, KOM, passed_on)
        assert not may_see_incident(POLICE, passed_on)

    def test_the_police_release_the_case_or_say_so_by_phone(self) -> None:
        assert may_succeed(PLAN, POLICE, self.a)
        assert may_succeed(PLAN, KP, self.a, on_behalf=True)
        assert not may_succeed(PLAN, KP, self.a)

    def test_the_police_see_that_their_part_ended_and_nothing_after(self) -> None:
        released = replace(
            self.a, status=IncidentStatus.RELEASED, participants=self.a.participants - {"police"},
            ended_participants={"police": NOON},
        )  # fmt: skip
        before, after = NOON - timedelta(minutes=1), NOON + timedelta(minutes=1)
        assert may_see_entry(SharingLevel.PARTIES, "ssp", POLICE, released, before)
        assert not may_see_entry(SharingLevel.PARTIES, "ssp", POLICE, released, after)
        assert may_see_entry(SharingLevel.PARTIES, "ssp", KP, released, after)
        assert not may_enter_room(POLICE, released)
        assert may_see_incident(POLICE, released)


class TestOthers:
    """The administrator, the colleague let in, the coordinator of another area, the exercise."""

    b = activated(B, "rumours", by="ssp")

    def test_an_administrator_has_no_incidents_even_with_a_role(self) -> None:
        assert not may_see_incident(person("ssp", is_administrator=True), self.b)
        assert not may_activate(PLAN, person("ssp", is_administrator=True), B)

    def test_a_colleague_let_in_is_in_that_one_incident_and_activates_nothing(self) -> None:
        colleague = person("ssp", Role.RESPONDER, guest_of=1)
        assert may_enter_room(colleague, self.b)
        assert not may_enter_room(colleague, replace(self.b, id=2))
        assert not may_activate(PLAN, colleague, B)
        assert not may_request_activation(PLAN, colleague, B)

    def test_a_coordinator_of_another_area_meets_nothing(self) -> None:
        nabo = person(None, None)
        assert not may_see_incident(nabo, self.b)
        assert not may_activate(PLAN, nabo, B)

    def test_any_coordinator_may_play_the_police_in_an_exercise(self) -> None:
        exercise = activated(A, "shooting", by="police", recorded_by="helhedsplan", is_exercise=True)
        assert may_start_exercise(PLAN, KP, A)
        assert may_start_exercise(PLAN, KLUB, A)
        assert may_stand_down(PLAN, KP, exercise)
        assert may_release(PLAN, SSP, exercise, frozenset({KP.user_id}))

    def test_an_exercise_without_police_is_as_closed_to_them_as_the_real_thing(self) -> None:
        exercise = activated(B, "rumours", by="ssp", is_exercise=True)
        assert not may_see_incident(POLICE, exercise)
        assert not may_start_exercise(PLAN, POLICE, B)
        assert not may_start_exercise(PLAN, KLUB, B), "the club activates no more in an exercise than for real"

    def test_an_exercise_is_never_glimpsed_as_if_it_were_real(self) -> None:
        exercise = activated(A, "shooting", by="police", is_exercise=True)
        assert not may_glimpse(PLAN, BO, exercise)


class TestEdges:
    """Small print that would be missed by nobody until the night it matters."""

    a, b = activated(A, "shooting", by="police"), activated(B, "rumours", by="ssp")

    def test_a_refusal_for_the_role_points_to_the_own_coordinators(self) -> None:
        responder, observer = person("ssp", Role.RESPONDER), person("ssp", Role.OBSERVER)
        assert may_take_over_lead(PLAN, responder, self.a).who_can == ("ssp",)
        assert may_record_for_police(PLAN, observer).who_can == ("ssp",)
        assert may_record_for_police(PLAN, observer, self.a).who_can == ("ssp",)
        stood_down = replace(self.b, status=IncidentStatus.STOOD_DOWN)
        assert may_reopen(PLAN, responder, stood_down).who_can == ("ssp",)
        assert may_request_activation(PLAN, SSP, B).who_can == ("ssp",), "you can activate yourself"

    def test_the_police_may_take_in_one_more_police_actor_in_a_politisag(self) -> None:
        assert may_add_actor(PLAN, POLICE, self.a, "nearby_station", is_police=True)

    def test_the_key_police_alone_keeps_an_actor_out_of_a_b(self) -> None:
        assert not may_add_actor(PLAN, SSP, self.b, "police", is_police=False)

    def test_an_ended_part_in_a_b_opens_nothing_to_somebody_with_a_police_membership(self) -> None:
        ended = replace(self.b, participants=frozenset({"helhedsplan"}), ended_participants={"ssp": NOON})
        assert may_see_incident(SSP, ended)
        assert not may_see_incident(person("ssp", also_police=True), ended)

    def test_an_ended_part_opens_nothing_to_board_members_and_colleagues_let_in(self) -> None:
        ended = replace(self.b, participants=frozenset({"helhedsplan"}), ended_participants={"ssp": NOON})
        assert not may_see_incident(person("ssp", Role.BOARD_MEMBER), ended)
        assert not may_see_incident(person("ssp", Role.RESPONDER, guest_of=1), ended)

    def test_whose_part_ended_is_told_so(self) -> None:
        ended = replace(self.b, participants=frozenset({"helhedsplan"}), ended_participants={"ssp": NOON})
        assert str_of(may_enter_room(SSP, ended)) == "Din del af hændelsen er afsluttet."
        assert str_of(may_enter_room(KLUB, ended)) == "Du er ikke med i hændelsen."

    def test_an_actor_that_came_back_reads_everything(self) -> None:
        back = replace(self.b, ended_participants={"ssp": NOON})
        assert may_see_entry(SharingLevel.PARTIES, "helhedsplan", SSP, back, NOON + timedelta(hours=1))

    def test_no_organisation_is_nobodys_own(self) -> None:
        nameless = replace(SSP, organisation=None)
        assert not may_see_entry(SharingLevel.OWN_ORGANISATION, None, nameless, self.b, NOON)


def str_of(ruling: Ruling) -> str:
    """The sentence that refuses."""
    assert ruling.reason is not None
    return ruling.reason.in_danish()
