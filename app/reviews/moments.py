"""A place in a timeline: when, of which source, which row. Total, so that pages neither skip nor repeat."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Self

import sqlalchemy as sa

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TOKEN = re.compile(r"(-?\d{1,17})-([aest])-(\d{1,4})-([\w-]{1,40})")


class Key(NamedTuple):
    """`source`: a before all of that moment, e an entry of the log, s a call-out's text, t a text to audiences.

    `part` is the incident's place in the course. No row's own number is shown where it counts more than the course:
    a call-out's text goes by its public id.
    """

    at: datetime
    source: str
    part: int
    id: int
    public: str = ""

    @property
    def name(self) -> str:
        """As the page marks it."""
        return f"{self.source}{self.part}-{self.public or self.id}"

    @property
    def token(self) -> str:
        """As it stands in an address."""
        micros = (self.at - _EPOCH) // timedelta(microseconds=1)
        return f"{micros}-{self.source}-{self.part}-{self.public or self.id}"

    @classmethod
    def from_token(cls, token: str, id_of: Callable[[str], int | None]) -> Self | None:
        """None for what is no place. `id_of`: the row behind a public id."""
        found = _TOKEN.fullmatch(token)
        if found is None:
            return None
        public = found[4] if found[2] == "s" else ""
        row = id_of(public) if public else int(found[4]) if found[4].isdecimal() and len(found[4]) < 18 else None
        try:
            at = _EPOCH + timedelta(microseconds=int(found[1]))
        except OverflowError:
            return None
        return None if row is None else cls(at, found[2], int(found[3]), row, public)

    @property
    def just_before(self) -> Self:
        """The place from which a page begins with this moment."""
        return self._replace(source="a", part=0, id=0, public="")

    def beyond(self, source: str, at: Any, *later: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
        """For a query of one source's rows, sorted by time: those after this place. `later` says so of one moment."""
        if source < self.source:
            return at > self.at  # type: ignore[no-any-return]
        if source > self.source:
            return at >= self.at  # type: ignore[no-any-return]
        return sa.or_(at > self.at, sa.and_(at == self.at, sa.or_(*later)))
