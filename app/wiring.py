"""The only place that hands a lower package a function of a higher one, and that registers blueprints."""

from typing import Any

from flask import Flask

from app.accounts import guard, own_page, sessions, sign_in
from app.accounts import views as accounts
from app.accounts.models import User
from app.accounts.permissions import Permission
from app.areas import access, people
from app.areas import operations as area_operations
from app.areas import views as areas
from app.areas.administration import forms
from app.areas.models import Area
from app.areas.queries import all_areas, coordinators_of
from app.broadcasts import outcomes
from app.broadcasts import views as broadcasts
from app.callout import replies
from app.contacts import dead
from app.contacts import exporting as contacts_export
from app.contacts import forms as contact_forms
from app.contacts import own as own_contact
from app.contacts import views as contacts
from app.contacts.importing import views as contact_imports
from app.contacts.queries import addresses_outside
from app.direction import views as direction
from app.documents import kinds
from app.documents import views as documents
from app.exercises import plan_views as drills
from app.exercises import response_paper
from app.exercises import response_views as responses
from app.incidents import access as incidents
from app.incidents import polled
from app.indicators import list_views as area_lists
from app.indicators import views as indicators
from app.live import access as live
from app.live import views as polls
from app.measures import deadlines, origins
from app.measures import views as measures
from app.measures.clearing import views as clearing
from app.measures.vocabulary import OriginKind
from app.measures.walks import finding_views as findings
from app.measures.walks import origin as of_walk
from app.measures.walks import views as walks
from app.messaging import hooks, webhooks
from app.narrative import report_paper
from app.narrative import views as narrative
from app.notices.operations import notify_user
from app.planning import views as planning
from app.plans import kokkedal
from app.plans import views as plans
from app.plans.booklet import papers as plan_papers
from app.plans.booklet import views as plan_files
from app.plans.queries import plan_for
from app.plans.vocabulary import Track
from app.public import answers, colleague, debrief, health, link, phones
from app.public import contact as contact_answer
from app.public import data_protection as protection
from app.public.area import poster as sign_up_poster
from app.public.area import views as area_page
from app.retention import operations as retention_operations
from app.retention import own as own_data
from app.retention import pages as retention
from app.retention import views as retention_for_administrators
from app.reviews import measuring
from app.reviews import views as reviews
from app.reviews.files import kinds as review_files
from app.room import activate, archive, banners, boards, front, heard, inbox, ready, requests, tryghed, tryghed_room
from app.room import incident as room
from app.room import notices as told
from app.room import this_is_real as exercises
from app.room import tryghed_export as tryghed_files
from app.room.search import views as search
from app.roster import calendar
from app.roster import views as roster
from app.signup import replies as sign_off


def init_app(app: Flask) -> None:
    """Fill the slots of lower packages and register every package's views."""
    guard.set_slots(_grants, sign_in.ask_to_sign_in)
    sessions.set_slots(polled.find_user)
    sign_in.set_slots(_activator_numbers)
    own_page.set_slots(people.roles_of)
    polls.set_slots(banners.standing)
    area_operations.set_slots(_tell_coordinators)
    forms.set_slots(lambda: [(actor.key, actor.called) for actor in kokkedal.model().actors])
    contact_forms.set_slots(_audiences)
    accounts.init_app(app)
    areas.init_app(app)
    plans.init_app(app)
    for pages in (planning.blueprint, planning.proposals, planning.what_if):
        app.register_blueprint(pages)
    for pages in (protection.blueprint, banners.blueprint, reviews.board, debrief.blueprint):
        app.register_blueprint(pages)
    for module in (health, webhooks, link, colleague, phones, front, activate, requests, archive, inbox, told, ready):
        app.register_blueprint(module.blueprint)
    for module in (room, reviews, exercises, own_contact, contacts, roster, narrative, direction, broadcasts):
        app.register_blueprint(module.blueprint)
    for module in (documents, heard, boards, tryghed, tryghed_room, indicators, area_lists):
        app.register_blueprint(module.blueprint)
    for module in (measures, walks, findings, clearing, answers, plan_files, drills, responses, area_page):
        app.register_blueprint(module.blueprint)
    for pages in (contact_imports.blueprint, contacts_export.blueprint, contact_answer.blueprint):
        app.register_blueprint(pages)
    for kind in contacts_export.KINDS:
        kinds.register(kind)
    _once(calendar.more, deadlines.of_person)
    for pages_of in (retention, own_data, search):
        app.register_blueprint(pages_of.blueprint)
    retention_for_administrators.init_app(app)
    origins.register(OriginKind.LEARNING, measuring.start)
    origins.register(OriginKind.WALK, of_walk.of_finding)
    sign_up_poster.register()
    files = (*tryghed_files.KINDS, *plan_papers.KINDS, *response_paper.KINDS, *review_files.KINDS)
    for kind in (report_paper.KIND, sign_up_poster.KIND, *files):
        kinds.register(kind)
    banners.init_app(app)
    _once(review_files.on_handed_over, retention_operations.note_export)
    _once(live.may_hear, incidents.may_hear)
    _once(hooks.police_addresses, addresses_outside)
    _once(hooks.on_reply, replies.on_reply)
    _once(hooks.on_reply, sign_off.on_reply)
    _once(hooks.on_key, replies.on_key)
    _once(hooks.asks_for_key, replies.asks_for_key)
    _once(hooks.on_outcome, replies.on_outcome)
    _once(hooks.on_outcome, dead.on_outcome)
    _once(hooks.on_outcome, outcomes.on_outcome)


def _grants(user: User, permission: Permission) -> bool:
    return access.grants(user, permission) or incidents.guest_grants(user, permission)


def _once(slot: list[Any], function: Any) -> None:
    # The application may be made more than once in a process (tests, demo).
    if function not in slot:
        slot.append(function)


def _tell_coordinators(area: Area, text: str, key: str) -> None:
    for user in coordinators_of(area):
        notify_user(user.id, text, about=f"area:{area.public_id}", key=f"{key}:{user.id}")


def _activator_numbers() -> list[sign_in.Number]:
    return [number for area in all_areas() for number in people.numbers_in(area, _activators(area))]


def _activators(area: Area) -> set[str]:
    document = plan_for(area).document
    return {key for track in Track for key in document.activators(track)}


def _audiences(area: Area) -> list[tuple[str, str]]:
    return [(audience.key, audience.label) for audience in plan_for(area).document.audiences]
