"""A public text as a message of the Common Alerting Protocol 1.2 (OASIS), and an area's texts as an Atom feed.

Pure: what is to be said comes in as plain values. `scope` is never Public: that is for those who warn a population,
which here are the police. Of what happened nothing is said but the text: urgency, severity and certainty are Unknown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from app.lib import clock

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
ATOM = "http://www.w3.org/2005/Atom"
CAP_TYPE = "application/cap+xml"
# What XML 1.0 cannot hold, in whatever way it is written.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Said:
    """The text in one language, with its short heading."""

    language: str
    event: str
    text: str


@dataclass(frozen=True)
class Alert:
    """One message. `references` are the (identifier, sent) of those whose place it took."""

    identifier: str
    sender: str
    sent: datetime
    kind: str  # alert, update, cancel
    expires: datetime
    texts: Sequence[Said]
    references: Sequence[tuple[str, datetime]]
    restriction: str
    area: str
    web: str
    is_exercise: bool = False


@dataclass(frozen=True)
class Entry:
    """A message as the feed names it."""

    alert: Alert
    url: str


def cap_xml(alert: Alert) -> bytes:
    """The document, in the order that the schema demands."""
    root = ET.Element("alert", {"xmlns": CAP})
    for name, value in (
        ("identifier", alert.identifier), ("sender", alert.sender), ("sent", moment(alert.sent)),
        ("status", "Exercise" if alert.is_exercise else "Actual"), ("msgType", alert.kind.capitalize()),
        ("scope", "Restricted"), ("restriction", alert.restriction),
    ):  # fmt: skip
        _add(root, name, value)
    if alert.references:
        said = (f"{alert.sender},{identifier},{moment(sent)}" for identifier, sent in alert.references)
        _add(root, "references", " ".join(said))
    for one in alert.texts:
        _info(root, alert, one)
    return _written(root)


def _info(root: ET.Element, alert: Alert, said: Said) -> None:
    info = ET.SubElement(root, "info")
    for name, value in (
        ("language", said.language), ("category", "Safety"), ("event", said.event), ("urgency", "Unknown"),
        ("severity", "Unknown"), ("certainty", "Unknown"), ("expires", moment(alert.expires)),
        ("senderName", alert.area), ("headline", said.event), ("description", said.text), ("web", alert.web),
    ):  # fmt: skip
        _add(info, name, value)
    _add(ET.SubElement(info, "area"), "areaDesc", alert.area)


def atom_xml(title: str, url: str, page: str, author: str, empty_since: datetime, entries: Sequence[Entry]) -> bytes:
    """The feed (RFC 4287), newest first. Its ids are the messages' own, which say nothing."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "da"})
    _add(root, "id", url)
    _add(root, "title", title)
    _add(root, "updated", moment(max((one.alert.sent for one in entries), default=empty_since)))
    _add(ET.SubElement(root, "author"), "name", author)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": url})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
    for one in entries:
        _entry(root, one)
    return _written(root)


def _entry(root: ET.Element, one: Entry) -> None:
    entry, alert = ET.SubElement(root, "entry"), one.alert
    _add(entry, "id", one.url)
    _add(entry, "title", alert.texts[0].event)
    _add(entry, "updated", moment(alert.sent))
    _add(entry, "published", moment(alert.sent))
    ET.SubElement(entry, "link", {"rel": "alternate", "type": CAP_TYPE, "href": one.url})
    _add(entry, "content", alert.texts[0].text).set("type", "text")


def moment(when: datetime) -> str:
    """Danish clocks with their offset: CAP takes no `Z` and no parts of a second."""
    return clock.local(when).isoformat(timespec="seconds")


def _add(parent: ET.Element, name: str, value: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = _FORBIDDEN.sub("", value)
    return child


def _written(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
