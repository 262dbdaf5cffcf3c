"""A party's answers to the four questions, in the app or on a page behind a link."""

from flask import current_app

from app.areas.by import By
from app.areas.models import Actor
from app.callout.codes import new_token, token_hash
from app.contacts.models import Contact
from app.contacts.queries import duty_line, is_police, police_addresses
from app.contacts.reaching import texting_address
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.documents import document_of
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.messaging import outbox
from app.messaging.models import Priority, ReceiverKind
from app.plans.vocabulary import IncidentStatus, Track
from app.reviews import queries
from app.reviews.models import DebriefAnswer, DebriefLink, Review
from app.reviews.rules import SILENCE_AFTER


def answer(review: Review, actor: Actor, texts: dict[str, str], *, by: By, not_cpr: bool = False) -> None:
    """A party's answers to the debrief; one given before is replaced or taken back, all of it is in the log."""
    for question, row, text in _changes(review, actor, texts):
        if text:
            log.write(review.incident, Kind.NOTE, f"Debrief, {question} {text}", by=by, not_cpr=not_cpr)
            _keep(review, row, text)
            row.answered_by, row.contact_name = by.user, ""
        else:
            log.write(review.incident, Kind.NOTE, f"Debrief, svaret er trukket tilbage: {question}", by=by)
            db.session.delete(row)
    _begin(review)


def answer_by_link(link: DebriefLink, texts: dict[str, str]) -> None:
    """The same from somebody without login. What comes from outside never enters the log: only that it came."""
    review, changed = link.review, 0
    for _question, row, text in _changes(review, link.actor, texts):
        changed += 1
        if not text:
            db.session.delete(row)
            continue
        _keep(review, row, text)
        row.answered_by, row.contact_name = None, "" if link.actor.is_civil else link.contact.called[:120]
    if changed:
        said = f"Svar modtaget på debriefen fra {link.actor.name}, på link"
        log.write(review.incident, Kind.REPLY, said, by=None)
    _begin(review)


def send_link(review: Review, actor: Actor, contact: Contact, *, by: By | None) -> None:
    """A page of its own to one of the party's contacts, good until the review is locked. Never to the police in B."""
    reached = texting_address(contact)
    if reached is None or contact.actor_id != actor.id or is_outside(review, contact):
        raise Refused(Reason(N_("Kontakten kan ikke få linket.")))
    (channel, address), token, incident = reached, new_token(), review.incident
    link = DebriefLink(
        review=review, actor=actor, contact=contact, address=address, token_hash=token_hash(token),
        sent_at=clock.now(),
    )  # fmt: skip
    db.session.add(link)
    db.session.flush()
    url = f"{current_app.config['BEREDSKAB'].public_url}/d/{token}"
    text = f"Beredskab {incident.area.name}. Hvordan gik det? Svar på fire korte spørgsmål, uden at logge ind: {url}"
    outbox.queue(
        [
            outbox.NewDelivery(
                name=contact.name, address=address, channel=channel, text=marked(incident, text),
                receiver_kind=ReceiverKind.PARTY, priority=Priority.NOTICE, about=f"debrief:{review.id}",
                group=f"debrief:{review.id}", unique_key=f"debrief-link:{link.id}",
                valid_until=clock.now() + SILENCE_AFTER / 7, without_police=incident.track is Track.NON_POLICE,
                is_exercise=incident.is_exercise, area_id=incident.area_id,
                subject=marked(incident, f"Hvordan gik det? Beredskab {incident.area.name}"),
            )
        ]
    )  # fmt: skip
    if by is not None:
        log.write(incident, Kind.CONTACT, f"Link til debriefen er sendt til {actor.name}", by=by)


def is_outside(review: Review, contact: Contact, address: str = "") -> bool:
    """Whether the contact, or the address a link went to, is the police's in what is no politisag."""
    if review.incident.track is Track.POLICE:
        return False
    police = police_addresses(review.incident.area)
    return address in police or is_police(contact, police)


def first_without_login(review: Review, actor: Actor) -> Contact | None:
    """Whom a link goes to by itself: the party's first contact who takes texts."""
    for contact in duty_line(actor):
        if not contact.humans_only and texting_address(contact) and not is_outside(review, contact):
            return contact
    return None


def _changes(review: Review, actor: Actor, texts: dict[str, str]) -> list[tuple[str, DebriefAnswer, str]]:
    before = {a.question_key: a for a in queries.answers_of(review) if a.actor_id == actor.id}
    found = []
    for number, question in enumerate(document_of(review.incident).debrief_questions):
        key, text = f"q{number}", texts.get(f"q{number}", "").strip()
        if text != (before[key].text if key in before else ""):
            row = before.get(key) or DebriefAnswer(review_id=review.id, actor=actor, question_key=key)
            found.append((question, row, text))
    return found


def _keep(review: Review, row: DebriefAnswer, text: str) -> None:
    if row not in db.session:
        row.was_late = clock.now() > review.debrief_due_at
    row.text, row.answered_at = text, clock.now()
    db.session.add(row)


def _begin(review: Review) -> None:
    if review.incident.status is IncidentStatus.STOOD_DOWN:
        review.incident.status = IncidentStatus.IN_REVIEW
    db.session.flush()
    log.changed(review.incident, "state")
