"""Action cards and what stands on them."""

from wtforms import BooleanField

from app.incidents.forms import long_text, radio, select, short_text
from app.lib.i18n import N_, _, lazy
from app.measures.places import DanishNumber
from app.planning.forms.base import EntryForm, free_key, labelled, offered, parties
from app.planning.rules.entries import Entry, entries
from app.plans.document import ActionCard, CardItem, PlanDocument
from app.plans.places import Kind
from app.plans.vocabulary import LEADER, POLICE, TRACK_LABELS, Track

DUTIES = {
    "": N_("Nej"),
    "1": N_("1: informere og aktivere civile netværk og afdelingsbestyrelser"),
    "2": N_("2: skabe ro og samarbejde"),
    "3": N_("3: orientere den boligsociale bestyrelse"),
    "4": N_("4: rettidig og korrekt information til alle andre"),
}


class CardForm(EntryForm):
    """A party's card on one track. Party and track are chosen once."""

    kind = Kind.CARD
    party = select(N_("Part"), N_("Vælg en part."))
    track = radio(N_("Spor"), N_("Vælg et spor."))
    title = short_text(N_("Overskrift"), required=N_("Skriv en overskrift."), max_length=120)
    goal = long_text(N_("Mål"), required=N_("Skriv, hvad der er nået, når kortet er løst."), max_length=400)
    stands_down = select(N_("Hvem afmelder kortet"), N_("Vælg, hvem der afmelder kortet."))

    def offer(self, plan: PlanDocument) -> None:
        if self.key:
            del self.party, self.track
        else:
            self.party.choices = parties(plan)
            self.track.choices = labelled(TRACK_LABELS)
        offered(self.stands_down, [(LEADER, _("Den, der leder")), *parties(plan)])

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        party, _dot, track = self.key.partition(".") if self.key else (self.party.data, ".", self.track.data)
        items = entry.items if entry else ()
        words = (self.title.data or "", self.goal.data or "")
        return ActionCard(party, Track(track), *words, items, self.stands_down.data)


class ItemForm(EntryForm):
    """One thing to do."""

    kind = Kind.ITEM
    text = long_text(N_("Hvad skal gøres"), required=N_("Skriv, hvad der skal gøres."), max_length=400)
    due_minutes = DanishNumber(N_("Frist: minutter efter aktivering"), most=1440, least=0)
    duty = select(N_("Er det en af helhedsplanens fire pligter?"), N_("Vælg en pligt."), DUTIES)
    waits_for_police = BooleanField(
        lazy("Venter på politiets ja"), description=lazy("Punktet må først løses, når politiet har sagt ja.")
    )  # fmt: skip

    def offer(self, plan: PlanDocument) -> None:
        party, _dot, track = self.parent.partition(".")
        if track != Track.POLICE or party == POLICE:
            del self.waits_for_police
        if self.duty.data is None or self.duty.data == "None":
            self.duty.data = ""

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        taken = [item.key for item in entries(plan, Kind.ITEM, self.parent)]
        old = self.key.rpartition(".")[2] if self.key else free_key(self.text.data or "", taken, "item")
        waits = bool(self.waits_for_police.data) if "waits_for_police" in self else False
        duty = int(self.duty.data) if self.duty.data else None
        return CardItem(old, self.text.data or "", self.due_minutes.data or 0, duty, waits)
