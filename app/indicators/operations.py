"""Taking a file in, saying that it counts, taking it back: the only ways an import changes but for the worker's."""

from datetime import timedelta

import sqlalchemy as sa

from app.accounts.operations import record
from app.areas.by import By
from app.areas.models import Area
from app.errors import Refused
from app.extensions import db
from app.indicators.models import IndicatorImport
from app.indicators.queries import clashes
from app.indicators.vocabulary import IMPORT_KIND_LABELS, ImportKind, ImportState
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.live.operations import raise_topics

WAITS_FOR_A_YES = timedelta(days=7)


def submit(area: Area, kind: ImportKind, name: str, content: bytes, once_key: str, *, by: By) -> IndicatorImport:
    """Leave the file to the worker. The same form twice is one import."""
    there = db.session.scalar(sa.select(IndicatorImport).where(IndicatorImport.once_key == once_key))
    if there is not None:
        return there
    imported = IndicatorImport(
        area_id=area.id, kind=kind, file_name=name[:120], content=content, by_user_id=by.user.id,
        by_actor_id=by.actor.id, uploaded_at=clock.now(), once_key=once_key,
    )  # fmt: skip
    db.session.add(imported)
    db.session.flush()
    return imported


def save(imported: IndicatorImport, *, by: By) -> None:
    """From now on all of it counts. Refused when the area has got one of its rounds meanwhile."""
    _lock(imported)
    if imported.state is ImportState.SAVED:
        return
    if imported.state is not ImportState.CHECKED:
        raise Refused(Reason(N_("Filen kan ikke gemmes nu. Genindlæs siden, og se hvordan den står.")))
    if again := clashes(imported):
        raise Refused(Reason(N_("Målingen »%(name)s« er hentet ind imens. Intet er gemt."), {"name": again[0]}))
    if imported.kind is not ImportKind.SURVEY:
        _replace_older(imported)
    _settle(imported, ImportState.SAVED, "gemte", by)


def take_back(imported: IndicatorImport, *, by: By) -> None:
    """Nothing of it counts any more; the worker clears its rows away."""
    _lock(imported)
    if imported.state not in (ImportState.WITHDRAWN, ImportState.REPLACED):
        _settle(imported, ImportState.WITHDRAWN, "tog tilbage", by)


def forget_unsaved() -> int:
    """What nobody said yes to for a week is called off. Answers how many."""
    query = sa.select(IndicatorImport).where(
        IndicatorImport.state == ImportState.CHECKED, IndicatorImport.uploaded_at < clock.now() - WAITS_FOR_A_YES
    )
    old = list(db.session.scalars(query.with_for_update(skip_locked=True, of=IndicatorImport)))
    for imported in old:
        imported.state, imported.settled_at = ImportState.WITHDRAWN, clock.now()
    db.session.flush()
    return len(old)


def _lock(imported: IndicatorImport) -> None:
    # The area's row too: two files with the same round must not both be said yes to at once.
    db.session.scalar(sa.select(Area.id).where(Area.id == imported.area_id).with_for_update())
    db.session.refresh(imported, with_for_update={"of": IndicatorImport})


def _replace_older(imported: IndicatorImport) -> None:
    older = sa.update(IndicatorImport).where(
        IndicatorImport.area_id == imported.area_id,
        IndicatorImport.kind == imported.kind,
        IndicatorImport.state == ImportState.SAVED,
    )
    db.session.execute(older.values(state=ImportState.REPLACED, settled_at=clock.now()))


def _settle(imported: IndicatorImport, state: ImportState, did: str, by: By) -> None:
    imported.state, imported.settled_at, imported.content = state, clock.now(), None
    db.session.flush()
    raise_topics(imported.topic)
    what = f"{by.label} {did} {IMPORT_KIND_LABELS[imported.kind]}: {imported.file_name}."
    record("indicators", what, by=by.user, area_id=imported.area_id, indicator_import=imported.public_id)
