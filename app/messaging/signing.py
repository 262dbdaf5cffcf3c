"""A delivery's name as it stands in the addresses that a provider calls back: nobody else can make one."""

from functools import lru_cache
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer
from itsdangerous.encoding import base64_encode

SALT = "delivery"


class Named(NamedTuple):
    """Attempt `attempt` of the delivery with this public id."""

    delivery: str
    attempt: int


def sign(secret: str, delivery: str, attempt: int) -> str:
    """The name, fit for an address."""
    named = base64_encode(f'["{delivery}",{attempt}]')  # as the serializer would write it, at a third of the work
    return _serializer(secret).make_signer(SALT).sign(named).decode()


def read(secret: str, token: str) -> Named | None:
    """Whose name it is; None when it is nobody's that we have named."""
    try:
        delivery, attempt = _serializer(secret).loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return Named(str(delivery), int(attempt))


@lru_cache
def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=SALT)
