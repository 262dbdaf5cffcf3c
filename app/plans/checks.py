"""What a plan must say to be the model: the rules that are no local choice, and names that point somewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from app.lib.i18n import N_, Reason
from app.plans.document import PlanDocument
from app.plans.message_checks import messages_in
from app.plans.places import Kind, Place, Section, at, card_key
from app.plans.vocabulary import AUDIENCE_LABELS, HELHEDSPLAN, LEADER, POLICE, TRACK_LABELS, AudienceKey, Track

KEY = re.compile(r"[a-z][a-z0-9_]{1,59}")
DUTIES = frozenset({1, 2, 3, 4})
Fault = tuple[Place, Reason]


def faults_in(plan: PlanDocument) -> Iterator[Reason]:
    """Every fault of sense, in the order a reader of the plan meets them."""
    return (reason for _place, reason in placed_faults(plan))


def placed_faults(plan: PlanDocument) -> Iterator[Fault]:
    """The same, each with where it is mended."""
    yield from _nothing_left_empty(plan)
    yield from _nothing_twice(plan)
    yield from _actors_are_known(plan)
    yield from _activation_follows_the_model(plan)
    yield from _cards_follow_the_model(plan)
    yield from _audiences_are_complete(plan)
    yield from _categories_make_sense(plan)
    yield from _chain_runs_forward(plan)
    yield from messages_in(plan)


def _nothing_left_empty(plan: PlanDocument) -> Iterator[Fault]:
    if not plan.purpose:
        yield at(Kind.PURPOSE), Reason(N_("Formålet mangler."))
    if not plan.stand_down_criteria:
        yield at(Kind.ENDING), Reason(N_("Kriterier for afblæsning mangler."))
    if len(plan.debrief_questions) != 4:
        yield at(Kind.REVIEW), Reason(N_("Der skal være fire spørgsmål efter hændelsen."))
    if not plan.categories:
        yield Place(Section.CATEGORIES), Reason(N_("Der er ingen hændelsestyper."))
    for line in plan.parties:
        if not line.contacts:
            yield at(Kind.PARTY, line.actor_key), Reason(N_("%(party)s har ingen kontakter."), {"party": line.name})


def _nothing_twice(plan: PlanDocument) -> Iterator[Fault]:
    yield from _twice(
        Section.PARTIES, N_("Aktøren %(key)s står to gange."), (actor.key for actor in plan.actors)
    )
    yield from _twice(Section.PARTIES, N_("Parten %(key)s står to gange."), plan.party_keys)
    yield from _twice(Section.AUDIENCES, N_("Målgruppen %(key)s står to gange."), (a.key for a in plan.audiences))
    categories = (category.key for category in plan.categories)
    yield from _twice(Section.CATEGORIES, N_("Hændelsestypen %(key)s står to gange."), categories)
    cards = (f"{card.party}, {card.track}" for card in plan.cards)
    yield from _twice(Section.CARDS, N_("Kortet %(key)s findes to gange."), cards)
    for card in plan.cards:
        keys = (item.key for item in card.items)
        yield from _twice(Section.CARDS, N_("Punktet %(key)s står to gange på samme kort."), keys)


def _twice(section: Section, text: str, keys: Iterable[str]) -> Iterator[Fault]:
    return ((Place(section), Reason(text, {"key": key})) for key, times in Counter(keys).items() if times > 1)


def _actors_are_known(plan: PlanDocument) -> Iterator[Fault]:
    known = {actor.key for actor in plan.actors} | {LEADER}
    named = dict(reversed([(key, place) for place, key in _named_actors(plan)]))  # the first place that names it
    for key in sorted(named.keys() - known):
        yield named[key], Reason(N_("%(key)s er ikke blandt planens aktører."), {"key": key})


def _named_actors(plan: PlanDocument) -> Iterator[tuple[Place, str]]:
    yield from ((at(Kind.PARTY, key), key) for key in plan.party_keys)
    yield at(Kind.RELEASER), plan.releaser
    yield at(Kind.REVIEW), plan.review_leader
    yield from ((Place(Section.PARTIES), actor.acts_for) for actor in plan.actors if actor.acts_for)
    yield from ((at(Kind.AUDIENCE, one.key), one.releaser) for one in plan.audiences if one.releaser)
    for rule in plan.activation:
        yield from ((at(Kind.ACTIVATION, rule.track), key) for key in rule.activators)
    for card in plan.cards:
        yield from ((at(Kind.CARD, card_key(card)), key) for key in (card.party, card.stands_down))
    for category in plan.categories:
        yield from ((at(Kind.CATEGORY, category.key), key) for key in category.call_levels)


def _activation_follows_the_model(plan: PlanDocument) -> Iterator[Fault]:
    own, agreed = at(Kind.ACTIVATION, Track.POLICE), at(Kind.ACTIVATION, Track.NON_POLICE)
    if sorted(rule.track for rule in plan.activation) != sorted(Track):
        yield Place(Section.ACTIVATION), Reason(N_("Der skal være én regel for aktivering af hvert spor."))
    if plan.activators(Track.POLICE) != (POLICE,):
        yield own, Reason(N_("En politisag aktiveres af politiet alene."))
    if not plan.activators(Track.NON_POLICE):
        yield agreed, Reason(N_("Ingen må aktivere, når det ikke er en politisag."))
    if POLICE in plan.activators(Track.NON_POLICE):
        yield agreed, Reason(N_("Politiet kan ikke aktivere, når det ikke er en politisag."))
    if POLICE in (plan.releaser, plan.review_leader):
        place = at(Kind.RELEASER if plan.releaser == POLICE else Kind.REVIEW)
        text = N_("Politiet kan hverken lede evalueringen eller være planens frigiver i begge spor.")
        yield place, Reason(text)


def _cards_follow_the_model(plan: PlanDocument) -> Iterator[Fault]:
    for card in plan.cards:
        named, place = {"card": card.title}, at(Kind.CARD, card_key(card))
        if card.party not in plan.party_keys:
            yield place, Reason(N_("Kortet %(card)s er for en aktør, der ikke er part."), named)
        if card.track is Track.NON_POLICE and POLICE in (card.party, card.stands_down):
            yield place, Reason(N_("Kortet %(card)s nævner politiet, men er ikke til en politisag."), named)
        if card.track is Track.NON_POLICE and any(item.waits_for_police for item in card.items):
            yield place, Reason(N_("Kortet %(card)s venter på politiet, men er ikke til en politisag."), named)
    for track in Track:
        card_ = plan.card(HELHEDSPLAN, track)
        if card_ is None or not {item.duty for item in card_.items} >= DUTIES:
            place = at(Kind.CARD, card_key(card_)) if card_ else Place(Section.CARDS)
            params = {"track": TRACK_LABELS[track]}
            yield place, Reason(N_("Helhedsplanens kort (%(track)s) har ikke alle fire pligter."), params)


def _audiences_are_complete(plan: PlanDocument) -> Iterator[Fault]:
    for key in AudienceKey:
        if plan.audience(key) is None:
            text = N_("Målgruppen %(audience)s mangler.")
            yield Place(Section.AUDIENCES), Reason(text, {"audience": AUDIENCE_LABELS[key]})
    for audience in plan.audiences:  # an area's own have a key and a name too; the key is part of addresses
        place, named = at(Kind.AUDIENCE, audience.key), {"audience": audience.label.strip() or audience.key}
        if not KEY.fullmatch(audience.key):
            yield place, Reason(N_("Målgruppen %(audience)s skal have en nøgle af små bogstaver a-z, tal og _."), named)
        if not audience.label.strip():
            yield place, Reason(N_("Målgruppen %(audience)s har intet navn."), named)
        if not audience.channels:
            yield place, Reason(N_("Målgruppen %(audience)s har ingen kanal."), named)


def _categories_make_sense(plan: PlanDocument) -> Iterator[Fault]:
    for category in plan.categories:
        named, place = {"category": category.label}, at(Kind.CATEGORY, category.key)
        if not category.may_be:
            yield place, Reason(N_("%(category)s har intet spor."), named)
        if category.suggested_track and category.suggested_track not in category.may_be:
            yield place, Reason(N_("%(category)s foreslår et spor, den ikke kan have."), named)
        if Track.POLICE not in category.may_be and POLICE in category.call_levels:
            yield place, Reason(N_("%(category)s tilkalder politiet, men er aldrig en politisag."), named)


def _chain_runs_forward(plan: PlanDocument) -> Iterator[Fault]:
    chain = plan.chain
    if not chain.on_duty_after_minutes <= chain.deputy_after_minutes <= chain.all_after_minutes:
        yield at(Kind.CHAIN), Reason(N_("Tilkaldekæden skal gå fra vagthavende over stedfortræder til alle."))
