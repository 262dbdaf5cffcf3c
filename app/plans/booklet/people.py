"""The contact list: names and numbers, for coordinators of the plan's parties alone. Volunteers are on none."""

from datetime import timedelta
from typing import Any

from app.areas.acting import Acting
from app.areas.models import Actor
from app.contacts.access import about_of, reader_of
from app.contacts.models import POINT_KINDS, Contact, PointKind
from app.contacts.queries import contacts_of, is_police, police_addresses
from app.contacts.rules import may_see
from app.lib import clock
from app.lib.i18n import _
from app.lib.phone import spaced
from app.plans.booklet.blocks import Block, framed, heading, paper, soft, table, words
from app.plans.booklet.standing import Standing, foot
from app.plans.vocabulary import AudienceKey
from app.roster import queries as roster
from app.roster.rules import RANK_LABELS
from app.templating import clock_time, weekday

DUTIES_FOR = timedelta(days=7)
PLACES = {0: "1.", 1: "2."}


def contact_list(standing: Standing, who: Acting) -> dict[str, Any]:
    """Everything that stands in it."""
    title = _("Kontaktliste for %(area)s", area=standing.area.name)
    blocks = [warning(), *everybody(standing, who)]
    return paper(title, standing.pairs, blocks, mark=_mark(standing), foot=foot(standing, who))


def _mark(standing: Standing) -> str:
    return " · ".join(filter(None, [_("FORTROLIG: kun koordinatorer"), standing.mark]))


def warning() -> Block:
    """What such a list is not for."""
    lines = [
        _("Giv den ikke videre. Makulér den, når der kommer en ny."),
        _("Er det ikke en politisag, er politiet ikke part: ring ikke til dem, der er mærket politi, om den."),
    ]
    return framed(_("Kun for koordinatorer hos planens parter"), lines)


def everybody(standing: Standing, who: Acting) -> list[Block]:
    """Parties in call order, other actors, duties, audiences without residents: of whom this reader sees."""
    area, reader = standing.area, reader_of(who)
    present, police, keys = contacts_of(area), police_addresses(area), standing.document.party_keys
    named = [one for one in present if not one.is_volunteer and may_see(reader, about_of(one, police))]
    parties = [actor for key in keys for actor in area.actors if actor.key == key]
    others = [actor for actor in area.actors if actor not in parties]
    blocks = [heading(_("Parter, i den rækkefølge de tilkaldes"))]
    blocks += [block for actor in parties for block in _of_actor(actor, named, police)]
    known = [actor for actor in others if actor.phone or any(c.actor_id == actor.id for c in named)]
    if known:
        blocks.append(heading(_("Andre aktører")))
        blocks += [block for actor in known for block in _of_actor(actor, named, police)]
    blocks += [*_duties(parties, named), heading(_("Målgrupper"))]
    blocks += _audiences(standing, [c for c in named if c.actor_id is None], police)
    if any(one.is_volunteer for one in present):
        blocks.append(soft(_("Frivillige står aldrig på papir. Koordinatorer finder dem i Beredskab.")))
    return [*blocks, soft(_("Beboere står her ikke. Deres numre bruges kun af Beredskab selv."))]


def _of_actor(actor: Actor, named: list[Contact], police: frozenset[str]) -> list[Block]:
    found = [contact for contact in named if contact.actor_id == actor.id]
    number = " · " + spaced(actor.phone) if actor.phone else ""
    blocks = [heading(actor.name + number, 3)]
    if not found:
        return [*blocks, words(_("Ingen kontakter."))]
    rows = [[PLACES.get(n, f"{n + 1}."), *_row(contact, police)] for n, contact in enumerate(found)]
    return [*blocks, table([_("Nr."), *columns_said()], rows, [0.3, 2, 2.2, 1.8])]


def columns_said() -> list[str]:
    """What is said of each."""
    return [_("Navn og funktion"), _("Nummer og mail"), _("Husk")]


def _row(contact: Contact, police: frozenset[str]) -> list[str]:
    name = f"{contact.name}, {contact.function}" if contact.function else contact.name
    ways = [_way(point.kind, point.address) for point in contact.points if point.dead_at is None]
    marks = [
        _("ringes kun af mennesker") if contact.humans_only else "",
        _("politi: kun i en politisag") if is_police(contact, police) else "",
        "" if ways else _("intet nummer virker"),
    ]
    return [name, ", ".join(ways), ", ".join(filter(None, marks))]


def _way(kind: PointKind, address: str) -> str:
    return address if kind is PointKind.EMAIL else f"{spaced(address)} ({_(POINT_KINDS[kind])})"


def _duties(parties: list[Actor], named: list[Contact]) -> list[Block]:
    now, names = clock.now(), {contact.id: contact.name for contact in named}
    rows = [
        [actor.name, _(RANK_LABELS[duty.rank]), names[duty.person], _span(duty.starts_at), _span(duty.ends_at)]
        for actor in parties
        for duty in roster.duties_of(actor, now, now + DUTIES_FOR)
        if isinstance(duty.person, int) and duty.person in names
    ]
    if not rows:
        return []
    columns = [_("Part"), _("Vagt"), _("Hvem"), _("Fra"), _("Til")]
    return [heading(_("Vagter de næste 7 dage")), table(columns, rows, [1.6, 1, 1.4, 1.4, 1.4])]


def _span(at: Any) -> str:
    return _("%(day)s kl. %(at)s", day=weekday(at), at=clock_time(at))


def _audiences(standing: Standing, named: list[Contact], police: frozenset[str]) -> list[Block]:
    blocks: list[Block] = []
    for audience in standing.document.audiences:
        found = [c for c in named if audience.key in {member.audience_key for member in c.audiences}]
        if found and audience.key != AudienceKey.RESIDENTS:
            label = audience.label[:1].upper() + audience.label[1:]
            blocks += [heading(label, 3), table(columns_said(), [_row(c, police) for c in found], [2, 2.2, 1.8])]
    return blocks or [words(_("Ingen endnu."))]
