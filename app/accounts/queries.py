"""Nouns of accounts."""

import hashlib

import sqlalchemy as sa

from app.accounts.models import AuditEntry, PasswordLink, RegisteredPhone, User
from app.extensions import db
from app.lib import clock

PAGE = 100


def hash_token(token: str) -> str:
    """How a token is kept: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def user_by_email(email: str) -> User | None:
    """The person who signs in with this address."""
    return db.session.scalar(sa.select(User).where(User.email == email.strip().lower()))


def user_who_may_sign_in(user_id: int | None) -> User | None:
    """The person, unless deactivated or past the last day."""
    user = db.session.get(User, user_id) if user_id is not None else None
    return user if user and user.may_sign_in(clock.now()) else None


def phone_by_token(token: str) -> RegisteredPhone | None:
    """The registered phone that still counts."""
    if not token:
        return None
    return db.session.scalar(
        sa.select(RegisteredPhone).where(
            RegisteredPhone.token_hash == hash_token(token), RegisteredPhone.expires_at > clock.now()
        )
    )


def phones_of(user: User) -> list[RegisteredPhone]:
    """The person's registered phones, newest first."""
    return list(
        db.session.scalars(
            sa.select(RegisteredPhone)
            .where(RegisteredPhone.user_id == user.id, RegisteredPhone.expires_at > clock.now())
            .order_by(RegisteredPhone.created_at.desc(), RegisteredPhone.id.desc())
        )
    )


def password_link(token: str) -> PasswordLink | None:
    """The link that can still be used."""
    link = db.session.scalar(sa.select(PasswordLink).where(PasswordLink.token_hash == hash_token(token)))
    now = clock.now()
    return link if link and link.expires_at > now and link.user.may_sign_in(now) else None


def people(search: str = "", after: str = "") -> list[User]:
    """A page of people by name whose name or mail holds the text; the next page begins after a public id.

    Not those let in to an incident for a day: that there is one is nothing for an administrator.
    """
    query = sa.select(User).where(User.expires_at.is_(None)).order_by(User.name, User.id).limit(PAGE)
    if search:
        query = query.where(
            sa.or_(User.name.icontains(search, autoescape=True), User.email.icontains(search, autoescape=True))
        )
    last = db.session.scalar(sa.select(User).where(User.public_id == after)) if after else None
    if last:
        query = query.where(sa.tuple_(User.name, User.id) > sa.tuple_(sa.literal(last.name), sa.literal(last.id)))
    return list(db.session.scalars(query))


def administrators() -> list[User]:
    """Those who may administer now."""
    rows = db.session.scalars(sa.select(User).where(User.is_administrator).order_by(User.name, User.id))
    return [user for user in rows if user.may_sign_in(clock.now())]


def audit(before: int | None = None) -> list[tuple[AuditEntry, str | None]]:
    """A page of the audit trail with the name of who did it, newest first, older than an entry's number."""
    query = (
        sa.select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.by_user_id)
        .order_by(AuditEntry.id.desc())
        .limit(PAGE)
    )
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return [(entry, name) for entry, name in db.session.execute(query)]
