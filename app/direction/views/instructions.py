"""Giving, replacing and withdrawing what the police say. By the police, or by whoever heard it from them."""

from flask import abort, render_template

from app.accounts.guard import Permission, requires
from app.areas.models import Actor
from app.direction import operations, queries
from app.direction.forms import InstructionForm, WithdrawalForm
from app.direction.instructions_page import Instructions
from app.direction.models import INSTRUCTION_STATES, Instruction
from app.direction.operations import Typed
from app.direction.page import blueprint, seen_inside
from app.incidents.forms import new_once
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.plans.vocabulary import Track

TEMPLATE = "direction/instruction_form.html"


@blueprint.get("/instructions")
@requires(Permission.READ_ROOM)
def instructions(public_id: str) -> str:
    """What holds, who has answered, and what held before."""
    desk = Instructions(seen_inside(public_id, Track.POLICE))
    return render_template(
        "direction/instructions.html", direction=desk, incident=desk.incident, new_once=new_once,
        states=INSTRUCTION_STATES,
    )  # fmt: skip


@blueprint.route("/instructions/new", methods=["GET", "POST"])
@requires(Permission.ACT)
def give(public_id: str) -> Shown:
    """The next number."""
    desk = Instructions(seen_inside(public_id, Track.POLICE))
    form, actors = _form(desk, queries.may_be_told(desk.incident))

    def act() -> str:
        operations.give(desk.incident, desk.reader, _typed(form, actors))
        return desk.room(anchor="direction")

    page = FormPage(
        _("Ny anvisning fra politiet"), _("Giv anvisningen"), desk.room(anchor="direction"), template=TEMPLATE,
        happens=(_("Anvisningen gælder med det samme og står i loggen."), _told()),
    )  # fmt: skip
    return form_page(desk.seen, form, page, act, direction=desk)


@blueprint.route("/instructions/<int:number>/replacement", methods=["GET", "POST"])
@requires(Permission.ACT)
def replace(public_id: str, number: int) -> Shown:
    """A new number in its place."""
    desk, old = reached(public_id, number)
    form, actors = _form(desk, queries.may_be_told(desk.incident), old)

    def act() -> str:
        operations.replace(old, desk.reader, _typed(form, actors))
        return desk.room(anchor="direction")

    page = FormPage(
        _("Erstat anvisning nr. %(n)s", n=number), _("Giv den nye anvisning"), desk.url("instructions"),
        template=TEMPLATE, world=lambda: standing_digest(old), changed=lambda: standing_words(old),
        happens=(
            _("Nr. %(n)s gælder ikke længere. Den nye får sit eget nummer.", n=number),
            _("Parterne skal kvittere igen."), _told(),
        ),
    )  # fmt: skip
    return form_page(desk.seen, form, page, act, direction=desk)


@blueprint.route("/instructions/<int:number>/withdrawal", methods=["GET", "POST"])
@requires(Permission.ACT)
def withdraw(public_id: str, number: int) -> Shown:
    """It holds no longer, and nothing comes in its place."""
    desk, old = reached(public_id, number)
    form = WithdrawalForm()
    form.ask_for_word(desk.needs_word)

    def act() -> str:
        operations.withdraw(
            old, desk.reader, form.why.data or "", said=form.police_said, not_cpr=bool(form.not_cpr.data)
        )
        return desk.room(anchor="direction")

    page = FormPage(
        _("Træk anvisning nr. %(n)s tilbage", n=number), _("Træk tilbage"), desk.url("instructions"), old.text,
        template=TEMPLATE, world=lambda: standing_digest(old), changed=lambda: standing_words(old),
        happens=(_("Ingen skal følge den længere. Den bliver stående i loggen."), _told()),
    )  # fmt: skip
    return form_page(desk.seen, form, page, act, direction=desk)


def standing_digest(instruction: Instruction) -> str:
    """Another value when it has ended, or holds again."""
    return f"{instruction.number}.{instruction.state}"


def standing_words(instruction: Instruction) -> str:
    """What became of it meanwhile."""
    if instruction.is_in_force:
        return _("Anvisning nr. %(n)s gælder igen.", n=instruction.number)
    return _(
        "Anvisning nr. %(n)s gælder ikke længere. Den er %(state)s. %(why)s",
        n=instruction.number, state=_(INSTRUCTION_STATES[instruction.state]), why=instruction.ended_why,
    )  # fmt: skip


def reached(public_id: str, number: int) -> tuple[Instructions, Instruction]:
    """One of the incident's instructions, for somebody who takes part."""
    desk = Instructions(seen_inside(public_id, Track.POLICE))
    return desk, queries.instruction(desk.incident, number) or abort(404)


def _told() -> str:
    return _("De parter, den gælder for, får besked nu.")


def _form(desk: Instructions, here: list[Actor], old: Instruction | None = None) -> tuple[InstructionForm, list[Actor]]:
    named = here if old is None or old.for_all else queries.addressees(old)
    form = InstructionForm(text=old.text if old else "", actors=[actor.public_id for actor in named])
    form.actors.choices = [(actor.public_id, actor.name) for actor in here]
    form.ask_for_word(desk.needs_word)
    return form, here


def _typed(form: InstructionForm, here: list[Actor]) -> Typed:
    chosen = tuple(actor for actor in here if actor.public_id in (form.actors.data or ()))
    return Typed(
        form.text.data or "", None if len(chosen) == len(here) else chosen, form.police_said, bool(form.not_cpr.data)
    )
