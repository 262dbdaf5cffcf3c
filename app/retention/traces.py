"""Where an address leaves a trace outside the contact list: every column, and what becomes of its rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.broadcasts.models import Broadcast, Recipient
from app.callout.models import Call
from app.contacts.models import ContactAsk
from app.extensions import db
from app.messaging.jobs import BLANK, UNDER_WAY
from app.messaging.models import Delivery, InboundMessage
from app.retention import register
from app.retention.models import Erased, ErasedKind
from app.retention.texts import Column
from app.reviews.models import DebriefLink
from app.signup.models import SignUpCode


@dataclass(frozen=True)
class Trace:
    """A column that holds addresses, when its row was made, and what stands there afterwards; None: the row goes."""

    address: Column
    at: sa.ColumnElement[Any]
    becomes: Mapping[Any, Any] | None

    def rows(self, addresses: Collection[str], until: datetime) -> sa.ColumnElement[bool]:
        """Those to forget. What is on its way is left to the next night."""
        mine = sa.and_(self.address.in_(addresses), self.at <= until)
        if self.address.class_ is Delivery:
            return sa.and_(mine, Delivery.state.not_in(UNDER_WAY))
        return mine

    def erase(self, addresses: Collection[str], until: datetime) -> None:
        """They name nobody any more."""
        model, mine = self.address.class_, self.rows(addresses, until)
        change: sa.Delete | sa.Update = sa.delete(model).where(mine)
        if self.becomes is not None:
            change = sa.update(model).where(mine).values(dict(self.becomes))
        db.session.execute(change.execution_options(synchronize_session=False))


def _made_at() -> sa.ColumnElement[Any]:
    made = sa.select(Broadcast.made_at).where(Broadcast.id == Recipient.broadcast_id)
    return made.correlate(Recipient).scalar_subquery()


TRACES = (
    Trace(Delivery.address, Delivery.queued_at.expression, BLANK),
    Trace(InboundMessage.from_address, InboundMessage.received_at.expression, None),
    Trace(Recipient.address, _made_at(), {"name": "", "address": None}),
    Trace(Call.address, Call.at.expression, {"address": "", "code": None, "token_hash": None}),
    Trace(ContactAsk.address, ContactAsk.asked_at.expression, None),
    Trace(SignUpCode.address, SignUpCode.sent_at.expression, None),
    Trace(DebriefLink.address, DebriefLink.sent_at.expression, {"address": ""}),
)


def erase(addresses: Collection[str], until: datetime) -> None:
    """Everything that was sent to them, or came from them, until then."""
    if not addresses:
        return
    for trace in TRACES:
        trace.erase(addresses, until)
    db.session.expire_all()


def erase_again() -> None:
    """What the register names: after a restore, and what was still on its way when the person was erased."""
    erased = dict(db.session.execute(sa.select(Erased.key, Erased.at).where(Erased.kind == ErasedKind.ADDRESS)).all())
    if not erased:
        return
    for trace in TRACES:
        for address in db.session.scalars(sa.select(trace.address).where(trace.address != "").distinct()).all():
            if (at := erased.get(register.hashed(address))) is not None:
                trace.erase([address], at)
    db.session.expire_all()


