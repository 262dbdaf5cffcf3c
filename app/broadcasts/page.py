"""One incident's broadcasts as one reader sees them."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from flask import Blueprint, abort, url_for

from app.areas.models import OrganisationKind
from app.broadcasts import queries
from app.broadcasts.counted import Counted, counted
from app.broadcasts.handing_over import HandingOver, handing_over
from app.broadcasts.models import Broadcast
from app.broadcasts.narrowed import narrowed_to
from app.broadcasts.operations.holding import called
from app.broadcasts.publishing.shown import public_words
from app.broadcasts.receiving import Receivers, receivers
from app.broadcasts.residents import lacks_data_protection
from app.broadcasts.spoken import Spoken, languages_of
from app.broadcasts.standing import Grid, Row
from app.broadcasts.states import HOW_LABELS, STATE_LABELS, BroadcastState, Phase, Progress, shown
from app.broadcasts.texts import as_sent, in_advance, in_braces
from app.contacts.models import Contact
from app.incidents.access import Seen, seen_inside_or_404
from app.incidents.documents import document_of
from app.lib.i18n import _
from app.lib.languages import LANGUAGE_LABELS, Language, direction
from app.lib.text import Length, measure
from app.narrative.models import SharedMessage
from app.narrative.queries import latest_message
from app.plans.document import PlanDocument
from app.plans.messages import placeholders
from app.plans.tracks import Ruling, may_release, may_write_broadcast
from app.plans.vocabulary import POLICE, AudienceKey, Track
from app.templating import moment

SHOWN = 5

blueprint = Blueprint("broadcasts", __name__, url_prefix="/incidents/<public_id>/broadcasts")


class Sending:
    """`page` in the templates."""

    def __init__(self, seen: Seen) -> None:
        self.seen, self.incident, self.reader = seen, seen.incident, seen.reader

    def url(self, endpoint: str = "all_broadcasts", broadcast: Broadcast | None = None, **values: Any) -> str:
        """The address of one of this incident's pages here."""
        if broadcast is not None:
            values["broadcast_id"] = broadcast.public_id
        return url_for(f"broadcasts.{endpoint}", public_id=self.incident.public_id, **values)

    @property
    def room_url(self) -> str:
        return url_for("incident.show", public_id=self.incident.public_id)

    @cached_property
    def document(self) -> PlanDocument:
        return document_of(self.incident)

    @property
    def newest(self) -> SharedMessage | None:
        """The version that texts are made from now."""
        return latest_message(self.incident)

    @cached_property
    def newest_as_shown(self) -> SharedMessage | None:
        """The same, asked for once: for pages that only show."""
        return self.newest

    @cached_property
    def broadcasts(self) -> list[Broadcast]:
        """All of them, the newest first."""
        return queries.broadcasts_of(self.incident)

    @property
    def all_progress(self) -> dict[int, Progress]:
        """How far each has come, by its id."""
        return self.counted.progress

    @cached_property
    def counted(self) -> Counted:
        """What became of everything that was sent."""
        return counted(self.incident, self.broadcasts)

    @cached_property
    def free_audiences(self) -> set[str]:
        """What the police have let free; asked once for all texts."""
        return {one.audience_key for one in queries.free_audiences(self.incident)} if self._is_police_case else set()

    @property
    def _is_police_case(self) -> bool:
        return self.incident.track is Track.POLICE

    @cached_property
    def to_release(self) -> list[Broadcast]:
        """What waits for the reader: their own yes, or the police's by telephone."""
        waiting = [one for one in self.broadcasts if one.state is BroadcastState.AWAITING]
        if waiting:
            queries.read_authors(waiting)
        return [b for b in waiting if self.may_release(b) or self.may_release(b, on_behalf=True)]

    @property
    def writes(self) -> bool:
        """May make a text, and there is a message to make it from."""
        return bool(self.may(may_write_broadcast)) and self.newest_as_shown is not None

    @property
    def writes_after(self) -> bool:
        """May write the after-message, also when it is over."""
        return bool(self.may(may_write_broadcast, after=True)) and self.newest_as_shown is not None

    def may(self, rule: Callable[..., Ruling], *more: Any, **facts: Any) -> Ruling:
        """Whether to show a button; the operation asks again."""
        return rule(self.document, self.reader.who, self.seen.facts, *more, **facts)

    def may_release(self, broadcast: Broadcast, *, on_behalf: bool = False) -> Ruling:
        """The same for the one rule that needs to know who wrote it."""
        free = self.is_free(broadcast)
        return self.may(
            may_release, broadcast.author_ids, on_behalf=on_behalf, standing_release=free,
            released_in_advance=self.is_exact(broadcast), after=broadcast.is_after,
        )  # fmt: skip

    def is_free(self, broadcast: Broadcast) -> bool:
        """The police have let all its audiences free."""
        return bool(broadcast.audiences) and set(broadcast.audiences) <= self.free_audiences

    def waits_for_data_protection(self, broadcast: Broadcast) -> bool:
        """It is for residents, and they cannot read yet who keeps their numbers."""
        leaves = broadcast.queued_at is None and broadcast.state is not BroadcastState.CANCELLED
        return leaves and lacks_data_protection(broadcast)

    def is_exact(self, broadcast: Broadcast) -> bool:
        """The police have let this very wording go in the plan."""
        return in_advance(broadcast, self.broadcasts) is not None

    def needs_word(self, broadcast: Broadcast) -> bool:
        """The reader may release it only because the police said yes to them."""
        if self.incident.track is not Track.POLICE or self.reader.actor.key == POLICE:
            return False
        return not self.may_release(broadcast) and bool(self.may_release(broadcast, on_behalf=True))

    @property
    def records_for_police(self) -> bool:
        """In a politisag everybody but the police writes what they said; in an exercise anybody plays them."""
        return self.reader.actor.key != POLICE and not self.incident.is_exercise

    # ---- what stands on the pages -----------------------------------------------------------------------------------

    def state(self, broadcast: Broadcast, so_far: Progress) -> str:
        """As the screen says it: nothing waiting in the outbox means that it is finished."""
        return shown(broadcast.state, so_far).value

    def state_words(self, broadcast: Broadcast, so_far: Progress) -> str:
        """`Afventer frigivelse`."""
        words = _(STATE_LABELS[shown(broadcast.state, so_far)])
        if broadcast.state is BroadcastState.RELEASED and broadcast.planned_at:
            words = _("frigivet, sendes %(when)s", when=moment(broadcast.planned_at))
        return words[:1].upper() + words[1:]

    def audiences(self, broadcast: Broadcast) -> str:
        """`Beboere, institutioner`, and to whom of them it is narrowed."""
        names = called(self.document, broadcast.audiences)
        only = self.narrowed_to(broadcast)
        return names[:1].upper() + names[1:] + (f" ({_('kun %(who)s', who=only)})" if only else "")

    def narrowed_to(self, broadcast: Broadcast, key: str | None = None) -> str:
        """`Lindehuse, opgang 12 A, Lindeskolen`; of one audience, or of all of them; empty: nobody is left out."""
        return narrowed_to(self.incident, broadcast, key, self.name_of)

    def only_for(self, row: Row) -> str:
        """The parts of an audience that something was sent to."""
        key = row.audience.key
        words = (self.narrowed_to(b.corrects or b, key) for b in reversed(row.narrow) if b.phase is not Phase.AFTER)
        return "; ".join(dict.fromkeys(said for said in words if said))

    def authors(self, broadcast: Broadcast) -> str:
        """As their parties: who of them stands in the log, for those who may read it there."""
        return ", ".join(dict.fromkeys(author.actor.name for author in broadcast.authors))

    def progress(self, broadcast: Broadcast) -> Progress:
        """How far it has come."""
        return queries.progress_of([broadcast])[broadcast.id]

    def receivers(self, broadcast: Broadcast) -> Receivers:
        """Who gets it, and what they were sent lately as far as the reader may know."""
        return receivers(broadcast, queries.lately_to(self.reader, broadcast.audiences, broadcast))

    def as_sent(self, text: str, language: str = "da") -> str:
        """As it leaves, ØVELSE and all."""
        return as_sent(self.incident, text, Language(language))

    def length(self, text: str, language: str = "da") -> Length:
        """Of what leaves."""
        return measure(self.as_sent(text, language))

    def handing_over(self, broadcast: Broadcast) -> HandingOver:
        """Sender, time, parts, price."""
        return handing_over(broadcast)

    def languages(self, broadcast: Broadcast) -> list[Spoken]:
        """The text in the languages of its receivers."""
        return languages_of(broadcast)

    def more_languages(self, here: list[Spoken]) -> list[tuple[str, str]]:
        """Those that nobody reads and nobody has written."""
        there = {one.language for one in here}
        return [(key.value, label) for key, label in LANGUAGE_LABELS.items() if key not in there]

    def direction(self, language: str) -> str:
        """For `dir=`."""
        return direction(Language(language))

    def open_places(self, text: str) -> str:
        """`{opgange}, {samlingssted}`, empty when all is filled."""
        return in_braces(placeholders(text))

    def is_outdated(self, broadcast: Broadcast) -> bool:
        """A newer message has come than the one that the text was made from."""
        newest = self.newest_as_shown
        return newest is not None and newest.id != broadcast.message_id and not broadcast.is_from_before

    @cached_property
    def grid(self) -> Grid:
        """Who is informed."""
        return Grid(self.incident, self.broadcasts, self.counted.reached)

    how_labels = HOW_LABELS
    public_words = staticmethod(public_words)

    @property
    def live(self) -> list[Broadcast]:
        """The newest texts that somebody must still look after: not sent to everybody, and not given up."""
        over = (BroadcastState.FINISHED, BroadcastState.CANCELLED)
        open_ = [b for b in self.broadcasts if shown(b.state, self.all_progress[b.id]) not in over]
        return open_[:SHOWN]

    def not_before_press(self, broadcast: Broadcast) -> list[str]:
        """Who has not heard it, though this text goes to the press."""
        return self.grid.not_before_press(broadcast.audiences)

    @cached_property
    def inside_waits(self) -> str:
        """Who has not heard it and should, before the press does; empty: all have."""
        return ", ".join(self.grid.not_before_press([AudienceKey.PRESS]))

    @cached_property
    def lacks_after_message(self) -> list[str]:
        """The audiences that were sent something, as long as no after-message has been released."""
        if any(b.phase is Phase.AFTER and b.released_at for b in self.broadcasts):
            return []
        reached = {r.audience_key for r in queries.got_anything(self.incident)}
        return [a.label for a in self.document.audiences if a.key in reached]

    @cached_property
    def told_by_hand(self) -> list[str]:
        """The audiences that somebody must tell again, since no text reached them."""
        return [row.audience.label for row in self.grid.rows if row.is_informed and not row.reached.sent]

    def audience_url(self, key: str) -> str:
        """One audience's page."""
        return self.url("audience", key=key)

    def name_of(self, contact: Contact) -> str:
        """The contact, or for volunteers what it is, where it is a volunteer too."""
        if self.may_read_names or not contact.is_volunteer:
            return contact.name
        return contact.function or _("En frivillig")

    @property
    def may_read_names(self) -> bool:
        """Volunteers do not see each other's names."""
        return self.reader.actor.organisation.kind is not OrganisationKind.CIVIL

    def world(self, broadcast: Broadcast) -> str:
        """What a form about this text was shown."""
        newest = self.newest
        return f"{broadcast.state}.{broadcast.version}.{newest.number if newest else 0}"


def inside_or_404(public_id: str) -> Sending:
    """For those who take part now; for everybody else there is nothing here."""
    return Sending(seen_inside_or_404(public_id))


def found_or_404(public_id: str, broadcast_id: str) -> tuple[Sending, Broadcast]:
    """One of the incident's texts."""
    page = inside_or_404(public_id)
    return page, queries.broadcast(page.incident, broadcast_id) or abort(404)


def version_of(digest: str | None) -> int:
    """The version that the form was shown."""
    part = (digest or "").split(".")[1:2]
    return int(part[0]) if part and part[0].isdecimal() else 0
