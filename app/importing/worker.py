"""What the packages' jobs call: reads the files that wait, each a while at a time."""

import logging
from collections.abc import Iterator
from time import monotonic

import sqlalchemy as sa
from flask import Flask, current_app

from app.extensions import db
from app.importing import claims, staging
from app.importing.desk import Desk
from app.importing.models import Upload
from app.lib.database import reading
from app.lib.i18n import N_, Reason

log = logging.getLogger(__name__)
A_WHILE = 15.0  # seconds of one call


def read_files(desk: Desk) -> int:
    """Read on in the files that wait, for a while. Answers how many were read to their end.

    A large one goes on at the next call: a job that does not come back in time counts as one that has stopped.
    """
    until, done = monotonic() + A_WHILE, 0
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    here = (app, desk.model)
    while monotonic() < until and (here in _at or _take_next(here, desk)):
        if _read_on(here, until):
            done += 1
    db.session.rollback()
    return done


Here = tuple[Flask, type[Upload]]
# The file that this process has opened and how far it is. Lost with the process: then the lease ends.
_at: dict[Here, tuple[claims.Claimed, Iterator[None]]] = {}


def _take_next(here: Here, desk: Desk) -> bool:
    if not _anything_waits(desk) or (claimed := claims.claim_next(desk)) is None:
        return False
    db.session.commit()
    if claimed.attempt > claims.MOST_ATTEMPTS:
        staging.give_up(claimed, Reason(N_("Filen kunne ikke læses til ende. Prøv igen med en mindre fil.")))
        return _take_next(here, desk)
    _at[here] = (claimed, staging.check(claimed))
    return True


def _read_on(here: Here, until: float) -> bool:
    """Whether the file is finished."""
    claimed, batches = _at[here]
    try:
        for _batch in batches:
            if monotonic() >= until:
                return False
    except Exception as error:
        del _at[here]
        if isinstance(error, sa.exc.OperationalError):
            raise  # the database is away: the lease runs out, and the file is read again
        # A file that breaks us is told to the uploader, and stops no other.
        log.error("%s %s: %s", here[1].TOPIC, claimed.import_id, type(error).__name__)
        staging.give_up(claimed, Reason(N_("Filen kunne ikke læses. Brug skabelonen, og prøv igen.")))
        return True
    del _at[here]
    return True


def _anything_waits(desk: Desk) -> bool:
    with reading():
        waits = claims.anything_waits(desk)
        db.session.rollback()
    return waits
