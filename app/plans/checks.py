"""What a plan must say to be the model: the rules that are no local choice, and names that point somewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from app.lib.i18n import N_, Reason
from app.plans.document import PlanDocument
from app.plans.message_checks import messages_in
from app.plans.vocabulary import AUDIENCE_LABELS, HELHEDSPLAN, LEADER, POLICE, TRACK_LABELS, AudienceKey, Track

KEY = re.compile(r"[a-z][a-z0-9_]{1,59}")
DUTIES = frozenset({1, 2, 3, 4})


def faults_in(plan: PlanDocument) -> Iterator[Reason]:
    """Every fault of sense, in the order a reader of the plan meets them."""
    yield from _nothing_left_empty(plan)
    yield from _nothing_twice(plan)
    yield from _actors_are_known(plan)
    yield from _activation_follows_the_model(plan)
    yield from _cards_follow_the_model(plan)
    yield from _audiences_are_complete(plan)
    yield from _categories_make_sense(plan)
    yield from _chain_runs_forward(plan)
    yield from messages_in(plan)


def _nothing_left_empty(plan: PlanDocument) -> Iterator[Reason]:
    if not plan.purpose:
        yield Reason(N_("Formålet mangler."))
    if not plan.stand_down_criteria:
        yield Reason(N_("Kriterier for afblæsning mangler."))
    if len(plan.debrief_questions) != 4:
        yield Reason(N_("Der skal være fire spørgsmål efter hændelsen."))
    if not plan.categories:
        yield Reason(N_("Der er ingen hændelsestyper."))
    for line in plan.parties:
        if not line.contacts:
            yield Reason(N_("%(party)s har ingen kontakter."), {"party": line.name})


def _nothing_twice(plan: PlanDocument) -> Iterator[Reason]:
    yield from _twice(N_("Aktøren %(key)s står to gange."), (actor.key for actor in plan.actors))
    yield from _twice(N_("Parten %(key)s står to gange."), plan.party_keys)
    yield from _twice(N_("Målgruppen %(key)s står to gange."), (audience.key for audience in plan.audiences))
    yield from _twice(N_("Hændelsestypen %(key)s står to gange."), (category.key for category in plan.categories))
    yield from _twice(N_("Kortet %(key)s findes to gange."), (f"{card.party}, {card.track}" for card in plan.cards))
    for card in plan.cards:
        yield from _twice(N_("Punktet %(key)s står to gange på samme kort."), (item.key for item in card.items))


def _twice(text: str, keys: Iterable[str]) -> Iterator[Reason]:
    return (Reason(text, {"key": key}) for key, times in Counter(keys).items() if times > 1)


def _actors_are_known(plan: PlanDocument) -> Iterator[Reason]:
    known = {actor.key for actor in plan.actors} | {LEADER}
    for key in sorted(set(_named_actors(plan)) - known):
        yield Reason(N_("%(key)s er ikke blandt planens aktører."), {"key": key})


def _named_actors(plan: PlanDocument) -> Iterator[str]:
    yield from plan.party_keys
    yield from (plan.releaser, plan.review_leader)
    yield from (actor.acts_for for actor in plan.actors if actor.acts_for)
    yield from (audience.releaser for audience in plan.audiences if audience.releaser)
    for rule in plan.activation:
        yield from rule.activators
    for card in plan.cards:
        yield from (card.party, card.stands_down)
    for category in plan.categories:
        yield from category.call_levels


def _activation_follows_the_model(plan: PlanDocument) -> Iterator[Reason]:
    if sorted(rule.track for rule in plan.activation) != sorted(Track):
        yield Reason(N_("Der skal være én regel for aktivering af hvert spor."))
    if plan.activators(Track.POLICE) != (POLICE,):
        yield Reason(N_("En politisag aktiveres af politiet alene."))
    if not plan.activators(Track.NON_POLICE):
        yield Reason(N_("Ingen må aktivere, når det ikke er en politisag."))
    if POLICE in plan.activators(Track.NON_POLICE):
        yield Reason(N_("Politiet kan ikke aktivere, når det ikke er en politisag."))
    if POLICE in (plan.releaser, plan.review_leader):
        yield Reason(N_("Politiet kan hverken lede evalueringen eller være planens frigiver i begge spor."))


def _cards_follow_the_model(plan: PlanDocument) -> Iterator[Reason]:
    for card in plan.cards:
        named = {"card": card.title}
        if card.party not in plan.party_keys:
            yield Reason(N_("Kortet %(card)s er for en aktør, der ikke er part."), named)
        if card.track is Track.NON_POLICE and POLICE in (card.party, card.stands_down):
            yield Reason(N_("Kortet %(card)s nævner politiet, men er ikke til en politisag."), named)
        if card.track is Track.NON_POLICE and any(item.waits_for_police for item in card.items):
            yield Reason(N_("Kortet %(card)s venter på politiet, men er ikke til en politisag."), named)
    for track in Track:
        card_ = plan.card(HELHEDSPLAN, track)
        if card_ is None or not {item.duty for item in card_.items} >= DUTIES:
            params = {"track": TRACK_LABELS[track]}
            yield Reason(N_("Helhedsplanens kort (%(track)s) har ikke alle fire pligter."), params)


def _audiences_are_complete(plan: PlanDocument) -> Iterator[Reason]:
    for key in AudienceKey:
        if plan.audience(key) is None:
            yield Reason(N_("Målgruppen %(audience)s mangler."), {"audience": AUDIENCE_LABELS[key]})
    for audience in plan.audiences:  # an area's own have a key and a name too; the key is part of addresses
        if not KEY.fullmatch(audience.key):
            text = N_("Målgruppen %(audience)s skal have en nøgle af små bogstaver a-z, tal og _.")
            yield Reason(text, {"audience": audience.label or audience.key})
        if not audience.label.strip() or not audience.channels:
            yield Reason(N_("Målgruppen %(key)s skal have et navn og mindst én kanal."), {"key": audience.key})


def _categories_make_sense(plan: PlanDocument) -> Iterator[Reason]:
    for category in plan.categories:
        named = {"category": category.label}
        if not category.may_be:
            yield Reason(N_("%(category)s har intet spor."), named)
        if category.suggested_track and category.suggested_track not in category.may_be:
            yield Reason(N_("%(category)s foreslår et spor, den ikke kan have."), named)
        if Track.POLICE not in category.may_be and POLICE in category.call_levels:
            yield Reason(N_("%(category)s tilkalder politiet, men er aldrig en politisag."), named)


def _chain_runs_forward(plan: PlanDocument) -> Iterator[Reason]:
    chain = plan.chain
    if not chain.on_duty_after_minutes <= chain.deputy_after_minutes <= chain.all_after_minutes:
        yield Reason(N_("Tilkaldekæden skal gå fra vagthavende over stedfortræder til alle."))
