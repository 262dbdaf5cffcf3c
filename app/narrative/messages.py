"""The shared message on screen: how it reads, who says the same, the next version, and the A4 notice."""

from functools import partial
from typing import Any

from flask import abort, render_template

from app.accounts.guard import Permission, requires
from app.incidents.forms import new_once
from app.incidents.next_update import after, choice_near
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.lib.i18n import _
from app.narrative import operations, queries
from app.narrative.editing import Editing
from app.narrative.forms import MessageForm
from app.narrative.models import Fact, SharedMessage
from app.narrative.page import Narrative, blueprint, inside_or_404
from app.narrative.rules import Section, what_changed
from app.plans.tracks import may_acknowledge_message, may_write_message


@blueprint.get("/message")
@requires(Permission.READ_ROOM)
def message(public_id: str) -> str:
    """The newest version, or what to do before the first."""
    page = inside_or_404(public_id)
    return _show(page, queries.latest_message(page.incident))


@blueprint.get("/message/<int:number>")
@requires(Permission.READ_ROOM)
def message_version(public_id: str, number: int) -> str:
    """Any version, as it stood."""
    page = inside_or_404(public_id)
    return _show(page, _version(page, number))


def _show(page: Narrative, version: SharedMessage | None) -> str:
    versions = queries.messages_of(page.incident)
    return render_template(
        "narrative/message.html", page=page, incident=page.incident, version=version, versions=versions,
        sections=page.reads(version) if version else [], changed=_changed(page, version),
        acknowledged={a.actor_id: a for a in queries.acknowledgements_of(version)} if version else {},
        is_newest=version is not None and version.id == versions[0].id, new_once=new_once,
        police=next((p.actor for p in page.incident.participations if p.actor.is_police and not p.ended_at), None),
        may_write=page.may(may_write_message), may_acknowledge=page.may(may_acknowledge_message),
    )  # fmt: skip


def _changed(page: Narrative, version: SharedMessage | None) -> Any:
    before = queries.message(page.incident, version.number - 1) if version else None
    return what_changed(page.reads(before), page.reads(version)) if version and before else None


def _version(page: Narrative, number: int) -> SharedMessage:
    return queries.message(page.incident, number) or abort(404)


@blueprint.route("/message/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def write_message(public_id: str) -> Shown:
    """The next version, begun from the newest."""
    page = inside_or_404(public_id)
    newest = partial(queries.latest_message, page.incident)
    form = MessageForm(obj=newest(), minutes=choice_near(page.document.update_every_minutes))
    editing = Editing(page, form, newest, partial(queries.public_facts_of, page.incident))

    def act() -> str:
        made = SharedMessage(**_words(form), next_update_at=_next(form))
        incident = page.held(may_write_message)
        operations.save_message(incident, made, base=editing.base, by=page.reader.by, not_cpr=form.not_cpr.data)
        return page.url("message")

    shown = FormPage(
        _("Fælles budskab"), _("Gem ny version"), page.url("message"), template="narrative/message_form.html",
        world=editing.world, changed=editing.changed,
    )  # fmt: skip
    return form_page(
        page.seen, form, shown, act, narrative=page, editing=editing, preview=partial(_preview, page, form)
    )


@blueprint.post("/message/preview")
@requires(Permission.COORDINATE)
def preview(public_id: str) -> str:
    """How the half-typed message will read; saves nothing."""
    page = inside_or_404(public_id)
    return render_template("narrative/_reading.html", sections=_preview(page, MessageForm()), level=3)


def _preview(page: Narrative, form: MessageForm) -> list[Section]:
    facts = [_as_snapshot(fact) for fact in queries.public_facts_of(page.incident)]
    return page.composed(_words(form), facts, _next(form))


def _as_snapshot(fact: Fact) -> dict[str, str]:
    return {"text": fact.text, "status": fact.status.value}


def _words(form: MessageForm) -> dict[str, str]:
    return {name: getattr(form, name).data or "" for name in SharedMessage.WORDS}


def _next(form: MessageForm) -> Any:
    minutes = str(form.minutes.data or "")
    return after(int(minutes)) if minutes.isdecimal() else None


@blueprint.post("/message/<int:number>/acknowledgement")
@requires(Permission.ACT)
def acknowledge(public_id: str, number: int) -> Shown:
    """One tap: the party has read this version and says the same."""
    page = inside_or_404(public_id)
    version = _version(page, number)

    def act() -> str:
        page.held(may_acknowledge_message)
        operations.acknowledge_message(version, by=page.reader.by)
        return page.room_url + "#todo"

    return one_tap(page.seen, act)


@blueprint.get("/message/<int:number>/poster")
@requires(Permission.READ_ROOM)
def poster(public_id: str, number: int) -> str:
    """The version as a notice to print and hang up."""
    page = inside_or_404(public_id)
    version = _version(page, number)
    newest = queries.latest_message(page.incident)
    return render_template(
        "narrative/poster.html", page=page, incident=page.incident, version=version, sections=page.reads(version),
        is_newest=newest is not None and newest.id == version.id,
    )  # fmt: skip
