"""What is wrong with a draft, in words and with the place where it is mended: what hinders approval, what to look at.

Pure: the day and the people are facts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from textwrap import shorten

from app.areas.roles import Role
from app.lib.i18n import N_, Reason
from app.lib.languages import LANGUAGE_LABELS, Language
from app.plans.checks import placed_faults
from app.plans.document import Audience, MessageTemplate, PlanDocument
from app.plans.message_checks import called
from app.plans.messages import SOURCES, placeholders
from app.plans.places import Kind, Place, Section, at, card_key, contact_key, item_key, message_key
from app.plans.tracks import IncidentFacts, Who, may_release, participants
from app.plans.vocabulary import (
    POLICE,
    TRACK_LABELS,
    AudienceKey,
    CallLevel,
    IncidentStatus,
    MessagePhase,
    Track,
)

FIRST_HOUR = 60  # minutes: what an action card is for


@dataclass(frozen=True)
class Around:
    """What the draft stands in: the area's actors by key, who coordinates for each (user ids), today in Denmark."""

    today: date
    actors: Mapping[str, str] = field(default_factory=dict)
    coordinators: Mapping[str, frozenset[int]] = field(default_factory=dict)
    police_users: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Finding:
    """Something to mend, and where. What `hinders` must be mended before anybody can say yes."""

    place: Place
    reason: Reason
    hinders: bool = False


def findings(plan: PlanDocument, review_on: date | None, around: Around) -> list[Finding]:
    """What hinders first, then what to look at, each in the order of the plan."""
    hindering = [Finding(place, reason, hinders=True) for place, reason in placed_faults(plan)]
    hindering += [Finding(place, reason, hinders=True) for place, reason in _review_date(review_on, around)]
    warned = [Finding(place, reason) for check in _CHECKS for place, reason in check(plan, around)]
    order = list(Section)
    return sorted([*hindering, *warned], key=lambda one: (not one.hinders, order.index(one.place.section)))


def who_may_release(plan: PlanDocument, track: Track, around: Around) -> frozenset[int]:
    """Users who may release what somebody else wrote in an incident of this track; by the very rule of the room."""
    taking_part = frozenset(p.actor_key for p in participants(plan, track, "", _usual_activator(plan, track)))
    leader = POLICE if track is Track.POLICE else plan.review_leader
    facts = IncidentFacts(0, track, IncidentStatus.ACTIVE, leader, taking_part, _usual_activator(plan, track))
    people = (Who(user, key, key, Role.COORDINATOR, user in around.police_users)
              for key, users in around.coordinators.items() for user in users)  # fmt: skip
    return frozenset(
        who.user_id for who in people
        if may_release(plan, who, facts, frozenset(), on_behalf=track is Track.POLICE and POLICE in taking_part)
    )  # fmt: skip


def _usual_activator(plan: PlanDocument, track: Track) -> str:
    inside = [key for key in plan.activators(track) if key in plan.party_keys]
    return next(iter([*inside, *plan.activators(track)]), "")


Found = Iterator[tuple[Place, Reason]]


def _review_date(review_on: date | None, around: Around) -> Found:
    if review_on is None:
        yield Place(Section.PURPOSE), Reason(N_("Der er ingen dato for den næste gennemgang."))
    elif review_on <= around.today:
        yield Place(Section.PURPOSE), Reason(N_("Den næste gennemgang skal ligge efter i dag."))


def _parties(plan: PlanDocument, around: Around) -> Found:
    for line in plan.parties:
        if line.actor_key not in around.actors:
            text = N_("Området har ingen aktør for %(party)s. Den kan ikke deltage, før administratoren opretter den.")
            yield at(Kind.PARTY, line.actor_key), Reason(text, {"party": line.name})
        for contact in line.contacts:
            place = at(Kind.CONTACT, contact_key(line.actor_key, contact))
            if not contact.first.strip():
                yield place, Reason(N_("Der er ingen første kontakt for %(unit)s."), {"unit": contact.unit})
            if not contact.deputy.strip():
                yield place, Reason(N_("Der er ingen stedfortræder for %(unit)s."), {"unit": contact.unit})


def _release(plan: PlanDocument, around: Around) -> Found:
    place = at(Kind.RELEASER)
    for track in Track:
        named = {"track": TRACK_LABELS[track]}
        able = who_may_release(plan, track, around)
        if track is Track.POLICE and POLICE not in plan.party_keys:
            yield Place(Section.PARTIES), Reason(
                N_("Ingen kan frigive beskeder i sporet %(track)s: politiet er ikke blandt parterne."), named
            )
        elif not able:
            text = N_("Ingen kan frigive beskeder i sporet %(track)s: ingen koordinator har login.")
            yield place, Reason(text, named)
        elif track is Track.NON_POLICE and len(able) == 1:
            text = N_("Kun én koordinator kan frigive beskeder i sporet %(track)s, og ingen frigiver sin egen tekst.")
            yield place, Reason(text, named)


def _cards(plan: PlanDocument, around: Around) -> Found:
    for line in plan.parties:
        for track in Track if line.actor_key != POLICE else (Track.POLICE,):
            if plan.card(line.actor_key, track) is None:
                params = {"party": line.name, "track": TRACK_LABELS[track]}
                yield Place(Section.CARDS), Reason(N_("%(party)s har intet actionkort (%(track)s)."), params)
    for card in plan.cards:
        if not card.items:
            yield at(Kind.CARD, card_key(card)), Reason(N_("Kortet %(card)s er tomt."), {"card": card.title})
        for item in card.items:
            if item.due_minutes > FIRST_HOUR:
                text = N_("%(card)s: »%(item)s« har frist efter %(n)s min, men kortet gælder den første time.")
                said = shorten(item.text, 45, placeholder=" …")
                params = {"card": card.title, "item": said, "n": str(item.due_minutes)}
                yield at(Kind.ITEM, item_key(card, item)), Reason(text, params)


def _audiences(plan: PlanDocument, around: Around) -> Found:
    press = plan.audience(AudienceKey.PRESS)
    for audience in plan.audiences:
        if press and audience is not press and _later(audience, press):
            text = N_("%(audience)s får besked efter pressen (%(n)s min mod %(press)s min). Området før pressen.")
            params = {"audience": audience.label, "n": str(audience.target_minutes), "press": str(press.target_minutes)}
            yield at(Kind.AUDIENCE, audience.key), Reason(text, params)
        releaser = audience.releaser
        if releaser and releaser not in plan.party_keys:
            text = N_("%(audience)s frigives helst af %(who)s, der ikke er part.")
            params = {"audience": audience.label, "who": plan.called(releaser)}
            yield at(Kind.AUDIENCE, audience.key), Reason(text, params)


def _later(audience: Audience, press: Audience) -> bool:
    return audience.target_minutes > press.target_minutes


def _categories(plan: PlanDocument, around: Around) -> Found:
    for category in plan.categories:
        place, named = at(Kind.CATEGORY, category.key), {"category": category.label}
        others = [key for key in plan.party_keys if key != POLICE]
        if not any(category.level(key) is CallLevel.CALL_NOW for key in others):
            yield place, Reason(N_("%(category)s: ingen bliver tilkaldt."), named)
        if not category.dimensions:
            yield place, Reason(N_("%(category)s rører ikke ved nogen side af tryghed."), named)
        for key in sorted(category.call_levels.keys() - set(plan.party_keys)):
            text = N_("%(category)s tilkalder %(who)s, der ikke er part.")
            yield place, Reason(text, named | {"who": plan.called(key)})


def _reports(plan: PlanDocument, around: Around) -> Found:
    if plan.first_report_minutes > FIRST_HOUR:
        text = N_("Det første situationsbillede kommer først efter %(n)s min. Det skal være der inden for en time.")
        yield at(Kind.ENDING), Reason(text, {"n": str(plan.first_report_minutes)})


def _texts(plan: PlanDocument, around: Around) -> Found:
    for text in plan.messages:
        place, named = at(Kind.MESSAGE, message_key(text)), {"text": called(plan, text)}
        for name in placeholders(text.text):
            meant = get_close_matches(name, SOURCES, n=1, cutoff=0.7) if name not in SOURCES else []
            if meant:
                said = N_("%(text)s: {%(name)s} kendes ikke og må udfyldes i hånden. Mente I {%(meant)s}?")
                yield place, Reason(said, named | {"name": name, "meant": meant[0]})
        yield from ((place, reason) for reason in _of_translation(plan, text, named))


def _of_translation(plan: PlanDocument, text: MessageTemplate, named: dict[str, str]) -> Iterator[Reason]:
    if text.language is Language.DANISH:
        return
    if not text.approved_by:
        yield Reason(N_("%(text)s: ingen har godkendt oversættelsen. Den bliver ikke brugt."), named)
    slot = (text.category, text.audience, text.phase)
    danish = next(
        (m for m in plan.messages if (m.category, m.audience, m.phase) == slot and m.language is Language.DANISH), None
    )
    if danish is None:
        yield Reason(N_("%(text)s: der er ingen dansk tekst til oversættelsen."), named)
    elif set(placeholders(text.text)) != set(placeholders(danish.text)):
        language = {"language": LANGUAGE_LABELS[text.language]}
        yield Reason(N_("%(text)s: den danske tekst har andre {felter} end oversættelsen."), named | language)


def _first_messages(plan: PlanDocument, around: Around) -> Found:
    if not any(m.phase is MessagePhase.FIRST and m.language is Language.DANISH for m in plan.messages):
        yield Place(Section.MESSAGES), Reason(N_("Der er ingen første besked, der er skrevet på forhånd."))


_CHECKS = (_parties, _release, _cards, _audiences, _texts, _first_messages, _categories, _reports)
