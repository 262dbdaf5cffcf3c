"""What it takes to hand a text over: who stands as sender, how long it lasts, how many parts, and what they cost."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from flask import current_app

from app.broadcasts.models import Broadcast
from app.broadcasts.rules import language_at
from app.broadcasts.spoken import addresses_of
from app.broadcasts.texts import as_sent, in_languages
from app.contacts.models import PointKind
from app.lib.i18n import N_
from app.lib.languages import Language
from app.lib.text import measure
from app.messaging.channels import channel_for, load
from app.messaging.rates import time_for
from config import Config

KINDS = {PointKind.MOBILE: "sms", PointKind.EMAIL: "email"}
CALLED = {PointKind.MOBILE: N_("sms"), PointKind.EMAIL: N_("mail")}
LOG = "log"


@dataclass(frozen=True)
class Way:
    """One way out. `sender` is empty where nothing leaves the machine. `segments` are those of all its texts."""

    called: str
    count: int
    sender: str
    takes: timedelta
    segments: int = 0

    @property
    def leaves(self) -> bool:
        return bool(self.sender)

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up; 0: at once."""
        return -(-int(self.takes.total_seconds()) // 60)


@dataclass(frozen=True)
class HandingOver:
    """`price_each` in kroner as configured; None: nobody has said what a part costs, so nothing is said."""

    ways: list[Way]
    price_each: Decimal | None

    @property
    def segments(self) -> int:
        return sum(way.segments for way in self.ways)

    @property
    def price(self) -> str:
        """`12,60` for everything that leaves as SMS; empty: not known, or nothing leaves."""
        paid = sum(way.segments for way in self.ways if way.leaves)
        return f"{self.price_each * paid:.2f}".replace(".", ",") if self.price_each is not None and paid else ""

    @property
    def each(self) -> str:
        """`0,35`."""
        return str(self.price_each).replace(".", ",")


def handing_over(broadcast: Broadcast) -> HandingOver:
    """As it would go now, each address once, in its language."""
    config: Config = current_app.config["BEREDSKAB"]
    counts = _counted(broadcast)
    return HandingOver([_way(config, broadcast, *one) for one in counts.items()], config.sms_segment_price)


def _counted(broadcast: Broadcast) -> Mapping[PointKind, Counter[Language]]:
    ready, spoken = in_languages(broadcast), defaultdict(set)
    for address, kind, language in addresses_of(broadcast):
        if address:
            spoken[address, kind].add(language)
    found: dict[PointKind, Counter[Language]] = defaultdict(Counter)
    for (_address, kind), wanted in sorted(spoken.items(), key=lambda item: str(item[0][1]), reverse=True):
        found[kind][language_at(wanted, ready)] += 1
    return found


def _way(config: Config, broadcast: Broadcast, kind: PointKind, languages: Counter[Language]) -> Way:
    name, count = channel_for(KINDS[kind]), languages.total()
    takes = time_for(load(config)[name].rate, count)
    segments = _segments(broadcast, languages) if kind is PointKind.MOBILE else 0
    return Way(CALLED[kind], count, _sender(config, broadcast, name), takes, segments)


def _segments(broadcast: Broadcast, languages: Counter[Language]) -> int:
    texts = in_languages(broadcast)
    return sum(n * measure(as_sent(broadcast.incident, texts[one], one)).segments for one, n in languages.items())


def _sender(config: Config, broadcast: Broadcast, channel: str) -> str:
    if channel == LOG:
        return ""
    if channel == "smtp":
        return config.mail_from
    # Only parties, who may answer, are written to from a number; so an exercise is.
    return config.twilio.number if broadcast.incident.is_exercise else config.twilio.name or config.twilio.number
