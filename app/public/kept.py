"""How long what is kept, as the jobs that forget it have it: nobody types it a second time."""

from datetime import timedelta

from app.accounts.jobs import AUDIT_KEPT
from app.documents.operations import KEPT as DOCUMENTS_KEPT
from app.lib.i18n import N_, _
from app.messaging.jobs import DELIVERIES_KEPT, REPLIES_KEPT
from app.retention.rules import TEXTS_KEPT

MONTH = 30.4  # days
IN_MONTHS = timedelta(days=90)
KEPT = {
    N_("Navn, nummer og tekst på det, der er sendt"): DELIVERIES_KEPT,
    N_("Svar, der ikke hører til noget, vi har spurgt om"): REPLIES_KEPT,
    N_("Alt, der er skrevet i en hændelse, fra den er lukket"): TEXTS_KEPT,
    N_("Hvem der har ændret personer, roller og opsætning"): AUDIT_KEPT,
    N_("Filer til at hente (pdf)"): DOCUMENTS_KEPT,
}


def how_long() -> list[tuple[str, str]]:
    """What, and how long in words."""
    return [*((_(what), in_words(span)) for what, span in KEPT.items()), (_("Kontakter"), _("til rollen slutter"))]


def in_words(span: timedelta) -> str:
    """`6 måneder`, `30 dage`, `1 dag`."""
    if span > IN_MONTHS:
        return _("%(n)s måneder", n=round(span.days / MONTH))
    return _("1 dag") if span.days == 1 else _("%(n)s dage", n=span.days)
