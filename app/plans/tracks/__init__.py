"""The rules of the two tracks, pure: facts in, a Ruling with a Danish reason out. No Flask, no database, no clock.

Facts are gathered by whoever asks (`Who`, `IncidentFacts`); the plan is data. docs/tracks.md says the same in tables.
`on_behalf` means: somebody heard it from the police and records it for them.
"""

from app.plans.tracks.acting import may_act, may_erase_entry, may_let_in_colleague, may_log, may_take_card
from app.plans.tracks.activation import may_activate, may_join, may_request_activation, may_start_exercise
from app.plans.tracks.directing import (
    may_acknowledge_instruction,
    may_close_glimpse,
    may_deviate,
    may_instruct,
    may_propose_plan_line,
    may_record_stance,
    may_take_stance,
)
from app.plans.tracks.ending import may_annul, may_break_off, may_reopen, may_stand_down, may_succeed
from app.plans.tracks.facts import IncidentFacts, Participant, Ruling, Who
from app.plans.tracks.leading import may_add_actor, may_take_over_lead
from app.plans.tracks.messages import (
    may_approve_translation,
    may_break_glass,
    may_engage,
    may_let_audience_free,
    may_record_informed,
    may_release,
    may_return_broadcast,
    may_withdraw,
    may_write_broadcast,
)
from app.plans.tracks.narrating import (
    may_acknowledge_message,
    may_add_fact,
    may_write_message,
    may_write_report,
)
from app.plans.tracks.participation import default_leader, leader_choices, participants
from app.plans.tracks.planning import may_approve_plan, may_edit_plan
from app.plans.tracks.police_acts import may_confirm_police_act, may_deny_police_act, may_record_for_police
from app.plans.tracks.reviewing import (
    may_add_learning,
    may_add_to_locked_review,
    may_answer_debrief,
    may_approve_summary,
    may_close_learning,
    may_close_review,
    may_hold_texts,
    may_sign_off,
    may_write_summary,
    review_leader,
)
from app.plans.tracks.seeing import may_be_briefed, may_enter_room, may_glimpse, may_see_entry, may_see_incident
from app.plans.tracks.switching import (
    accepting_choices,
    may_answer_same_incident,
    may_give_summary,
    may_release_case,
)

__all__ = [
    "IncidentFacts",
    "Participant",
    "Ruling",
    "Who",
    "accepting_choices",
    "default_leader",
    "leader_choices",
    "may_acknowledge_instruction",
    "may_acknowledge_message",
    "may_act",
    "may_activate",
    "may_add_actor",
    "may_add_fact",
    "may_add_learning",
    "may_add_to_locked_review",
    "may_annul",
    "may_answer_debrief",
    "may_answer_same_incident",
    "may_approve_plan",
    "may_approve_summary",
    "may_approve_translation",
    "may_be_briefed",
    "may_break_glass",
    "may_break_off",
    "may_close_glimpse",
    "may_close_learning",
    "may_close_review",
    "may_confirm_police_act",
    "may_deny_police_act",
    "may_deviate",
    "may_edit_plan",
    "may_engage",
    "may_enter_room",
    "may_erase_entry",
    "may_give_summary",
    "may_glimpse",
    "may_hold_texts",
    "may_instruct",
    "may_join",
    "may_let_audience_free",
    "may_let_in_colleague",
    "may_log",
    "may_propose_plan_line",
    "may_record_for_police",
    "may_record_informed",
    "may_record_stance",
    "may_release",
    "may_release_case",
    "may_reopen",
    "may_request_activation",
    "may_return_broadcast",
    "may_see_entry",
    "may_see_incident",
    "may_sign_off",
    "may_stand_down",
    "may_start_exercise",
    "may_succeed",
    "may_take_card",
    "may_take_over_lead",
    "may_take_stance",
    "may_withdraw",
    "may_write_broadcast",
    "may_write_message",
    "may_write_report",
    "may_write_summary",
    "participants",
    "review_leader",
]
