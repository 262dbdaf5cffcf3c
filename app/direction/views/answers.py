"""What a party answers to an instruction: set og forstået by one tap, or a deviation with its reason."""

from app.accounts.guard import Permission, requires
from app.direction import operations
from app.direction.forms import DeviationForm
from app.direction.models import Instruction
from app.direction.page import blueprint
from app.direction.views.instructions import reached, standing_words
from app.incidents.access import Seen
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.lib import phone
from app.lib.i18n import _


@blueprint.post("/instructions/<int:number>/acknowledgement")
@requires(Permission.ACT)
def acknowledge(public_id: str, number: int) -> Shown:
    """Set og forstået, for the own party."""
    desk, instruction = reached(public_id, number)

    def act() -> str:
        operations.acknowledge(instruction, desk.reader)
        return desk.room(anchor="todo")

    return one_tap(desk.seen, act)


@blueprint.route("/instructions/<int:number>/deviation", methods=["GET", "POST"])
@requires(Permission.ACT)
def deviate(public_id: str, number: int) -> Shown:
    """The own party does otherwise."""
    desk, instruction = reached(public_id, number)
    form = DeviationForm()

    def act() -> str:
        operations.deviate(instruction, desk.reader, form.reason.data or "", not_cpr=bool(form.not_cpr.data))
        return desk.room(anchor="direction")

    page = FormPage(
        _("Vi gør noget andet end nr. %(n)s", n=number), _("Meld afvigelsen"), desk.room(anchor="direction"),
        instruction.text, world=lambda: _digest(desk.seen, instruction),
        changed=lambda: _changed(desk.seen, instruction),
        happens=(
            _("Politiet får besked nu om, at %(party)s afviger, og hvorfor.", party=desk.reader.actor.name),
            _("Det står i loggen. Alle parter i hændelsen kan læse det."), _ring(desk.seen),
        ),
    )  # fmt: skip
    return form_page(desk.seen, form, page, act)


def _ring(seen: Seen) -> str:
    number = seen.incident.leader_phone
    if not number:
        return _("Politiet ser det måske ikke straks. Ring også selv til dem.")
    return _("Politiet ser det måske ikke straks. Ring også selv: %(number)s.", number=phone.spaced(number))


def _digest(seen: Seen, instruction: Instruction) -> str:
    receipt = instruction.receipt_of(seen.reader.actor)
    return f"{instruction.number}.{instruction.state}.{receipt is not None and receipt.deviates}"


def _changed(seen: Seen, instruction: Instruction) -> str:
    receipt = instruction.receipt_of(seen.reader.actor)
    if instruction.is_in_force and receipt is not None and receipt.deviates:
        return _("En kollega har meldt afvigelsen imens: %(reason)s", reason=receipt.deviation)
    return standing_words(instruction)
