"""Verbs of accounts: people, passwords, phones, declaration. `by` is who did it, None for the command line."""

import secrets
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts import passwords, queries
from app.accounts.models import DECLARATION_VERSION, AuditEntry, PasswordLink, RegisteredPhone, User
from app.errors import Refused
from app.extensions import db
from app.lib import clock
from app.lib.i18n import N_, Reason

LINK_KEPT = timedelta(days=7)
PHONE_KEPT = timedelta(days=30)


class MailTaken(Refused):
    """Somebody signs in with this address already, perhaps since a moment ago."""

    def __init__(self, email: str) -> None:
        super().__init__(Reason(N_("Der er allerede en bruger med mailen %(email)s."), {"email": email}))


def record(kind: str, text: str, *, by: User | None, area_id: int | None = None, **detail: Any) -> AuditEntry:
    """Write in the audit trail. The text is Danish and names people in their roles, never what an incident is about."""
    entry = AuditEntry(
        at=clock.now(), by_user_id=by.id if by else None, area_id=area_id, kind=kind, text=text[:500], detail=detail
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def create_person(
    name: str, email: str, *, by: User | None, phone: str | None = None, is_administrator: bool = False
) -> User:
    """A person without a password yet; `make_password_link` gives the link to set it."""
    email = email.strip().lower()
    if queries.user_by_email(email):
        raise MailTaken(email)
    user = User(name=name, email=email, phone=phone, is_administrator=is_administrator, created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        raise MailTaken(email) from None
    what = "oprettede administratoren" if is_administrator else "oprettede"
    record("person_created", f"{_who(by)} {what} {name}.", by=by, user=user.public_id)
    return user


def edit_person(user: User, *, name: str, email: str, phone: str | None, by: User) -> None:
    """Change name, mail and phone."""
    email = email.strip().lower()
    other = queries.user_by_email(email)
    if other and other is not user:
        raise MailTaken(email)
    fields = {"navn": (user.name, name), "mail": (user.email, email), "telefon": (user.phone, phone)}
    changed = [field for field, (old, new) in fields.items() if old != new]
    try:
        with db.session.begin_nested():
            user.name, user.email, user.phone = name, email, phone
    except IntegrityError:
        raise MailTaken(email) from None
    if changed:
        record("person_edited", f"{_who(by)} rettede {', '.join(changed)} for {name}.", by=by, user=user.public_id)


def deactivate(user: User, *, by: User) -> None:
    """The person is out at once: every session, phone and link. The rows stay, so that old acts can be explained."""
    if user is by:
        raise Refused(Reason(N_("Du kan ikke lukke din egen adgang. Bed en anden administrator om det.")), _others(by))
    user.is_deactivated = True
    end_sessions(user)
    _forget_phones_and_links(user)
    record("person_deactivated", f"{_who(by)} lukkede adgangen for {user.name}.", by=by, user=user.public_id)


def reactivate(user: User, *, by: User) -> None:
    """The person may sign in again, with the password and roles from before."""
    user.is_deactivated = False
    record("person_reactivated", f"{_who(by)} åbnede adgangen igen for {user.name}.", by=by, user=user.public_id)


def end_sessions(user: User) -> None:
    """Every session of the person is worthless from the commit on."""
    user.session_epoch = User.session_epoch + 1
    db.session.flush()


def make_password_link(user: User, *, by: User | None) -> str:
    """The token of a new link that works once within 7 days; older links stop working."""
    token = secrets.token_urlsafe(32)
    link = db.session.get(PasswordLink, user.id) or PasswordLink(user_id=user.id)
    link.token_hash, link.expires_at = queries.hash_token(token), clock.now() + LINK_KEPT
    db.session.add(link)
    record("password_link_made", f"{_who(by)} lavede et link til kodeord for {user.name}.", by=by, user=user.public_id)
    return token


def use_password_link(link: PasswordLink, password: str) -> User:
    """Set the password on which the link was made. Old sessions, registered phones and the link are gone."""
    user = link.user
    user.password_hash = passwords.hash_password(password)
    end_sessions(user)
    _forget_phones_and_links(user)
    record("password_set", f"{user.name} valgte kodeord med et link.", by=user, user=user.public_id)
    return user


def change_password(user: User, password: str) -> None:
    """The person's own new password: other sessions end, own phones stay."""
    user.password_hash = passwords.hash_password(password)
    end_sessions(user)
    record("password_changed", f"{user.name} skiftede kodeord.", by=user, user=user.public_id)


def register_phone(user: User, label: str) -> str:
    """The token that makes this phone known for 30 days."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        RegisteredPhone(
            user=user,
            token_hash=queries.hash_token(token),
            label=label[:120],
            created_at=now,
            expires_at=now + PHONE_KEPT,
        )
    )
    db.session.flush()
    return token


def remove_phone(phone: RegisteredPhone) -> None:
    """The phone is unknown from now on."""
    db.session.delete(phone)
    db.session.flush()


def accept_declaration(user: User) -> None:
    """Keep which declaration the person accepted, and when."""
    user.declaration_version, user.declaration_at = DECLARATION_VERSION, clock.now()


def _forget_phones_and_links(user: User) -> None:
    db.session.execute(sa.delete(RegisteredPhone).where(RegisteredPhone.user_id == user.id))
    db.session.execute(sa.delete(PasswordLink).where(PasswordLink.user_id == user.id))
    db.session.expire(user, ["phones"])


def _who(by: User | None) -> str:
    return by.name if by else "Kommandolinjen"


def _others(by: User) -> tuple[str, ...]:
    return tuple(user.name for user in queries.administrators() if user is not by)
