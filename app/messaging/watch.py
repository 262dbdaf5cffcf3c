"""Tells somebody outside that all is well, every minute; when it is not, the silence tells."""

import logging
import urllib.request

from flask import current_app

from app.extensions import db
from app.messaging import queries
from config import Config

PATIENCE = 10  # seconds
PING = "ping"
log = logging.getLogger(__name__)


def ping() -> None:
    """Fetch the address from the environment, if there is one and every job is in time."""
    config: Config = current_app.config["BEREDSKAB"]
    # Its own last success is no reason to keep silent: the first ping would never go.
    if not config.ping_url or not all(fine for job, fine in queries.pulse().items() if job != PING):
        return
    db.session.rollback()  # hold nothing while somebody else takes their time
    with urllib.request.urlopen(config.ping_url, timeout=PATIENCE) as answer:
        answer.read(1)
