"""The room as one would write it first: rows and their lazy relations in one template, counts by a query each."""

import sqlalchemy as sa
from flask import Flask, render_template_string
from flask_login import current_user
from sqlalchemy.orm import lazyload

from app.accounts.guard import public
from app.areas.models import Membership
from app.broadcasts.models import Broadcast, Recipient
from app.callout.models import Callout
from app.contacts.models import AudienceMember
from app.extensions import db
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.live.models import TopicCounter
from app.logbook.models import LogEntry
from app.messaging.models import Delivery
from app.narrative.models import Fact, SharedMessage, SituationReport
from app.tasks.models import Task

PAGE = """<!doctype html><html lang="da"><head><title>{{ incident.what }}</title></head><body>
<p>{{ user.name }}: {% for m in memberships %}{{ m.actor.name }}{% endfor %}</p><h1>{{ incident.what }}</h1>
<p>{{ incident.leader.name }} {{ incident.area.name }} {{ incident.activated_at }}</p>
<h2>Situation v{{ reports[0].number if reports }}</h2><h2>Budskab v{{ messages[0].number if messages }}</h2>
<ul>{% for f in facts %}<li>{{ f.text }} {{ f.status }} {{ f.changed_by.name }}</li>{% endfor %}</ul>
<ul>{% for p in incident.participations %}{% set found = rounds(p) %}
<li>{{ p.actor.name }} {{ found[-1].state if found }}</li>{% endfor %}</ul>
<ul>{% for t in tasks %}
<li>{{ t.actor.name }}: {{ t.text }} {{ t.due_at }} {{ t.settled_by.name if t.settled_by }}</li>{% endfor %}</ul>
<ul>{% for a in audiences %}<li>{{ a.label }} {{ reached(a.key) }} af {{ members(a.key) }}</li>{% endfor %}</ul>
<ul>{% for b in broadcasts %}<li>{{ b.number }} {{ b.text }} {{ b.message.number }} {{ sent(b) }}</li>{% endfor %}</ul>
<ol>{% for e in entries %}
<li>{{ e.at }} {{ e.author_label }} {{ e.text }} {{ corrections(e) | length }}</li>{% endfor %}</ol>
</body></html>"""
SENT = ("sent", "delivered")


def add_to(app: Flask) -> None:
    """`/plain/<public id>`: the page; `/plain/<public id>/poll`: whether anything moved."""
    app.add_url_rule("/plain/<public_id>", "plain", public(show))
    app.add_url_rule("/plain/<public_id>/poll", "plain_poll", public(poll))


def show(public_id: str) -> str:
    incident = _all(Incident, Incident.public_id == public_id)[0]
    mine = Broadcast.incident_id == incident.id
    sent_to = sa.select(sa.func.count(Recipient.contact_id.distinct())).join(Broadcast).join(Delivery)

    def rounds(party):
        return _all(Callout, Callout.incident_id == incident.id, Callout.actor_id == party.actor_id)

    def reached(key):
        return db.session.scalar(sent_to.where(mine, Recipient.audience_key == key, Delivery.state.in_(SENT)))

    def members(key):
        return _count(AudienceMember, AudienceMember.audience_key == key)

    def sent(broadcast):
        return _count(Delivery, Delivery.group == broadcast.group, Delivery.state.in_(SENT))

    def corrections(entry):
        return _all(LogEntry, LogEntry.chain_id == entry.chain_id, LogEntry.corrects_seq == entry.seq)

    log = sa.select(LogEntry).where(LogEntry.chain_id == incident.chain_id).order_by(LogEntry.seq.desc()).limit(50)
    return render_template_string(
        PAGE, user=current_user, memberships=_all(Membership, Membership.user_id == current_user.id),
        incident=incident, audiences=document_of(incident).audiences, entries=db.session.scalars(log).all(),
        tasks=_all(Task, Task.incident_id == incident.id), facts=_all(Fact, Fact.incident_id == incident.id),
        reports=_all(SituationReport, SituationReport.incident_id == incident.id)[::-1],
        messages=_all(SharedMessage, SharedMessage.incident_id == incident.id)[::-1], broadcasts=_all(Broadcast, mine),
        rounds=rounds, reached=reached, members=members, sent=sent, corrections=corrections,
    )  # fmt: skip


def poll(public_id: str) -> dict[str, int]:
    incident = _all(Incident, Incident.public_id == public_id)[0]
    assert any(m.actor_id == p.actor_id for m in _all(Membership, Membership.user_id == current_user.id)
               for p in incident.participations)  # fmt: skip
    counters = _all(TopicCounter, TopicCounter.topic.startswith(f"incident:{incident.id}:"))
    return {counter.topic: counter.version for counter in counters}


def _all(model, *which):
    return db.session.scalars(sa.select(model).where(*which).options(lazyload("*"))).all()


def _count(model, *which):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*which))
