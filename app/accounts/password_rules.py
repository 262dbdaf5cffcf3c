"""Which passwords are good enough: long, not one of the common ones, not the person's own name."""

import re
from functools import lru_cache
from pathlib import Path

from app.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from app.lib.i18n import N_, Reason

COMMON = Path(__file__).parent / "common_passwords.txt"


def fault(password: str, name: str = "", email: str = "") -> Reason | None:
    """Why the password is refused, or None when it is good enough."""
    if len(password) < MIN_LENGTH:
        return Reason(
            N_("Kodeordet skal have mindst %(least)s tegn. Tre-fire tilfældige ord er gode."), {"least": MIN_LENGTH}
        )
    if len(password) > MAX_LENGTH:
        return Reason(N_("Kodeordet må højst have %(most)s tegn."), {"most": MAX_LENGTH})
    if password.casefold() in common() or len(set(password.casefold())) < 4:
        return Reason(N_("Det kodeord er et af dem, der gættes først. Vælg tre-fire tilfældige ord i stedet."))
    if any(part in password.casefold() for part in _own_parts(name, email)):
        return Reason(N_("Kodeordet må ikke indeholde dit navn eller din mail."))
    return None


def _own_parts(name: str, email: str) -> list[str]:
    parts = [*re.split(r"[\s-]+", name), email.partition("@")[0]]
    return [part.casefold() for part in parts if len(part) >= 4]


@lru_cache
def common() -> frozenset[str]:
    """The hundred that are tried first, of those long enough to be allowed otherwise."""
    return frozenset(COMMON.read_text(encoding="utf-8").split())
