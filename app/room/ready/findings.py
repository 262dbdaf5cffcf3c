"""What is looked at, and what is wrong with it. Each check answers findings, the worst first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app, url_for

from app.areas.models import Actor, Area, Membership
from app.areas.queries import data_protection_of
from app.areas.roles import Role
from app.contacts.jobs import CONFIRMED_EVERY
from app.contacts.models import Contact, PointKind
from app.contacts.queries import duty_line
from app.exercises.queries import last_held
from app.exercises.rules import EVERY as DRILL_EVERY
from app.extensions import db
from app.lib import clock
from app.lib.i18n import _
from app.plans.document import PlanDocument
from app.plans.queries import PlanInForce, plan_for
from app.plans.vocabulary import POLICE, TRACK_LABELS, CallLevel, Channel, Track
from app.room.banners import outage_words
from app.room.queries import outages, sender_is_silent
from app.roster import queries as roster
from app.roster import rules
from app.roster.rules import Duty, Rank, Span

AHEAD = timedelta(days=365)
HOLE_SHOWN = timedelta(days=14)
PLAN_SOON = timedelta(days=30)
POINTS_WANTED = 2
MAY_ACTIVATE = (Role.COORDINATOR, Role.RESPONDER)


@dataclass(frozen=True)
class Finding:
    """Something that would fail (`is_bad`) or is getting there; `href` is where it is mended."""

    text: str
    href: str
    is_bad: bool = False


@dataclass(frozen=True)
class Check:
    """One question to the area, with what was found; nothing found is a yes."""

    title: str
    findings: list[Finding]


def checks(area: Area, *, without_police: bool) -> list[Check]:
    """Everything that is looked at, in the order in which it would fail. `without_police`: the reader may know of B."""
    plan = plan_for(area)
    parties = _parties(area, plan.document)
    looked = [
        (_("Beskeder kan komme ud"), _ways_out(plan.document)),
        (_("Afsenderen kører"), _sender()),
        (_("Nogen kan aktivere hele tiden"), _activators(area, plan.document)),
        (_("Alle parter kan tilkaldes"), _steps(parties, plan.document)),
        (_("Vagtplanen har ingen huller og overlap"), _duties(parties)),
        (_("Kontakterne kan nås på to måder og er bekræftet"), _contacts(parties)),
        (_("Beboere kan få besked"), _data_protection(area)),
        (_("Planen gælder"), _plan(plan)),
        (_("Der er øvet inden for et kvartal"), _drill(area, without_police)),
    ]
    return [Check(title, sorted(found, key=lambda one: not one.is_bad)) for title, found in looked]


def _parties(area: Area, document: PlanDocument) -> list[Actor]:
    return [actor for actor in area.actors if actor.key in document.party_keys]


def _ways_out(document: PlanDocument) -> Iterator[Finding]:
    open_ways = current_app.config["BEREDSKAB"].channels
    here = url_for("ready.show")
    if open_ways == ("log",):
        yield Finding(_("Kun log-kanalen er åben: intet forlader denne maskine."), here, is_bad=True)
        return
    used = {channel for audience in document.audiences for channel in audience.channels}
    if "twilio_sms" not in open_ways:
        yield Finding(_("Der er ingen sms-udbyder: tilkald og beskeder går kun pr. mail."), here, is_bad=True)
    if "twilio_voice" not in open_ways:
        yield Finding(_("Der kan ikke ringes op automatisk. Den, der ikke hører en sms, vækkes ikke."), here)
    if "smtp" not in open_ways and Channel.MAIL in used:
        yield Finding(_("Der er ingen mailserver, men planen bruger mail til nogle målgrupper."), here)


def _sender() -> Iterator[Finding]:
    if sender_is_silent():
        yield Finding(_("Afsenderen kører ikke: intet sendes. Ring til driften."), url_for("ready.show"), is_bad=True)
    for channel in outages():
        yield Finding(outage_words(channel), url_for("ready.show"), is_bad=True)


def _activators(area: Area, document: PlanDocument) -> Iterator[Finding]:
    members = _members(area)
    for track in Track:
        keys = document.activators(track)
        able = [actor for actor in area.actors if actor.key in keys]
        named = document.called_all(keys)
        signed_in = [actor for actor in able if actor.id in members]
        if not signed_in and track is Track.NON_POLICE:
            text = _("Ingen hos %(who)s har et login, der kan aktivere.", who=named)
            yield Finding(text, url_for("ready.show"), is_bad=True)
        for hole in _unwatched(able)[:3]:
            text = _("Ingen hos %(who)s har vagt %(when)s.", who=named, when=_when(hole))
            track_said = f"{_(TRACK_LABELS[track]).capitalize()}: {text}"
            yield Finding(track_said, url_for("roster.show"))


def _members(area: Area) -> set[int]:
    """Actors with somebody who may act."""
    found = sa.select(Membership.actor_id).join(Actor).where(
        Actor.area_id == area.id, Membership.ended_at.is_(None), Membership.role.in_(MAY_ACTIVATE)
    )  # fmt: skip
    return set(db.session.scalars(found))


def _unwatched(able: list[Actor]) -> list[Span]:
    """When no activator has anybody on duty. One without a roster but with contacts is always there."""
    now = clock.now()
    reachable = [actor for actor in able if duty_line(actor)]
    if not reachable or not all(roster.has_roster(actor) for actor in reachable):
        return []
    found = [duty for actor in reachable for duty in roster.duties_of(actor, now, now + AHEAD)]
    return rules.gaps(found, Rank.ON_DUTY, now, now + AHEAD)


def _steps(parties: list[Actor], document: PlanDocument) -> Iterator[Finding]:
    for actor in parties:
        called = any(category.level(actor.key) is not CallLevel.WHEN_NEEDED for category in document.categories)
        line = duty_line(actor)
        href = url_for("contacts.add", actor=actor.public_id)
        if called and not line:
            yield Finding(_("%(who)s har ingen kontakter og kan ikke tilkaldes.", who=actor.name), href, is_bad=True)
        elif called and not any(_working(contact) for contact in line):
            yield Finding(_("Ingen hos %(who)s har et nummer, der virker.", who=actor.name), href, is_bad=True)
        elif called and len(line) == 1 and actor.key != POLICE:
            yield Finding(_("%(who)s har ingen stedfortræder.", who=actor.name), href)


def _duties(parties: list[Actor]) -> Iterator[Finding]:
    now = clock.now()
    for actor in parties:
        if roster.has_roster(actor):
            found = roster.duties_of(actor, now, now + AHEAD)
            href = url_for("roster.party", actor_id=actor.public_id)
            yield from _holes(actor, rules.gaps(found, Rank.ON_DUTY, now, now + AHEAD), href)
            yield from _doubles(actor, rules.overlaps(found, Rank.ON_DUTY), href)


def _holes(actor: Actor, holes: list[Span], href: str) -> Iterator[Finding]:
    if holes:
        text = _("%(who)s: ingen har vagten %(when)s.", who=actor.name, when=_when(holes[0]))
        more = _(" Og %(n)s huller mere det næste år.", n=len(holes) - 1) if len(holes) > 1 else ""
        yield Finding(text + more, href, is_bad=holes[0].starts_at < clock.now() + HOLE_SHOWN)


def _doubles(actor: Actor, pairs: list[tuple[Duty, Duty]], href: str) -> Iterator[Finding]:
    """Two who each may think that the other answers; one who stands there twice is only one."""
    both = [Span(two.starts_at, min(one.ends_at, two.ends_at)) for one, two in pairs if one.person != two.person]
    if both:
        text = _("%(who)s: to har vagten samtidig %(when)s.", who=actor.name, when=_when(both[0]))
        more = _(" Og %(n)s overlap mere det næste år.", n=len(both) - 1) if len(both) > 1 else ""
        yield Finding(text + more, href)


def _contacts(parties: list[Actor]) -> Iterator[Finding]:
    now = clock.now()
    for actor in parties:
        for place, contact in enumerate(duty_line(actor)):
            name = contact.function or _("Nr. %(n)s", n=place + 1) if contact.is_volunteer else contact.name
            who, href = f"{name} ({actor.name})", url_for("contacts.edit", public_id=contact.public_id)
            if (ways := len(_working(contact))) < POINTS_WANTED:
                yield Finding(_("%(who)s kan kun nås på %(n)s måde.", who=who, n=ways), href, is_bad=not ways)
            if contact.confirmed_at is None or contact.confirmed_at < now - CONFIRMED_EVERY:
                yield Finding(_("%(who)s er ikke bekræftet i et halvt år.", who=who), href)


def _working(contact: Contact) -> list[PointKind]:
    return [point.kind for point in contact.points if point.dead_at is None]


def _plan(plan: PlanInForce) -> Iterator[Finding]:
    href = url_for("plans.show")
    if plan.warning:
        yield Finding(str(plan.warning), href, is_bad=plan.plan is None)
    elif plan.plan and plan.plan.review_on and plan.plan.review_on <= (clock.local(clock.now()) + PLAN_SOON).date():
        yield Finding(_("Planen skal ses igennem senest %(day)s.", day=f"{plan.plan.review_on:%d.%m.%Y}"), href)


def _data_protection(area: Area) -> Iterator[Finding]:
    if data_protection_of(area) is None:
        text = _("Siden om databeskyttelse er ikke skrevet. Så længe sendes der ingen beskeder til beboere.")
        yield Finding(text, url_for("data_protection.show", slug=area.slug), is_bad=True)


def _drill(area: Area, without_police: bool) -> Iterator[Finding]:
    tracks = list(Track) if without_police else [Track.POLICE]
    last = last_held(area, tracks)
    if last is None:
        yield Finding(_("Der er ikke holdt en øvelse endnu."), url_for("exercises.door"))
    elif last < clock.now() - DRILL_EVERY:
        yield Finding(_("Sidste øvelse var %(day)s.", day=f"{clock.local(last):%d.%m.%Y}"), url_for("exercises.door"))


def _when(span: Span) -> str:
    def said(moment: datetime) -> str:
        return f"{clock.local(moment):%d.%m.%Y kl. %H.%M}"

    return _("%(since)s–%(until)s", since=said(span.starts_at), until=said(span.ends_at))
