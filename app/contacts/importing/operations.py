"""Taking a list in, saying yes to what it does, calling it off; and the worker's part of it."""

import logging
from datetime import timedelta

import sqlalchemy as sa

from app.accounts.models import User
from app.accounts.operations import record
from app.areas.by import By
from app.areas.models import Area
from app.contacts.importing import coming, saving
from app.contacts.models import ContactImport, ContactSource, ImportFault, ImportRow, OnMatch
from app.errors import Refused
from app.extensions import db
from app.importing.staging import clear_rows
from app.importing.states import ImportState
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.live.operations import raise_topics

WAITS_FOR_A_YES = timedelta(days=7)
BROKEN = Reason(N_("Filen kunne ikke gemmes. Intet er ændret. Hent den ind igen."))
log = logging.getLogger(__name__)


def submit(
    area: Area, name: str, content: bytes, once_key: str, *, on_match: OnMatch, audience_key: str,
    source: ContactSource | None, by: By,
) -> ContactImport:  # fmt: skip
    """Leave the file to the worker. The same form twice is one import."""
    there = db.session.scalar(sa.select(ContactImport).where(ContactImport.once_key == once_key))
    if there is not None:
        return there
    imported = ContactImport(
        area_id=area.id, file_name=name[:120], content=content, by_user_id=by.user.id, by_actor_id=by.actor.id,
        uploaded_at=clock.now(), once_key=once_key, on_match=on_match, audience_key=audience_key, source=source,
    )  # fmt: skip
    db.session.add(imported)
    db.session.flush()
    return imported


def say_yes(imported: ContactImport, *, by: By) -> None:
    """The worker saves it as it was shown. A second yes changes nothing."""
    db.session.refresh(imported, with_for_update={"of": ContactImport})
    if imported.said_yes_at is not None:
        return
    if imported.state is not ImportState.CHECKED or not imported.rows_kept:
        raise Refused(Reason(N_("Filen kan ikke gemmes nu. Genindlæs siden, og se hvordan den står.")))
    imported.said_yes_at, imported.said_yes_by_id = clock.now(), by.user.id
    raise_topics(imported.topic)
    db.session.flush()


def call_off(imported: ContactImport, *, by: By) -> None:
    """Nothing of it will be saved."""
    db.session.refresh(imported, with_for_update={"of": ContactImport})
    if imported.said_yes_at is not None and imported.state is not ImportState.CHECKED:
        raise Refused(Reason(N_("Filen er gemt. Ret kontakterne på listen, eller hent en rettet fil ind.")))
    if imported.state is not ImportState.WITHDRAWN:
        _settle(imported, ImportState.WITHDRAWN)
        record("contacts_import", f"{by.label} fortrød en fil med kontakter.", by=by.user, area_id=imported.area_id)


def next_to_save() -> coming.Batch | None:
    """What is written next of the oldest file that somebody said yes to. Only reads."""
    import_id = db.session.scalar(sa.select(ContactImport.id).where(_waits_to_be_saved()).order_by(ContactImport.id))
    return None if import_id is None else coming.next_batch(import_id)


def save_some(batch: coming.Batch) -> bool:
    """Write it, or when everything is there: all of it counts. The caller commits. False: others are at the file."""
    waits = sa.select(ContactImport).where(ContactImport.id == batch.import_id, _waits_to_be_saved())
    imported = db.session.scalar(
        waits.with_for_update(skip_locked=True, of=ContactImport), execution_options={"populate_existing": True}
    )
    if imported is None:
        return False
    if batch.rows:
        coming.write(batch, imported, clock.now(), saving.why(imported))
        return True
    saving.lock(imported)
    if coming.is_complete(imported.id):
        _let_it_count(imported)
    return True


def _let_it_count(imported: ContactImport) -> None:
    if not saving.fits(imported):
        refuse(imported, saving.CHANGED_MEANWHILE)
        return
    saving.apply(imported)
    _settle(imported, ImportState.SAVED)
    user = db.session.get(User, imported.said_yes_by_id) if imported.said_yes_by_id else None
    name = user.name if user else ""
    text = f"{name} hentede {imported.rows_kept} kontakter ind fra en fil."
    record("contacts_import", text, by=user, area_id=imported.area_id, contact_import=imported.public_id)


def refuse(imported: ContactImport, reason: Reason) -> None:
    """Nothing of it is saved, and the uploader is told why."""
    imported.errors, imported.error_count = [{"row": 0, "column": "", "text": reason.in_danish()}], 1
    _settle(imported, ImportState.REFUSED)


def give_up_on_saving(import_id: int) -> None:
    """The file that could not be saved stops no other."""
    mine = sa.select(ContactImport).where(ContactImport.id == import_id, _waits_to_be_saved())
    imported = db.session.scalar(mine.with_for_update(of=ContactImport))
    if imported is not None:
        refuse(imported, BROKEN)


def forget_old() -> None:
    """A file that nobody said yes to for a week is called off; what was wrong in one is kept as long."""
    old = ContactImport.uploaded_at < clock.now() - WAITS_FOR_A_YES
    query = sa.select(ContactImport).where(ContactImport.state == ImportState.CHECKED, old)
    for imported in db.session.scalars(query.with_for_update(skip_locked=True, of=ContactImport)):
        _settle(imported, ImportState.WITHDRAWN)
    told = sa.update(ContactImport).where(old, ContactImport.state == ImportState.REFUSED)
    db.session.execute(told.where(ContactImport.error_count > 0).values(errors=[], error_count=0))
    db.session.commit()
    clear_rows(ImportFault, ImportFault.import_id.in_(sa.select(ContactImport.id).where(old)))


def settled_with_rows() -> list[int]:
    """Imports that are over and whose staged rows can go."""
    over = (ImportState.SAVED, ImportState.REFUSED, ImportState.WITHDRAWN)
    rows = sa.exists().where(ImportRow.import_id == ContactImport.id)
    return list(db.session.scalars(sa.select(ContactImport.id).where(ContactImport.state.in_(over), rows)))


def _waits_to_be_saved() -> sa.ColumnElement[bool]:
    return sa.and_(ContactImport.said_yes_at.is_not(None), ContactImport.state == ImportState.CHECKED)


def _settle(imported: ContactImport, state: ImportState) -> None:
    imported.state, imported.settled_at, imported.content = state, clock.now(), None
    db.session.flush()
    raise_topics(imported.topic)
