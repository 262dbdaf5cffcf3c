"""What the page about a text says of its place on the public page: wanted, there since when, or gone and why."""

from app.broadcasts.models import Broadcast
from app.broadcasts.publishing.queries import goes_public, publication_of
from app.broadcasts.publishing.rules import End
from app.lib import clock
from app.lib.i18n import N_, _
from app.templating import moment

ENDS = {
    End.WITHDRAWN: N_("trukket tilbage %(when)s"), End.REPLACED: N_("afløst af en nyere %(when)s"),
    End.TAKEN_DOWN: N_("taget ned %(when)s"),
}  # fmt: skip


def public_words(broadcast: Broadcast) -> str:
    """Empty: it has nothing to do there. Nobody counts who reads the page, so nothing is said of that."""
    one = publication_of(broadcast)
    if one is None or one.published_at is None or one.expires_at is None:
        waits = broadcast.queued_at is None and goes_public(broadcast)
        return _("lægges op, når den er frigivet. Alle kan læse den") if waits else ""
    if one.ended_why is not None and one.ended_at is not None:
        return _(ENDS[one.ended_why], when=moment(one.ended_at))
    if not one.stands(clock.now()):
        return _("vist %(when)s, nu udløbet", when=moment(one.published_at))
    return _("vises siden %(when)s, til %(until)s", when=moment(one.published_at), until=moment(one.expires_at))
