"""What the stories share: an area with audiences on an afternoon, and a person with a phone in one incident."""

import re
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, expect

from app.broadcasts.models import Broadcast
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.lib.database import reading
from app.messaging.models import Delivery
from tests.browser.town import Town
from tests.scene import Scene

AFTERNOON = datetime(2026, 11, 24, 14, 40, tzinfo=UTC)  # nobody asks "nu eller kl. 7?"
ROOM = re.compile(r"/incidents/[\w-]+$")


def add_audiences(scene: Scene) -> None:
    """Residents of three stairwells, a school, the boards, a civil network: all made up."""
    area = scene.cast.lindevangen
    places = {place.name: place for place in area.places}
    mobile, email = PointKind.MOBILE, PointKind.EMAIL

    def add(name: str, kind: PointKind, address: str, audience: str, where: str = "", **more: Any) -> None:
        place, _, entrance = where.partition(" ")
        add_contact(
            area, name=name, points=[(kind, address)], audiences=[audience], place=places.get(place),
            entrance=entrance, **more,
        )  # fmt: skip

    add("Beboer i 11", mobile, "30000011", "residents", "Lindehuse 11")
    add("Beboer i 13", mobile, "30000013", "residents", "Lindehuse 13")
    add("Beboer i 3", mobile, "30000003", "residents", "Vangeparken 3")
    add("Skolen", email, "skolen@lindevangen.example", "institutions")
    add("Formanden", email, "formand@lindevangen.example", "social_housing_board")
    add("Viggo Vang", email, "viggo@lindevangen.example", "section_boards")
    add("Natteravnene", mobile, "30000020", "civil_networks", is_volunteer=True)
    db.session.commit()


class Phone:
    """One of the cast at a phone. `room` is the incident's address once it has one."""

    def __init__(self, town: Town, name: str, room: str = "") -> None:
        self.town, self.name, self.room = town, name, room
        self.page: Page = self._enter()

    def _enter(self) -> Page:
        page = self.town.enter(self.name)
        page.set_default_timeout(20_000)  # several people work on one machine
        return page

    def sign_in_again(self) -> None:
        """Hours later, when the session has run out."""
        self.page.context.close()
        self.page = self._enter()

    def activate(self, kind: str, what: str, where: str) -> str:
        """From the front page; answers the room's address."""
        self.page.get_by_role("link", name="Aktivér beredskabet").click()
        track = self.page.get_by_role("radio", name="Ikke politisag")
        if track.count():
            track.first.check()
        self.page.get_by_label("Type", exact=True).select_option(label=kind)
        self.page.get_by_label("Hvor", exact=True).select_option(label=where)
        self.page.get_by_label(re.compile("^Hvad sker der")).fill(what)
        self.page.get_by_role("button", name="Aktivér nu").click()
        self.page.wait_for_url(ROOM)
        self.room = self.page.url
        return self.room

    def see(self, path: str = "") -> Page:
        """A page of the incident; nothing is wider than the phone."""
        answer = self.page.goto(self.room + path)
        assert answer is None or answer.ok, f"{path}: {answer.status}"  # none: only the anchor is another
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 390, path
        return self.page

    def reads(self, path: str, *words: str) -> None:
        """This stands there."""
        self.see(path)
        for said in words:
            expect(self.page.locator("main, .band").get_by_text(said).first).to_be_visible()

    def tap(self, path: str, name: str) -> None:
        """One button that acts at once."""
        self.see(path)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()

    def write(
        self, path: str, typed: dict[str, str] | None = None, *ticks: str, picks: dict[str, str] | None = None
    ) -> str:
        """Opens a form, fills it by its labels and sends it; answers where it led."""
        self.see(path)
        folded = self.page.locator("#form details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        for label, option in (picks or {}).items():
            self.page.get_by_label(re.compile(f"^{re.escape(label)}")).select_option(label=option)
        for name in ticks:
            box = self.page.locator("#form input[type=radio], #form input[type=checkbox]")
            box.and_(self.page.get_by_label(name, exact=True)).first.check()
        for label, text in (typed or {}).items():
            self.page.get_by_label(re.compile(f"^{re.escape(label)}")).first.fill(text)
        before = self.page.url
        with self.page.expect_navigation():
            self.page.locator("#form button[type=submit]").last.click()
        assert self.page.url != before, self.page.locator("main").inner_text()
        return self.page.url.removeprefix(self.room)

    def broadcast(self, text: str, *ticks: str) -> str:
        """A first text to these audiences, sent to release; answers its page."""
        place = self.write("/broadcasts/new", {"Tekst": text}, "Første besked", *ticks)
        return self.send_to_release(place)

    def send_to_release(self, place: str) -> str:
        """*Er du klar?*, and off to the second pair of eyes."""
        self.write(f"{place}/ready", {}, "Så snart den er frigivet")
        self.reads(place, "afventer frigivelse")
        return place

    def release(self, place: str) -> None:
        """The second pair of eyes says yes in the app."""
        self.write(f"{place}/release")

    def stand_down(self) -> None:
        """Over; what is open goes to follow-up."""
        self.see("/stand-down")
        move = [name for name in ("Flyt de åbne opgaver til opfølgning",) if self.page.get_by_label(name).count()]
        self.write("/stand-down", {}, *move)
        self.reads("", "afblæst")


def sent(number: int) -> list[str]:
    """Where the newest text by this number has gone, in order."""
    with reading():  # a reader holds nobody up; the session of a test would keep the whole database
        text = db.session.query(Broadcast).filter_by(number=number).order_by(Broadcast.id.desc()).first()
        found = db.session.query(Delivery).filter_by(group=text.group).all() if text else []
        addresses = sorted(d.address for d in found if d.sent_at)
        db.session.rollback()
    return addresses


def wait_until_sent(page: Page, number: int, count: int) -> list[str]:
    """The same, once the worker has sent so many."""
    for _ in range(100):
        if len(sent(number)) >= count:
            break
        page.wait_for_timeout(100)
    return sent(number)
