"""What the papers of a plan share: activation, parties, cards, audiences, types, texts. The plan's own words."""

from app.lib.i18n import N_, _
from app.lib.languages import LANGUAGE_LABELS, Language
from app.plans.booklet.blocks import Block, heading, points, soft, table, words
from app.plans.document import ActionCard, CardItem, PlanDocument
from app.plans.message_checks import called
from app.plans.vocabulary import CALL_LEVEL_LABELS, CHANNEL_LABELS, LEADER, POLICE, TRACK_LABELS, Track

DUTIES = {
    1: N_("Informere og aktivere civile, lokale netværk og afdelingsbestyrelser"),
    2: N_("Skabe ro, med en løsnings- og samarbejdsorienteret tilgang"),
    3: N_("Informere den boligsociale bestyrelse om situationen, mulige konsekvenser og mulige tiltag"),
    4: N_("Give drift, beboere, institutioner, virksomheder, foreninger og presse korrekt og rettidig information"),
}


def activation(plan: PlanDocument) -> list[Block]:
    """Who may, and when, on each track."""
    found = []
    for rule in plan.activation:
        found += [heading(_(TRACK_LABELS[rule.track]).capitalize(), 3), words(rule.when)]
        found.append(words(_("Må aktivere: %(who)s.", who=plan.called_all(rule.activators))))
    return found


def parties(plan: PlanDocument) -> list[Block]:
    """Functions, never names."""
    rows = [
        [line.name if n == 0 else "", contact.unit, contact.first, contact.deputy]
        for line in plan.parties
        for n, contact in enumerate(line.contacts)
    ]
    notes = [f"{line.name}: {line.note}" for line in plan.parties if line.note]
    grid = table([_("Part"), _("Enhed"), _("Først"), _("Stedfortræder")], rows, [1.3, 1.2, 1.2, 1.2])
    return [grid, points(notes)] if notes else [grid]


def within(item: CardItem) -> str:
    """`15 min`."""
    return _("%(n)s min", n=item.due_minutes)


def what_to_do(item: CardItem) -> str:
    """The task with what it waits for."""
    return item.text + (" " + _("(venter på politiets ja)") if item.waits_for_police else "")


def ended_by(plan: PlanDocument, card: ActionCard) -> str:
    """Who stands the card down."""
    leader = _("politiet") if card.track is Track.POLICE else _("tovholderen")
    who = leader if card.stands_down == LEADER else plan.called(card.stands_down)
    return _("Kortet afmeldes af: %(who)s", who=who)


def cards(plan: PlanDocument) -> list[Block]:
    """Every party's card on every track, in the plan's order."""
    found: list[Block] = []
    for track in Track:
        for line in plan.parties:
            if card := plan.card(line.actor_key, track):
                rows = [[within(item), what_to_do(item)] for item in card.items]
                said = f"({_(TRACK_LABELS[track])})"
                named = card.title if said in card.title else f"{card.title} {said}"
                found += [heading(named, 3), words(card.goal), table([_("Inden"), _("Opgave")], rows, [1, 7])]
                found.append(soft(ended_by(plan, card)))
    return found


def audiences(plan: PlanDocument) -> Block:
    """Who is told within how long, how, and who best releases it."""
    rows = [
        [
            audience.label, _("%(n)s min", n=audience.target_minutes),
            ", ".join(_(CHANNEL_LABELS[channel]) for channel in audience.channels),
            plan.called(audience.releaser) if audience.releaser else "",
        ]
        for audience in plan.audiences
    ]  # fmt: skip
    return table([_("Målgruppe"), _("Inden"), _("Kanaler"), _("Frigives helst af")], rows, [1.6, 0.7, 2, 1.4])


def categories(plan: PlanDocument) -> Block:
    """How each type of incident reaches the parties."""
    others = [line for line in plan.parties if line.actor_key != POLICE]
    rows = [
        [
            category.label, _(" eller ").join(_(TRACK_LABELS[track]) for track in category.may_be),
            *(_(CALL_LEVEL_LABELS[category.level(line.actor_key)]) for line in others),
        ]
        for category in plan.categories
    ]  # fmt: skip
    return table([_("Type"), _("Spor"), *(line.name for line in others)], rows, [1.5, 1.3, *([1] * len(others))])


def templates(plan: PlanDocument) -> list[Block]:
    """The Danish texts; paper lacks the letters of some of the other languages."""
    found: list[Block] = [words(_("Det i {} udfyldes på dagen."))]
    for template in plan.messages:
        if template.language is Language.DANISH:
            found += [heading(called(plan, template), 3), words(template.text)]
            if template.released_by:
                found.append(soft(_("Ordlyden er givet fri på forhånd: %(who)s.", who=template.released_by)))
    others = {m.language for m in plan.messages} | {f.language for f in plan.fixed_texts}
    if named := sorted(_(LANGUAGE_LABELS[one]) for one in others - {Language.DANISH}):
        found.append(soft(_("I Beredskab er der også tekster på %(languages)s.", languages=", ".join(named))))
    return found
