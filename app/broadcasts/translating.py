"""Pages of a text's translations: write one, write down who approves it, hang it up; and how a text will look."""

from flask import abort, render_template, request

from app.accounts.guard import Permission, requires
from app.broadcasts import operations
from app.broadcasts.models import Broadcast
from app.broadcasts.page import Sending, blueprint, found_or_404, inside_or_404, version_of
from app.broadcasts.states import Phase
from app.broadcasts.texts import in_languages, values_of
from app.broadcasts.translation_forms import ApprovalForm, TranslationForm
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.lib.languages import LANGUAGE_LABELS, OTHERS, Language, direction
from app.lib.text import plain
from app.plans.messages import best, filled
from app.plans.vocabulary import MessagePhase


@blueprint.route("/<broadcast_id>/texts/<language>", methods=["GET", "POST"])
@requires(Permission.ACT)
def translate(public_id: str, broadcast_id: str, language: str) -> Shown:
    """The Danish text above, the translation below."""
    page, found = found_or_404(public_id, broadcast_id)
    spoken, written = _other_or_404(language), found.in_language(_other_or_404(language))
    form = TranslationForm(text=written.text if written else _begun(page, found, spoken))
    form.write_in(spoken)

    def act() -> str:
        operations.translate(
            found, page.reader, spoken, form.text.data or "", version=version_of(form.digest.data),
            not_cpr=form.not_cpr.data,
        )  # fmt: skip
        return page.url("broadcast", found)

    title = FormPage(
        _("Besked %(n)s på %(language)s", n=found.number, language=_(LANGUAGE_LABELS[spoken])), _("Gem oversættelsen"),
        page.url("broadcast", found), template="broadcasts/translate.html", world=lambda: page.world(found),
        changed=lambda: _now(found),
    )  # fmt: skip
    return form_page(page.seen, form, title, act, sending=page, broadcast=found, language=spoken, written=written)


@blueprint.route("/<broadcast_id>/texts/<language>/approval", methods=["GET", "POST"])
@requires(Permission.ACT)
def approve(public_id: str, broadcast_id: str, language: str) -> Shown:
    """Both texts, and the name of whoever says that they say the same."""
    page, found = found_or_404(public_id, broadcast_id)
    spoken = _other_or_404(language)
    written = found.in_language(spoken) or abort(404)
    own = page.reader.user
    form = ApprovalForm(approver=own.name if written.written_by_id != own.id else "")

    def act() -> str:
        version = version_of(form.digest.data)
        operations.approve_translation(found, page.reader, spoken, form.approver.data or "", version=version)
        return page.url("broadcast", found)

    title = FormPage(
        _("Godkend oversættelsen til %(language)s", language=_(LANGUAGE_LABELS[spoken])), _("Godkend oversættelsen"),
        page.url("broadcast", found), template="broadcasts/approve.html", world=lambda: page.world(found),
        changed=lambda: _now(found),
    )  # fmt: skip
    return form_page(page.seen, form, title, act, sending=page, broadcast=found, language=spoken, written=written)


@blueprint.get("/<broadcast_id>/texts/<language>/poster")
@requires(Permission.READ_ROOM)
def text_poster(public_id: str, broadcast_id: str, language: str) -> str:
    """The text as a notice in one language; a translation that nobody has approved is not hung up either."""
    page, found = found_or_404(public_id, broadcast_id)
    spoken = Language(language) if language in list(Language) else abort(404)
    text = in_languages(found).get(spoken) or abort(404)
    return render_template(
        "broadcasts/poster.html", page=page, incident=page.incident, broadcast=found, text=text, language=spoken,
        direction=direction(spoken),
    )  # fmt: skip


@blueprint.post("/preview")
@requires(Permission.ACT)
def preview(public_id: str) -> str:
    """How the half-typed text will look on a phone, and how long it is; saves nothing."""
    page = inside_or_404(public_id)
    language = request.args.get("language", "da")
    spoken = Language(language) if language in list(Language) else abort(404)
    return render_template(
        "broadcasts/_preview.html", sending=page, language=spoken, typed=plain(request.form.get("text", "").strip())
    )


def _begun(page: Sending, found: Broadcast, language: Language) -> str:
    """The plan's own text in that language, where it has one."""
    if found.phase is Phase.WITHDRAWAL:
        return ""
    phase = MessagePhase(found.phase.value)
    template = best(page.document, page.incident.category_key, found.audiences, phase, language)
    return filled(template.text, values_of(page.incident, found.message)) if template else ""


def _other_or_404(language: str) -> Language:
    return Language(language) if language in OTHERS else abort(404)


def _now(found: Broadcast) -> str:
    return _("Beskeden er ændret imens. Den danske tekst er nu: %(said)s", said=found.text)
