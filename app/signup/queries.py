"""What has gone where lately, which page a pass opens, and who stands under a number."""

import sqlalchemy as sa

from app.areas.models import Area
from app.contacts.models import AudienceMember, Contact, ContactPoint, PointKind
from app.extensions import db
from app.lib import clock
from app.plans.vocabulary import AudienceKey
from app.signup.hashes import keyed
from app.signup.models import SignUpCode
from app.signup.rules import DAY, LIVES, Lately


def lately(area: Area, number_key: str, prefix_key: str) -> Lately:
    """All that the rule must know; every one of the three is asked, whatever the others say."""
    since = SignUpCode.sent_at > clock.now() - DAY
    to_number = sa.select(SignUpCode.sent_at).where(
        SignUpCode.number_key == number_key, SignUpCode.area_id == area.id, since
    )
    counted = sa.select(sa.func.count()).select_from(SignUpCode)
    from_prefix = db.session.scalar(counted.where(SignUpCode.prefix_key == prefix_key, since)) or 0
    in_area = db.session.scalar(counted.where(SignUpCode.area_id == area.id, since)) or 0
    return Lately(list(db.session.scalars(to_number)), from_prefix if prefix_key else 0, in_area)


def opened_by(area: Area, pass_: str) -> SignUpCode | None:
    """The code whose owner typed it a short while ago, and got this pass for it."""
    query = sa.select(SignUpCode).where(
        SignUpCode.area_id == area.id, SignUpCode.pass_hash == keyed("pass", pass_), SignUpCode.address != "",
        SignUpCode.used_at > clock.now() - LIVES,
    )  # fmt: skip
    return db.session.scalar(query)


def residents_at(area_id: int, kind: PointKind, address: str) -> list[Contact]:
    """Those who are written to there as residents, and those who said no."""
    query = (
        sa.select(Contact)
        .where(
            Contact.area_id == area_id, Contact.ended_at.is_(None),
            Contact.points.any(sa.and_(ContactPoint.kind == kind, ContactPoint.address == address)),
            Contact.audiences.any(AudienceMember.audience_key == AudienceKey.RESIDENTS),
        )
        .order_by(Contact.id)
    )  # fmt: skip
    return list(db.session.scalars(query))


def reading(contacts: list[Contact]) -> Contact | None:
    """The one of them that gets messages."""
    return next((one for one in contacts if one.opted_out_at is None), None)


def contact_by(public_id: str) -> Contact | None:
    """Whoever a sign-off link is for."""
    return db.session.scalar(sa.select(Contact).where(Contact.public_id == public_id))
