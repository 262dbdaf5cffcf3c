"""What the police tell the parties of a politisag to do, and what each party has answered."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Actor
from app.direction.models.police_acts import PoliceAct
from app.extensions import Model
from app.incidents.models import Incident
from app.lib.i18n import N_
from app.lib.types import UTCDateTime, enum_column


class InstructionState(StrEnum):
    """An instruction is never changed: it is in force, or another took its place, or it was taken back."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


INSTRUCTION_STATES = {
    InstructionState.IN_FORCE: N_("gælder"),
    InstructionState.REPLACED: N_("erstattet"),
    InstructionState.WITHDRAWN: N_("trukket tilbage"),
}


class Instruction(Model):
    """One instruction. `for_all`: also for parties that join later. The acts are set when somebody recorded them."""

    __tablename__ = "instructions"
    __table_args__ = (sa.UniqueConstraint("incident_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(400))
    for_all: Mapped[bool] = mapped_column(default=True)
    state: Mapped[InstructionState] = mapped_column(enum_column(InstructionState), default=InstructionState.IN_FORCE)
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("instructions.id"))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    given_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    police_act_id: Mapped[int | None] = mapped_column(sa.ForeignKey("police_acts.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_why: Mapped[str] = mapped_column(sa.String(300), default="")
    ended_act_id: Mapped[int | None] = mapped_column(sa.ForeignKey("police_acts.id"), index=True)

    incident: Mapped[Incident] = relationship()
    replaces: Mapped["Instruction | None"] = relationship(remote_side=[id])
    given_as: Mapped[Actor] = relationship(lazy="joined")
    police_act: Mapped[PoliceAct | None] = relationship(foreign_keys=[police_act_id], lazy="joined")
    ended_act: Mapped[PoliceAct | None] = relationship(foreign_keys=[ended_act_id], lazy="joined")
    receipts: Mapped[list["InstructionReceipt"]] = relationship(
        back_populates="instruction", order_by="InstructionReceipt.id", lazy="selectin"
    )

    @property
    def is_in_force(self) -> bool:
        return self.state is InstructionState.IN_FORCE

    def receipt_of(self, actor: Actor) -> "InstructionReceipt | None":
        """The party's line, or None when nothing was noted for it."""
        return next((receipt for receipt in self.receipts if receipt.actor_id == actor.id), None)


class InstructionReceipt(Model):
    """How one party stands to one instruction: has not answered, has acknowledged, or deviates for a reason."""

    __tablename__ = "instruction_receipts"
    __table_args__ = (sa.UniqueConstraint("instruction_id", "actor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instruction_id: Mapped[int] = mapped_column(sa.ForeignKey("instructions.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acknowledged_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    deviation: Mapped[str | None] = mapped_column(sa.String(500))
    deviated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deviated_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    instruction: Mapped[Instruction] = relationship(back_populates="receipts")
    actor: Mapped[Actor] = relationship(lazy="joined")

    @property
    def deviates(self) -> bool:
        return self.deviation is not None

    @property
    def is_answered(self) -> bool:
        return self.acknowledged_at is not None or self.deviates
