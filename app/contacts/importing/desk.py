"""A file of contacts on its way in: each row found on the list or new, the same number twice in the file refused."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from app.areas.models import Membership
from app.areas.roles import Role
from app.contacts import access, forms, rules
from app.contacts.folding import folded
from app.contacts.importing import coming, matching
from app.contacts.importing.columns import NEEDED, OPTIONAL, Known, Wanted, read
from app.contacts.importing.matching import Defaults, Planned
from app.contacts.models import (
    Contact,
    ContactImport,
    ContactPoint,
    ImportAudience,
    ImportFault,
    ImportPoint,
    ImportRow,
    OnMatch,
    Outcome,
)
from app.contacts.queries import duty_line, entrances_in, police_addresses
from app.extensions import db
from app.importing.desk import Desk
from app.importing.files import Unreadable
from app.importing.staging import clear_rows
from app.importing.table import Fault, Row
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.lib.types import new_public_id

NOT_YOURS = Reason(N_("Kontakten hører til hos andre. I kan kun hente kontakter ind hos jeres egen organisation."))
NO_AUDIENCE = Reason(N_("Skriv en part eller en målgruppe, eller vælg en målgruppe til hele filen."))
NOT_AUDIENCES = Reason(N_("Kun helhedsplanen og boligorganisationen lægger kontakter i målgrupper. Tøm feltet."))
TWO = Reason(N_("Numrene i rækken står hos to forskellige kontakter på listen. Ret listen eller rækken."))


class ContactFile:
    """Everything of one import. Only what must be remembered across batches is held: a file may be large."""

    def __init__(self, imported: ContactImport) -> None:
        self.needed, self.optional = dict(NEEDED), dict(OPTIONAL)
        self.import_id, self.area, self.on_match = imported.id, imported.area, imported.on_match
        self.reader = uploader(imported)
        if not self.reader.coordinates:
            raise Unreadable(N_("Den, der sendte filen, er ikke koordinator mere. Intet er gemt."))
        self.known = Known.of(self.area, forms.audiences_of(self.area))
        self.defaults = Defaults(imported.audience_key, imported.source, clock.now())
        self.police = police_addresses(self.area)
        self.spelled = {(place, name.casefold()): name for place, name in entrances_in(self.area.id)}
        self.lines = {actor.id: len(duty_line(actor)) for actor in self.area.actors}
        self.found: Counter[str] = Counter()

    def read(self, row: Row) -> Wanted | None:
        """None when the row has faults."""
        wanted = read(row, self.known)
        if wanted is not None and (refusal := self._refusal(wanted)):
            row.fault("", refusal)
            return None
        return wanted

    def _refusal(self, wanted: Wanted) -> Reason | None:
        keeps = self.reader.keeps_audiences
        if not keeps and (wanted.audiences or self.defaults.audience_key):
            return NOT_AUDIENCES
        if not keeps and (wanted.actor is None or wanted.actor.organisation_id != self.reader.organisation_id):
            return NOT_YOURS
        if wanted.actor is None and not wanted.audiences and not self.defaults.audience_key:
            return NO_AUDIENCE
        return None

    def keep(self, found: Sequence[Wanted]) -> tuple[int, list[Fault]]:
        """How many will be new or changed, and what is wrong between the rows or with the list."""
        faults: list[Fault] = []
        addresses = {address for wanted in found for address in wanted.addresses}
        staged, on_list = self._staged(addresses), self._on_list(addresses)
        contacts = self._contacts({one for ids in on_list.values() for one in ids})
        taken = self._taken(contacts)
        planned = []
        for wanted in found:
            one = self._plan(wanted, staged, on_list, contacts, taken, faults)
            if one is not None:
                planned.append(one)
                staged |= {address: (wanted.line, folded(wanted.name)) for address in wanted.addresses}
                taken |= {one.contact.id: wanted.line} if one.contact else {}
        self._stage(planned)
        self.found.update(one.outcome.value for one in planned)
        return sum(one.outcome in (Outcome.NEW, Outcome.CHANGED) for one in planned), faults

    def _plan(
        self, wanted: Wanted, staged: dict[str, tuple[int, str]], on_list: dict[str, set[int]],
        contacts: dict[int, Contact], taken: dict[int, int], faults: list[Fault],
    ) -> Planned | None:  # fmt: skip
        before = {staged[address] for address in wanted.addresses if address in staged}
        if before:
            line, name = min(before)
            if len(before) == 1 and name == folded(wanted.name) and all(a in staged for a in wanted.addresses):
                self.found["again"] += 1
                return None
            text = N_("Samme nummer eller mail står i række %(row)s. Saml de to rækker til én, eller fjern den ene.")
            faults.append(Fault(wanted.line, "", Reason(text, {"row": line})))
            return None
        ids = {one for address in wanted.addresses for one in on_list.get(address, ())}
        if len(ids) > 1:
            faults.append(Fault(wanted.line, "", TWO))
            return None
        contact = contacts.get(next(iter(ids), 0))
        if contact is None:
            return matching.as_new(wanted, self._next_place(wanted), self.defaults)
        if contact.id in taken:
            text = N_("Rækken er den samme kontakt som række %(row)s. Saml de to rækker til én.")
            faults.append(Fault(wanted.line, "", Reason(text, {"row": taken[contact.id]})))
            return None
        if self.on_match is OnMatch.LEAVE:
            return matching.as_left(wanted, contact)
        moves = wanted.actor is not None and wanted.actor.id != contact.actor_id
        position = self._next_place(wanted) if moves else contact.position
        return matching.as_changed(wanted, contact, position, self.defaults)

    def _next_place(self, wanted: Wanted) -> int:
        if wanted.actor is None:
            return 0
        place = self.lines[wanted.actor.id]
        self.lines[wanted.actor.id] += 1
        return place

    def _staged(self, addresses: Iterable[str]) -> dict[str, tuple[int, str]]:
        """Where the file has had them already."""
        rows = sa.select(ImportPoint.address, ImportRow.line, ImportRow.name).join(
            ImportRow, sa.and_(ImportRow.import_id == ImportPoint.import_id, ImportRow.line == ImportPoint.line)
        )
        mine = rows.where(ImportPoint.import_id == self.import_id, ImportPoint.address.in_(addresses))
        return {address: (line, folded(name)) for address, line, name in db.session.execute(mine)}

    def _on_list(self, addresses: Iterable[str]) -> dict[str, set[int]]:
        """Who has them. What the uploader may not change is not looked at: nobody learns from it who is there."""
        points = sa.select(ContactPoint.address, Contact.id).join(Contact, ContactPoint.contact_id == Contact.id)
        query = points.where(ContactPoint.address.in_(addresses), access.editable(self.area, self.reader))
        found: dict[str, set[int]] = {}
        for address, contact_id in db.session.execute(query):
            found.setdefault(address, set()).add(contact_id)
        return found

    def _contacts(self, ids: set[int]) -> dict[int, Contact]:
        query = sa.select(Contact).where(Contact.id.in_(ids)).execution_options(populate_existing=True)
        return {contact.id: contact for contact in db.session.scalars(query)}

    def _taken(self, ids: Iterable[int]) -> dict[int, int]:
        query = sa.select(ImportRow.contact_id, ImportRow.line)
        mine = query.where(ImportRow.import_id == self.import_id, ImportRow.contact_id.in_(list(ids)))
        return {contact_id: line for contact_id, line in db.session.execute(mine) if contact_id is not None}

    def _stage(self, planned: Sequence[Planned]) -> None:
        self.found["police"] += sum(any(a in self.police for a in one.wanted.addresses) for one in planned)
        for one in planned:
            self._spell(one)
        _insert(ImportRow, [self._row(one) for one in planned])
        _insert(ImportPoint, [point for one in planned for point in self._points(one)])
        of = {"import_id": self.import_id}
        _insert(
            ImportAudience, [of | {"line": p.wanted.line, "audience_key": key} for p in planned for key in p.audiences]
        )

    def _spell(self, one: Planned) -> None:
        place, entrance = one.values["place_id"], str(one.values["entrance"])
        if isinstance(place, int) and entrance:
            one.values["entrance"] = self.spelled.setdefault((place, entrance.casefold()), entrance)

    def _row(self, one: Planned) -> dict[str, Any]:
        contact = one.contact
        return one.values | {
            "import_id": self.import_id, "line": one.wanted.line, "outcome": one.outcome, "changes": one.changes,
            "public_id": new_public_id(), "contact_id": contact.id if contact else None,
            "seen_edited_at": contact.edited_at if contact else None, "folded": matching.name_key(one),
        }  # fmt: skip

    def _points(self, one: Planned) -> list[dict[str, Any]]:
        return [
            {"import_id": self.import_id, "line": one.wanted.line, "kind": kind, "address": address,
             "is_new": is_new, "replaces_id": replaces}
            for kind, address, is_new, replaces in one.points
        ]  # fmt: skip

    def at_end(self) -> tuple[list[Reason], list[Fault]]:
        """What the file will do, in few lines."""
        said = {
            Outcome.NEW: N_("Nye kontakter: %(n)s."), Outcome.CHANGED: N_("Kontakter, der rettes: %(n)s."),
            Outcome.SAME: N_("Står på listen i forvejen, helt ens: %(n)s."),
            Outcome.LEFT: N_("Står på listen i forvejen og bliver stående: %(n)s."),
            "again": N_("Rækker, der står to gange i filen og tælles én gang: %(n)s."),
            "police": N_("Deler nummer eller mail med politiet og får intet om hændelser uden politiet: %(n)s."),
        }  # fmt: skip
        return [Reason(text, {"n": self.found[what]}) for what, text in said.items() if self.found[what]], []


def uploader(imported: ContactImport) -> rules.Reader:
    """The uploader, as they are now: whoever is no coordinator any more changes nothing."""
    actor, user = imported.by_actor, imported.by_user
    held = sa.select(Membership.id).where(
        Membership.user_id == user.id, Membership.actor_id == actor.id, Membership.role == Role.COORDINATOR,
        Membership.ended_at.is_(None),
    )  # fmt: skip
    coordinates = db.session.scalar(held) is not None and not user.is_administrator
    return rules.Reader(user.id, actor.organisation_id, coordinates, access.keeps_audiences(actor), actor.is_civil)


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(sa.insert(model), rows)


def report(import_id: int, faults: list[Fault]) -> None:
    """Every fault, for the file that can be taken home."""
    said = [
        {"import_id": import_id, "line": f.row, "column": f.column[:60], "text": f.reason.in_danish()[:400]}
        for f in faults
    ]
    _insert(ImportFault, said)


def _open(imported: ContactImport) -> ContactFile:
    # What a worker that died had found: the one that took over finds it again.
    db.session.execute(sa.delete(ImportFault).where(ImportFault.import_id == imported.id))
    return ContactFile(imported)


def clear(import_id: int) -> None:
    """Take every staged row out again, a short transaction at a time, and before them what they brought half-way."""
    coming.take_back(import_id)
    for model in (ImportPoint, ImportAudience, ImportRow):
        clear_rows(model, model.import_id == import_id)


DESK = Desk(ContactImport, _open, clear, report)
