"""Wanted by its author, put up when it is let go, replaced, taken back, taken down. Under the incident's lock."""

from datetime import timedelta

from app.broadcasts.models import Broadcast
from app.broadcasts.publishing import queries, words
from app.broadcasts.publishing.models import Publication
from app.broadcasts.publishing.rules import NOTICE_STANDS_FOR, STANDS_FOR, End, Kind, kind, replaced
from app.broadcasts.states import Phase
from app.broadcasts.texts import in_languages
from app.errors import Refused
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.plans.vocabulary import AudienceKey

FOR_ALL = Reason(N_(
    "Alle kan læse den offentlige side. Vælg beboere uden at vælge steder, opgange eller bestemte, "
    "eller lad være med at vise den der."
))  # fmt: skip


def is_for_all(broadcast: Broadcast) -> bool:
    """Every resident of the area may read it."""
    residents = AudienceKey.RESIDENTS
    return residents in broadcast.audiences and not broadcast.narrowing.narrows(residents)


def want(broadcast: Broadcast, *, is_public: bool) -> None:
    """What its author chose. Raises Refused for a text that is not for every resident."""
    there = queries.publication_of(broadcast)
    if broadcast.inherits or broadcast.incident.is_exercise:
        return
    if not is_public:
        if there is not None:
            db.session.delete(there)
            db.session.flush()
        return
    if not is_for_all(broadcast):
        raise Refused(FOR_ALL)
    if there is None:
        db.session.add(_new(broadcast))
        db.session.flush()


def publish(broadcast: Broadcast) -> Publication | None:
    """It is let go: from now on everybody can read it. None when it does not belong there."""
    if not queries.goes_public(broadcast):
        return None
    one, standing = queries.publication_of(broadcast) or _new(broadcast), queries.standing_of(broadcast.incident)
    going = replaced(broadcast.phase, broadcast.corrects_id, queries.as_rules_see(standing))
    gone = [other for other in standing if other.id in going]
    _end(gone, End.WITHDRAWN if broadcast.phase is Phase.WITHDRAWAL else End.REPLACED)
    one.texts = {language.value: text for language, text in in_languages(broadcast).items()}
    one.kind = kind(broadcast.phase, gone)
    _put_up(one, gone, STANDS_FOR[broadcast.phase])
    return one


def take_down(incident: Incident, broadcast: Broadcast | None = None, *, silently: bool = False) -> int:
    """What stands of it, or of this one text, stands no longer. Those who read it are told so, unless `silently`."""
    gone = [
        one for one in queries.standing_of(incident) if broadcast is None or one.broadcast_id == broadcast.id
    ]  # fmt: skip
    _end(gone, End.TAKEN_DOWN)
    said = [one for one in gone if one.kind is not Kind.CANCEL]
    if said and not silently:
        notice = Publication(area_id=incident.area_id, incident_id=incident.id, kind=Kind.CANCEL)
        notice.texts = dict(words.TAKEN_DOWN)
        _put_up(notice, said, NOTICE_STANDS_FOR)
    return len(gone)


def _new(broadcast: Broadcast) -> Publication:
    incident = broadcast.incident
    return Publication(
        area_id=incident.area_id, incident_id=incident.id, broadcast_id=broadcast.id, is_exercise=incident.is_exercise
    )


def _put_up(one: Publication, gone: list[Publication], span: timedelta) -> None:
    one.replaces = [[old.public_id, old.published_at.isoformat()] for old in gone if old.published_at]
    one.published_at, one.expires_at = clock.now(), clock.now() + span
    db.session.add(one)
    db.session.flush()


def _end(gone: list[Publication], why: End) -> None:
    for one in gone:
        one.ended_at, one.ended_why = clock.now(), why
    db.session.flush()
