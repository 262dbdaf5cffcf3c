"""Hashes and links that nobody outside this installation can make."""

import hashlib
import hmac

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

SALT = "sign-off"


def keyed(kind: str, *said: str) -> str:
    """A six-digit code or a phone number is soon guessed from a plain hash; from this one only with our key."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, "\0".join((kind, *said)).encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing."""
    return hmac.compare_digest(one, other)


def link_of(contact_id: str) -> str:
    """What stands in a mail, to sign off by: it opens a page with one button, and nothing else."""
    return str(_serializer().dumps(contact_id))


def contact_of(link: str) -> str | None:
    """Whose link it is; None when it is not one of ours."""
    try:
        return str(_serializer().loads(link))
    except BadSignature:
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt=SALT)
