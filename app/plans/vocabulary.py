"""The words that plan, rules and incidents share: English keys, Danish labels beside them."""

from enum import StrEnum

from app.indicators.dimensions import DIMENSION_LABELS as DIMENSION_LABELS
from app.indicators.dimensions import Dimension as Dimension
from app.lib.i18n import N_

# Actors that the model itself speaks of. An area may have more, under any key (its housing organisations, say).
POLICE = "police"
SSP = "ssp"
YOUTH_CLUB = "youth_club"
FAMILY_CENTRE = "family_centre"
HELHEDSPLAN = "helhedsplan"
MUNICIPALITY = "municipality"
HOUSING = "housing"

# Where a card names who stands it down: whoever leads, the police or the tovholder.
LEADER = "leader"


class Track(StrEnum):
    """The ground for activation. An incident has one track for life."""

    POLICE = "police"
    NON_POLICE = "non_police"


TRACK_LABELS = {Track.POLICE: N_("politisag"), Track.NON_POLICE: N_("ikke politisag")}


class IncidentStatus(StrEnum):
    """Where in its life an incident is. The last three are ends without a review."""

    ACTIVE = "active"
    STOOD_DOWN = "stood_down"
    IN_REVIEW = "in_review"
    CLOSED = "closed"
    ANNULLED = "annulled"
    TO_POLICE = "to_police"  # a B that the police took over; it lives on in its successor
    RELEASED = "released"  # an A that the police let go; likewise


STATUS_LABELS = {
    IncidentStatus.ACTIVE: N_("aktiv"),
    IncidentStatus.STOOD_DOWN: N_("afblæst"),
    IncidentStatus.IN_REVIEW: N_("under evaluering"),
    IncidentStatus.CLOSED: N_("lukket"),
    IncidentStatus.ANNULLED: N_("annulleret (fejlaktivering)"),
    IncidentStatus.TO_POLICE: N_("overgået til politisag"),
    IncidentStatus.RELEASED: N_("frigivet"),
}


class CallLevel(StrEnum):
    """Being a party and being woken are two things: how a category reaches a party."""

    CALL_NOW = "call_now"
    NOTIFY = "notify"
    WHEN_NEEDED = "when_needed"


CALL_LEVEL_LABELS = {
    CallLevel.CALL_NOW: N_("tilkald nu"),
    CallLevel.NOTIFY: N_("besked"),
    CallLevel.WHEN_NEEDED: N_("ved behov"),
}


class SharingLevel(StrEnum):
    """Who may read a log entry, narrowest first (TLP 2.0: amber+strict, amber, green, clear)."""

    OWN_ORGANISATION = "own_organisation"
    PARTIES = "parties"
    NETWORK = "network"
    PUBLIC = "public"


SHARING_LEVEL_LABELS = {
    SharingLevel.OWN_ORGANISATION: N_("kun egen organisation"),
    SharingLevel.PARTIES: N_("beredskabets parter"),
    SharingLevel.NETWORK: N_("netværk og bestyrelser"),
    SharingLevel.PUBLIC: N_("må offentliggøres"),
}


class AudienceKey(StrEnum):
    """The nine audiences of the model, in the order they are informed: inside before press."""

    CIVIL_NETWORKS = "civil_networks"
    SECTION_BOARDS = "section_boards"
    SOCIAL_HOUSING_BOARD = "social_housing_board"
    OPERATIONS = "operations"
    RESIDENTS = "residents"
    INSTITUTIONS = "institutions"
    BUSINESSES = "businesses"
    ASSOCIATIONS = "associations"
    PRESS = "press"


AUDIENCE_LABELS = {
    AudienceKey.CIVIL_NETWORKS: N_("civile lokale netværk"),
    AudienceKey.SECTION_BOARDS: N_("afdelingsbestyrelser"),
    AudienceKey.SOCIAL_HOUSING_BOARD: N_("boligsocial bestyrelse"),
    AudienceKey.OPERATIONS: N_("driftsafdelinger"),
    AudienceKey.RESIDENTS: N_("beboere"),
    AudienceKey.INSTITUTIONS: N_("institutioner"),
    AudienceKey.BUSINESSES: N_("virksomheder"),
    AudienceKey.ASSOCIATIONS: N_("foreninger"),
    AudienceKey.PRESS: N_("presse"),
}


class Channel(StrEnum):
    """How an audience is reached."""

    PHONE = "phone"
    SMS = "sms"
    MAIL = "mail"
    SCREEN = "screen"
    POSTER = "poster"
    DOOR = "door"
    MEETING = "meeting"
    MAGAZINE = "magazine"


CHANNEL_LABELS = {
    Channel.PHONE: N_("telefon"),
    Channel.SMS: N_("sms"),
    Channel.MAIL: N_("mail"),
    Channel.SCREEN: N_("infoskærm"),
    Channel.POSTER: N_("opslag"),
    Channel.DOOR: N_("ved døren"),
    Channel.MEETING: N_("møde"),
    Channel.MAGAZINE: N_("beboerblad"),
}


class MessagePhase(StrEnum):
    """Where in the course of things a text belongs."""

    FIRST = "first"
    UPDATE = "update"
    CORRECTION = "correction"
    AFTER = "after"


MESSAGE_PHASE_LABELS = {
    MessagePhase.FIRST: N_("første besked"),
    MessagePhase.UPDATE: N_("opdatering"),
    MessagePhase.CORRECTION: N_("rettelse"),
    MessagePhase.AFTER: N_("efterbesked"),
}


class FixedKey(StrEnum):
    """The texts that nobody checks before they leave, because they never change."""

    WITHDRAWAL = "withdrawal"
    EXERCISE = "exercise"


FIXED_LABELS = {
    FixedKey.WITHDRAWAL: N_("når en besked trækkes tilbage"),
    FixedKey.EXERCISE: N_("først i hver tekst i en øvelse"),
}


class Scope(StrEnum):
    """How far an incident reaches."""

    LOCAL = "local"
    ACROSS = "across"
    CITY_WIDE = "city_wide"


SCOPE_LABELS = {
    Scope.LOCAL: N_("lokalt"),
    Scope.ACROSS: N_("tværgående"),
    Scope.CITY_WIDE: N_("bydækkende"),
}
