"""Codes that answer by SMS, and tokens that answer by link."""

import hashlib
import re
import secrets
from collections.abc import Collection

CODES = range(1000, 10000)  # four digits, and no leading zero that a phone might drop
_CODE = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def new_code(taken: Collection[str]) -> str:
    """A code that no open or resting call to this phone has. Raises RuntimeError when every code is taken."""
    if len(set(taken)) >= len(CODES):
        raise RuntimeError("every code of this phone is taken")
    while (code := str(secrets.choice(CODES))) in taken:
        pass
    return code


def codes_in(text: str) -> list[str]:
    """The codes that a reply holds, in reading order: `Svar 4821` and `48 21` is none."""
    return _CODE.findall(text)


def new_token() -> str:
    """What a link carries: 128 bits."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(token.encode()).hexdigest()
