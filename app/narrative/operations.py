"""Facts change by new words in the log; reports and messages by new versions, each made from the one before."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from app.accounts.models import User
from app.areas.by import By
from app.areas.models import Actor
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock, personal_data
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.logbook.operations import LooksLikeCpr
from app.narrative import queries
from app.narrative.models import (
    FACT_STATUS_LABELS,
    Fact,
    FactStatus,
    MessageAcknowledgement,
    SharedMessage,
    SituationReport,
)
from app.notices.models import Notice
from app.notices.operations import notify
from app.plans.vocabulary import Track

Version = TypeVar("Version", SituationReport, SharedMessage)


def _named(user: User, actor: Actor) -> str:
    """Who was first, for whoever comes second: of volunteers the actor alone."""
    return actor.name if actor.is_civil else user.name


class MadeMeanwhile(Refused):
    """Somebody made a version after the one this text began from; `newest` is theirs."""

    def __init__(self, newest: SituationReport | SharedMessage) -> None:
        super().__init__(
            Reason(
                N_("%(who)s har lavet version %(n)s, mens du skrev. Læs den, ret din tekst, og gem igen."),
                {"who": _named(newest.made_by, newest.made_as), "n": newest.number},
            )
        )
        self.newest = newest


def add_fact(
    incident: Incident, text: str, status: FactStatus, source: str, *, may_publish: bool, by: By, not_cpr: bool = False
) -> Fact:
    """A statement with its source."""
    incident = locked(incident)
    fact = Fact(incident_id=incident.id, text=text, status=status, source=source, may_publish=may_publish)
    _stamp(fact, by)
    db.session.add(fact)
    db.session.flush()
    _log_fact(incident, fact, by, not_cpr)
    return fact


def change_fact(
    fact: Fact, status: FactStatus, source: str, *, may_publish: bool, by: By, version: int, not_cpr: bool = False
) -> None:
    """Another status. `version` is the one that was shown; Refused when somebody changed it meanwhile."""
    incident = locked(fact.incident)
    db.session.refresh(fact)
    if fact.version != version:
        raise Refused(
            Reason(
                N_("%(who)s har lige ændret oplysningen til %(status)s. Se på den igen."),
                {"who": _named(fact.changed_by, fact.changed_as), "status": FACT_STATUS_LABELS[fact.status]},
            )
        )
    _refuse_cpr((source,), not_cpr)
    fact.status, fact.source, fact.may_publish, fact.version = status, source, may_publish, fact.version + 1
    _stamp(fact, by)
    db.session.flush()
    _log_fact(incident, fact, by, not_cpr=True)  # its text was looked at when it was written, its source just now


def _stamp(fact: Fact, by: By) -> None:
    fact.changed_at, fact.changed_by_id, fact.changed_as_id = clock.now(), by.user.id, by.actor.id


def _log_fact(incident: Incident, fact: Fact, by: By, not_cpr: bool) -> None:
    text = f"{fact.text} – {FACT_STATUS_LABELS[fact.status]}. Kilde: {fact.source}"
    data = {"fact": fact.public_id, "status": fact.status.value}
    log.write(incident, Kind.FACT, text, by=by, data=data, not_cpr=not_cpr)
    log.changed(incident, "narrative")


def save_report(incident: Incident, report: SituationReport, *, base: int, by: By, not_cpr: bool = False) -> None:
    """The next version, made from number `base` (0: the first). Raises MadeMeanwhile. Sets the next update."""
    incident = locked(incident)
    report.facts = [{"text": f.text, "status": f.status.value, "source": f.source} for f in queries.facts_of(incident)]
    _add_version(incident, report, queries.latest_report(incident), base, by, not_cpr)
    incident.next_update_at = report.next_update_at
    _log_version(incident, Kind.FACT, f"Situationsbillede v{report.number}: {report.situation}", report, by, not_cpr)


def save_message(incident: Incident, message: SharedMessage, *, base: int, by: By, not_cpr: bool = False) -> None:
    """The next version of the shared message. Only facts that may be published enter it. Raises MadeMeanwhile."""
    incident = locked(incident)
    message.facts = [{"text": f.text, "status": f.status.value} for f in queries.public_facts_of(incident)]
    _add_version(incident, message, queries.latest_message(incident), base, by, not_cpr)
    _promise(incident, message.next_update_at)
    _acknowledge(message, by)
    text = f"Fælles budskab v{message.number}: {message.what_happened}"
    _log_version(incident, Kind.MESSAGE, text, message, by, not_cpr)


def _add_version(
    incident: Incident, version: Version, newest: Version | None, base: int, by: By, not_cpr: bool
) -> None:
    if newest is not None and newest.number != base:
        raise MadeMeanwhile(newest)
    _refuse_cpr((getattr(version, name) or "" for name in version.WORDS), not_cpr)
    version.incident_id, version.number = incident.id, newest.number + 1 if newest else 1
    version.made_at, version.made_by_id, version.made_as_id = clock.now(), by.user.id, by.actor.id
    db.session.add(version)
    db.session.flush()


def _refuse_cpr(typed: Iterable[str], not_cpr: bool) -> None:
    # The log holds only the first of the words; the others are no less written down.
    found = [text for words in typed if (text := personal_data.refusal(words))]
    if found and not not_cpr:
        raise LooksLikeCpr(Reason(found[0]))


def _promise(incident: Incident, at: datetime | None) -> None:
    # The countdown of the room goes to the first promise that somebody waits for.
    now, standing = clock.now(), incident.next_update_at
    if at is not None and (standing is None or standing < now or at < standing):
        incident.next_update_at = at


def _log_version(
    incident: Incident, kind: Kind, text: str, version: SituationReport | SharedMessage, by: By, not_cpr: bool
) -> None:
    at = version.next_update_at
    rest = f" Næste opdatering kl. {clock.local(at):%H.%M}." if at else ""
    log.write(incident, kind, text + rest, by=by, data={"version": version.number}, not_cpr=not_cpr)
    log.changed(incident, "narrative", "state")


def acknowledge_message(
    message: SharedMessage, *, by: By, actor: Actor | None = None, at: datetime | None = None, on_behalf_of: str = ""
) -> bool:
    """The party says the same from now on. False when it had said so before. Refused for an older version.

    `actor` when somebody records it for another party, `on_behalf_of` who of them said it.
    """
    party = actor or by.actor
    incident = locked(message.incident)
    newest = queries.latest_message(incident)
    if newest is None or newest.id != message.id:
        number = newest.number if newest else 0
        raise Refused(
            Reason(N_("Der er kommet en nyere version (v%(n)s). Læs den, og kvittér for den."), {"n": number})
        )
    taken = sa.select(MessageAcknowledgement).filter_by(message_id=message.id, actor_id=party.id)
    if db.session.scalar(taken) is not None:
        return False
    _acknowledge(message, by, party, at)
    text = f"{party.name} har kvitteret for fælles budskab v{message.number}"
    log.write(incident, Kind.CONTACT, text, by=by, on_behalf_of=on_behalf_of or None)
    log.changed(incident, "narrative")
    return True


def _acknowledge(message: SharedMessage, by: By, actor: Actor | None = None, at: datetime | None = None) -> None:
    party = actor or by.actor
    db.session.add(
        MessageAcknowledgement(message_id=message.id, actor_id=party.id, at=at or clock.now(), by_id=by.user.id)
    )
    db.session.flush()


def take_back_acknowledgement(incident: Incident, actor: Actor, at: datetime) -> None:
    """What was recorded for this party at that moment was not so."""
    of_incident = sa.select(SharedMessage.id).where(SharedMessage.incident_id == incident.id)
    db.session.execute(
        sa.delete(MessageAcknowledgement).where(
            MessageAcknowledgement.message_id.in_(of_incident), MessageAcknowledgement.actor_id == actor.id,
            MessageAcknowledgement.at == at,
        )
    )  # fmt: skip
    log.changed(incident, "narrative")


def remind_of_first_report(incident: Incident) -> Notice | None:
    """Tell the leader, once, that the first report is late."""
    if not incident.is_open or queries.latest_report(incident) is not None:
        return None
    text = f"Beredskab {incident.area.name}. Det første situationsbillede mangler: {incident.what[:200]}"
    log.changed(incident, "narrative")
    return notify(
        incident.leader, marked(incident, text), about=f"incident:{incident.public_id}",
        key=queries.reminder_key(incident.id), without_police=incident.track is Track.NON_POLICE, send=True,
        is_exercise=incident.is_exercise, group=f"incident:{incident.id}",
    )  # fmt: skip
