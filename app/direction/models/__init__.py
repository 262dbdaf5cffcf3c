"""Acts recorded for the police, their instructions in a politisag, and the agreed plan where there is none."""

from app.direction.models.agreed_plan import AGREED_HOW, AgreedHow, AgreedPlan, Stance
from app.direction.models.glimpse import GlimpseTurn
from app.direction.models.instructions import (
    INSTRUCTION_STATES,
    Instruction,
    InstructionReceipt,
    InstructionState,
)
from app.direction.models.police_acts import (
    ACT_LABELS,
    HEARD_BY,
    ActState,
    HeardBy,
    PoliceAct,
    PoliceActKind,
)

__all__ = [
    "ACT_LABELS",
    "AGREED_HOW",
    "HEARD_BY",
    "INSTRUCTION_STATES",
    "ActState",
    "AgreedHow",
    "AgreedPlan",
    "GlimpseTurn",
    "HeardBy",
    "Instruction",
    "InstructionReceipt",
    "InstructionState",
    "PoliceAct",
    "PoliceActKind",
    "Stance",
]
