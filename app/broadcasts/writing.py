"""All texts, one text, writing it, and "Er du klar?"."""

from typing import Any

from flask import render_template, request

from app.accounts.guard import Permission, requires
from app.broadcasts import operations, queries
from app.broadcasts.beginning import chosen, offered
from app.broadcasts.choosing import Choices
from app.broadcasts.filling import filling_form
from app.broadcasts.forms import TextForm, WhyForm
from app.broadcasts.models import Broadcast
from app.broadcasts.night import is_night
from app.broadcasts.page import Sending, blueprint, found_or_404, inside_or_404, version_of
from app.broadcasts.reached import topics, way_of
from app.broadcasts.rules import suggested
from app.broadcasts.states import (
    CANCELLABLE,
    PHASE_LABELS,
    RELEASE_LABELS,
    STATE_LABELS,
    WRITABLE,
    BroadcastState,
    Phase,
)
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.live.queries import versions
from app.narrative.models import SharedMessage
from app.narrative.rules import Statement
from app.plans.messages import placeholders
from app.plans.tracks import may_break_glass, may_return_broadcast, may_withdraw, may_write_broadcast
from app.plans.vocabulary import MESSAGE_PHASE_LABELS, MessagePhase
from app.templating import moment


def words() -> dict[str, Any]:
    """What the pages about one text say things by."""
    return {
        "phase_labels": PHASE_LABELS, "release_labels": RELEASE_LABELS, "is_night": is_night,
    }  # fmt: skip


@blueprint.get("")
@requires(Permission.READ_ROOM)
def all_broadcasts(public_id: str) -> str:
    """Everything that was written, whatever became of it."""
    page = inside_or_404(public_id)
    return render_template(
        "broadcasts/all.html", page=page, incident=page.incident, may_write=page.may(may_write_broadcast),
        free=[one.audience_key for one in queries.free_audiences(page.incident)],
    )  # fmt: skip


@blueprint.get("/<broadcast_id>")
@requires(Permission.READ_ROOM)
def broadcast(public_id: str, broadcast_id: str) -> str:
    """One text: what it says, who gets it, how far it has come, what may be done with it."""
    page, found = found_or_404(public_id, broadcast_id)
    listens = topics(found)
    counters = versions(listens.values())  # read before the data, so that nothing between them is missed
    return render_template(
        "broadcasts/show.html", page=page, incident=page.incident, broadcast=found, progress=page.progress(found),
        standing={name: counters[topic] for name, topic in listens.items()}, way=way_of(page, found),
        may=_may(page, found), withdrawal=queries.withdrawal_of(found), **words(),
    )  # fmt: skip


def _may(page: Sending, found: Broadcast) -> dict[str, Any]:
    state, after = found.state, found.is_after
    writes = page.may(may_write_broadcast, after=after)
    awaits = state is BroadcastState.AWAITING
    return {
        "edit": writes and state in WRITABLE,
        "ready": writes and state in (BroadcastState.DRAFT, BroadcastState.RETURNED),
        "release": awaits and (page.may_release(found) or page.may_release(found, on_behalf=True)),
        "refused": page.may_release(found) if awaits else None,
        "give_back": awaits and page.may(may_return_broadcast, after=after),
        "break_glass": state in WRITABLE and page.may(may_break_glass, after=after),
        "cancel": writes and state in CANCELLABLE,
        "correct": state is BroadcastState.UNDER_WAY and found.phase is not Phase.WITHDRAWAL and writes,
        "withdraw": state is BroadcastState.UNDER_WAY and found.phase is not Phase.WITHDRAWAL
        and page.may(may_withdraw, after=after) and queries.withdrawal_of(found) is None,
    }


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.ACT)
def write(public_id: str) -> Shown:
    """A text made from the newest message."""
    page = inside_or_404(public_id)
    newest = page.newest
    sent = any(b.queued_at for b in queries.broadcasts_of(page.incident))
    usual = MessagePhase.UPDATE if sent else MessagePhase.FIRST
    asked = chosen(page, request.args, usual)
    text = asked.text or (_suggestion(page, newest) if newest else "")
    form = TextForm(phase=asked.phase.value, audiences=asked.audiences, text=text)

    def act() -> str:
        made = operations.compose(page.incident, page.reader, Choices.of(page).typed(form))
        return page.url("broadcast", made)

    title = FormPage(
        _("Ny besked"), _("Gem kladden"), page.url(), template="broadcasts/write.html",
        world=lambda: str(_number(page)), changed=lambda: _newer(page),
    )  # fmt: skip
    return _text_page(
        page, form, title, act, offers=offered(page, usual), begun=asked.text is not None,
        message_phases=MESSAGE_PHASE_LABELS,
    )  # fmt: skip


@blueprint.route("/<broadcast_id>/edit", methods=["GET", "POST"])
@requires(Permission.ACT)
def edit(public_id: str, broadcast_id: str) -> Shown:
    """Another text or other receivers; it is made anew from the newest message."""
    page, found = found_or_404(public_id, broadcast_id)
    choices = Choices.of(page)
    form = TextForm(
        phase=found.phase.value, text=found.text, audiences=found.audiences, **choices.shown(found)
    )

    if found.inherits:
        form.keep_receivers()

    def act() -> str:
        typed = choices.typed(form, found)
        operations.edit(found, page.reader, typed, version=version_of(form.digest.data))
        return page.url("broadcast", found)

    title = FormPage(
        _("Ret besked %(n)s", n=found.number), _("Gem"), page.url("broadcast", found),
        template="broadcasts/write.html", world=lambda: page.world(found), changed=lambda: changed(page, found),
    )  # fmt: skip
    return _text_page(page, form, title, act, broadcast=found)


def _text_page(page: Sending, form: TextForm, title: FormPage, act: Any, **more: Any) -> Shown:
    if "audiences" not in form:
        return form_page(page.seen, form, title, act, sending=page, newest=page.newest, **more)
    Choices.of(page).offer(form)
    return form_page(page.seen, form, title, act, sending=page, newest=page.newest, **more)


def _number(page: Sending) -> int:
    newest = page.newest
    return newest.number if newest else 0


def _newer(page: Sending) -> str:
    return _("Det fælles budskab er nu v%(n)s. Læs det, og ret din tekst, hvis den skal passe.", n=_number(page))


def _suggestion(page: Sending, message: SharedMessage) -> str:
    said = {name: getattr(message, name) for name in SharedMessage.WORDS}
    statements = [Statement(fact["text"], fact["status"]) for fact in message.facts]
    names = {page.incident.area.name, *(place.name for place in page.incident.area.places)}
    next_update = moment(message.next_update_at) if message.next_update_at else ""
    return suggested(said, statements, next_update, names)


@blueprint.route("/<broadcast_id>/ready", methods=["GET", "POST"])
@requires(Permission.ACT)
def ready(public_id: str, broadcast_id: str) -> Shown:
    """Er du klar? Everything that should be known before it goes to somebody else's eyes."""
    page, found = found_or_404(public_id, broadcast_id)
    form = filling_form(placeholders(found.text))
    form.ask_when()

    def act() -> str:
        version = version_of(form.digest.data)
        if form.names:
            text = form.filled(found.text)
            version = operations.reword(found, page.reader, text, version=version, not_cpr=form.not_cpr.data)
        operations.send_to_release(found, page.reader, planned_at=form.planned_at, version=version)
        return page.url("broadcast", found)

    title = FormPage(
        _("Er du klar?"), _("Send til frigivelse"), page.url("broadcast", found), template="broadcasts/ready.html",
        world=lambda: page.world(found), changed=lambda: changed(page, found),
    )  # fmt: skip
    return form_page(
        page.seen, form, title, act, sending=page, broadcast=found, **words()
    )


@blueprint.route("/<broadcast_id>/cancellation", methods=["GET", "POST"])
@requires(Permission.ACT)
def cancel(public_id: str, broadcast_id: str) -> Shown:
    """It is not needed after all."""
    page, found = found_or_404(public_id, broadcast_id)
    form = WhyForm()

    def act() -> str:
        operations.cancel(found, page.reader, form.reason.data or "", not_cpr=form.not_cpr.data)
        return page.url("broadcast", found)

    title = FormPage(
        _("Annullér besked %(n)s", n=found.number), _("Annullér beskeden"), page.url("broadcast", found),
        is_dangerous=True, happens=(_("Beskeden bliver ikke sendt."), _("Den og din grund kan stadig læses.")),
        world=lambda: page.world(found), changed=lambda: changed(page, found),
    )  # fmt: skip
    return form_page(page.seen, form, title, act)


def changed(page: Sending, found: Broadcast) -> str:
    """What a form that came too late is told."""
    return _(
        "Beskeden er ændret imens. Den er nu: %(state)s. Læs den igen: %(said)s",
        state=_(STATE_LABELS[found.state]), said=found.text,
    )  # fmt: skip
