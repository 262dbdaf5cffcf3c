"""Texts begun beforehand: wordings, translations with the name of who vouches for them, the police's yes in advance."""

from dataclasses import replace
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from app.incidents.forms import long_text, select, short_text
from app.lib.i18n import N_, _
from app.lib.languages import LANGUAGE_LABELS, OTHERS, Language
from app.planning.forms.base import EntryForm, labelled, offered
from app.planning.rules.entries import Entry
from app.plans.document import FixedText, MessageTemplate, PlanDocument
from app.plans.message_checks import LONGEST
from app.plans.messages import DANISH_FIXED, SOURCES
from app.plans.places import Kind
from app.plans.vocabulary import FIXED_LABELS, MESSAGE_PHASE_LABELS, FixedKey, MessagePhase

STALE = N_("Ordlyden er ændret. Spørg igen, og skriv, hvem der sagde ja til den nye og hvornår. Eller tøm feltet.")
WHO_AND_WHEN = N_("Navn eller funktion, og hvornår.")


class WordingForm(EntryForm):
    """A text that somebody has vouched for as it stood."""

    def still_meant(self, field: Field) -> None:
        """A name stands for a wording: with another wording it is asked for again."""
        old = self.before
        if old is None or not field.data or self["text"].data == old.text:
            return
        if field.data == getattr(old, field.name):
            raise ValidationError(_(STALE))


class MessageForm(WordingForm):
    """A text by category, audience, phase and language."""

    kind = Kind.MESSAGE
    category = select(N_("Hændelsestype"), N_("Vælg en hændelsestype."))
    audience = select(N_("Målgruppe"), N_("Vælg en målgruppe."))
    phase = select(N_("Fase"), N_("Vælg en fase."))
    language = select(N_("Sprog"), N_("Vælg et sprog."))
    text = long_text(N_("Tekst"), required=N_("Skriv teksten."), max_length=LONGEST)
    approved_by = short_text(
        N_("Oversættelsen er godkendt af"), max_length=120,
        hint=N_("Kun for en oversættelse: navn og funktion. Uden navn bliver den ikke brugt."),
    )  # fmt: skip
    released_by = short_text(
        N_("Politiet har givet ordlyden fri på forhånd"), max_length=120,
        hint=N_("Kun for en første besked på dansk: hvem hos politiet, og hvornår. Ellers tomt."),
    )  # fmt: skip

    def offer(self, plan: PlanDocument) -> None:
        self.category.data, self.audience.data = self.category.data or "", self.audience.data or ""
        offered(self.category, [("", _("Alle hændelsestyper")), *((c.key, c.label) for c in plan.categories)])
        offered(self.audience, [("", _("Alle målgrupper")), *((a.key, a.label) for a in plan.audiences)])
        self.phase.choices, self.language.choices = labelled(MESSAGE_PHASE_LABELS), labelled(LANGUAGE_LABELS)
        known = ", ".join(f"{{{name}}}" for name in SOURCES)
        self.text.description = _("Det i {} udfyldes på dagen. Systemet kender %(names)s.", names=known)

    def begun(self, plan: PlanDocument) -> dict[str, Any]:
        return {"phase": MessagePhase.FIRST.value, "language": Language.DANISH.value}

    def validate_approved_by(self, field: Field) -> None:
        """Of a translation only, and of this wording."""
        if field.data and self.language.data == Language.DANISH:
            raise ValidationError(_("Den danske tekst er ingen oversættelse. Tøm feltet."))
        self.still_meant(field)

    def validate_released_by(self, field: Field) -> None:
        """Of this wording."""
        self.still_meant(field)

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        return MessageTemplate(
            self.text.data or "", MessagePhase(self.phase.data), self.category.data or None, self.audience.data or None,
            Language(self.language.data), self.released_by.data or "", self.approved_by.data or "",
        )  # fmt: skip

    def apply(self, plan: PlanDocument) -> tuple[PlanDocument, Entry]:
        made, entry = super().apply(plan)
        if entry.language is not Language.DANISH or (self.before and self.before.text == entry.text):
            return made, entry
        # Nobody has vouched for a translation of the new Danish words.
        slot = (entry.category, entry.audience, entry.phase)
        texts = (
            replace(m, approved_by="") if (m.category, m.audience, m.phase) == slot else m for m in made.messages
        )
        return replace(made, messages=tuple(texts)), entry


class FixedForm(WordingForm):
    """One of the fixed texts in another language."""

    kind = Kind.FIXED
    fixed = select(N_("Hvilken tekst"), N_("Vælg en tekst."))
    language = select(N_("Sprog"), N_("Vælg et sprog."))
    text = long_text(N_("Tekst"), required=N_("Skriv teksten."), max_length=300)
    approved_by = short_text(
        N_("Godkendt af"), max_length=120, hint=N_("Navn og funktion. Uden navn sendes den danske tekst.")
    )

    def offer(self, plan: PlanDocument) -> None:
        if self.key:
            del self.fixed, self.language
        else:
            self.fixed.choices = labelled(FIXED_LABELS)
            self.language.choices = labelled({one: LANGUAGE_LABELS[one] for one in OTHERS})
        said = DANISH_FIXED[FixedKey(self.key.partition(".")[0])] if self.key else " / ".join(DANISH_FIXED.values())
        self.text.description = _("På dansk: %(said)s Det i {} skal også stå i oversættelsen.", said=said)

    def validate_approved_by(self, field: Field) -> None:
        """Of this wording."""
        self.still_meant(field)

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        key, _dot, language = self.key.partition(".") if self.key else (self.fixed.data, ".", self.language.data)
        return FixedText(FixedKey(key), Language(language), self.text.data or "", self.approved_by.data or "")
