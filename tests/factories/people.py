"""People with a login."""

from itertools import count
from typing import Any

from app.accounts.models import DECLARATION_VERSION, User
from app.accounts.passwords import hash_password, use_cheap_hashing
from app.extensions import db
from app.lib import clock

use_cheap_hashing()
PASSWORD = "korrekt hest batteri"
_HASH = hash_password(PASSWORD)
_number = count(1)


def make_user(name: str = "Nana Prøve", *, declared: bool = True, **fields: Any) -> User:
    """A person who may sign in with PASSWORD."""
    fields.setdefault("email", f"{name.split()[0].lower()}.{next(_number)}@lindevangen.example")
    fields.setdefault("password_hash", _HASH)
    fields.setdefault("created_at", clock.now())
    if declared:
        fields.setdefault("declaration_version", DECLARATION_VERSION)
        fields.setdefault("declaration_at", clock.now())
    user = User(name=name, **fields)
    db.session.add(user)
    db.session.flush()
    return user
