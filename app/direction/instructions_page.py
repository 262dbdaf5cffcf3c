"""The police's instructions as one reader meets them. Each part is read when first asked for."""

from functools import cached_property

from app.areas.models import Actor
from app.direction import queries
from app.direction.models import ActState, Instruction, PoliceAct, PoliceActKind
from app.direction.page import Direction, Standing
from app.lib.i18n import _
from app.plans.tracks import may_acknowledge_instruction, may_instruct
from app.templating import moment


class Instructions(Direction):
    """What holds, for whom, and who has answered."""

    @cached_property
    def instructions(self) -> list[Instruction]:
        return queries.instructions_of(self.incident)

    @property
    def in_force(self) -> list[Instruction]:
        return [instruction for instruction in self.instructions if instruction.is_in_force]

    @property
    def ended(self) -> list[Instruction]:
        return [instruction for instruction in self.instructions if not instruction.is_in_force]

    @property
    def may_instruct(self) -> bool:
        return self.may(may_instruct, on_behalf=True)

    @property
    def needs_word(self) -> bool:
        """The reader may instruct only because the police said it."""
        return not self.may(may_instruct)

    def may_answer(self, instruction: Instruction) -> bool:
        return instruction.is_in_force and self.may(may_acknowledge_instruction, is_for_us=self.is_for_us(instruction))

    def is_for_us(self, instruction: Instruction) -> bool:
        return self.reader.actor.id in {actor.id for actor in queries.addressees(instruction)}

    def has_acknowledged(self, instruction: Instruction) -> bool:
        receipt = instruction.receipt_of(self.reader.actor)
        return receipt is not None and receipt.acknowledged_at is not None and not receipt.deviates

    def deviates(self, instruction: Instruction) -> bool:
        receipt = instruction.receipt_of(self.reader.actor)
        return receipt is not None and receipt.deviates

    @property
    def unanswered(self) -> list[Instruction]:
        """What the reader's party has to say *set og forstået* to, the oldest first."""
        waiting = (i for i in self.in_force if not (self.has_acknowledged(i) or self.deviates(i)))
        return [instruction for instruction in waiting if self.may_answer(instruction)][::-1]

    @property
    def waiting(self) -> int:
        """How much of it waits for the reader's party."""
        return len(self.unanswered)

    def to_whom(self, instruction: Instruction) -> str:
        """`alle parter`, or the parties by name."""
        if instruction.for_all:
            return _("alle parter")
        return ", ".join(actor.name for actor in queries.addressees(instruction))

    def answers(self, instruction: Instruction) -> list[Standing]:
        """Each party that it is for."""
        return [self._answer(instruction, actor) for actor in queries.addressees(instruction)]

    def _answer(self, instruction: Instruction, actor: Actor) -> Standing:
        receipt = instruction.receipt_of(actor)
        if receipt and receipt.deviation and receipt.deviated_at:
            words = _("Afviger, meldt %(when)s", when=moment(receipt.deviated_at))
            return Standing(actor, words, "bad", receipt.deviation)
        if receipt and receipt.acknowledged_at:
            return Standing(actor, _("Set og forstået %(when)s", when=moment(receipt.acknowledged_at)), "good")
        return Standing(actor, _("Har ikke kvitteret"), "warn" if instruction.is_in_force else "none")

    def answered(self, instruction: Instruction) -> tuple[int, int]:
        """How many have answered, of how many."""
        found = self.answers(instruction)
        return sum(standing.state in ("good", "bad") for standing in found), len(found)

    def unconfirmed(self, instruction: Instruction) -> list[PoliceAct]:
        """What somebody recorded of it and nobody has confirmed."""
        acts = (instruction.police_act, instruction.ended_act)
        return [act for act in acts if act is not None and act.state is ActState.UNCONFIRMED]

    def waits_in_words(self, instruction: Instruction, act: PoliceAct) -> str:
        """What is not confirmed, and that it holds all the same."""
        if act.kind is PoliceActKind.INSTRUCTION_END:
            return _("Tilbagetrækningen er ikke bekræftet. Den gælder alligevel.")
        return _("Ikke bekræftet. Den gælder alligevel.") if instruction.is_in_force else _("Blev ikke bekræftet.")
