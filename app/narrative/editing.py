"""A version typed beside what others make meanwhile: the second writer sees both texts and loses nothing."""

import hashlib
from collections.abc import Callable
from typing import Generic, TypeVar

from app.incidents.forms import IncidentForm
from app.lib.i18n import _
from app.narrative.models import Fact, SharedMessage, SituationReport
from app.narrative.page import Narrative

Version = TypeVar("Version", SituationReport, SharedMessage)


class Editing(Generic[Version]):
    """The form's digest is the number it was made from and what the facts said then."""

    def __init__(
        self, page: Narrative, form: IncidentForm, newest: Callable[[], Version | None], facts: Callable[[], list[Fact]]
    ) -> None:
        self.page, self.facts = page, facts
        self.newest: Callable[[], Version | None] = newest
        shown = (form.digest.data or "").split(".")[0]
        self.base = int(shown) if shown.isdecimal() else 0

    def world(self) -> str:
        """What the form was shown, or would be shown now."""
        newest = self.newest()
        facts = "|".join(f"{fact.public_id} {fact.version}" for fact in self.facts())
        return f"{newest.number if newest else 0}.{hashlib.sha256(facts.encode()).hexdigest()[:12]}"

    @property
    def theirs(self) -> Version | None:
        """The version that somebody made while this one was typed."""
        newest = self.newest()
        return newest if newest is not None and newest.number != self.base else None

    def changed(self) -> str:
        """Which of the two has changed."""
        theirs = self.theirs
        if theirs is None:
            return _("Oplysningerne er ændret, mens du skrev. Se dem igen.")
        return _(
            "%(who)s har lavet version %(n)s, mens du skrev. Begge tekster står her. Ret din, så den rummer begge.",
            who=self.page.author(theirs), n=theirs.number,
        )  # fmt: skip
