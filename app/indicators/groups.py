"""What VIVE 2019 found about groups: read when planning whom to reach; never a filter on people, never about one."""

from dataclasses import dataclass

from app.lib.i18n import N_

PURPOSE = N_(
    "Til planlægning af, hvem I skal nå. Det er gennemsnit for grupper og siger intet om et menneske. "
    "Det bruges aldrig til at udpege nogen, og det er ikke en årsag til hændelsen."
)


@dataclass(frozen=True)
class Finding:
    """Where the group scores higher and lower than others; empty: VIVE says nothing of it."""

    group: str
    higher: str = ""
    lower: str = ""


FINDINGS = (
    Finding(
        N_("Uden uddannelse eller beskæftigelse"), N_("tilfredshed med boligområdet"),
        N_("oplevet tryghed, livskvalitet, kollektiv handlekraft, social sammenhængskraft"),
    ),
    Finding(
        N_("Ikke-vestlig baggrund"), N_("social sammenhængskraft, tilfredshed"),
        N_("livskvalitet, kollektiv handlekraft (valgdeltagelse, foreningsliv)"),
    ),
    Finding(N_("65 år og ældre"), N_("tilfredshed, tillid")),
    Finding(
        N_("Børnefamilier"), N_("livskvalitet (højest), social sammenhængskraft"), N_("tilfredshed med boligområdet")
    ),
    Finding(N_("Sigtede eller dømte"), lower=N_("tillid")),
    Finding(N_("Har boet her længe"), N_("tilfredshed, kollektiv handlekraft")),
    Finding(N_("Frivilligt engagerede"), N_("livskvalitet, tilfredshed")),
)  # fmt: skip
