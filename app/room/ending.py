"""Stand down, annul with *Fortryd*, reopen: each says in full words what happens before it does."""

from datetime import datetime

from wtforms import BooleanField

from app.accounts.guard import Permission, requires
from app.incidents.access import seen_or_404
from app.incidents.forms import BE_CAREFUL, long_text, ticks
from app.incidents.models import Incident
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.lib import clock
from app.lib.i18n import N_, _, lazy
from app.plans.tracks import may_annul, may_reopen, may_stand_down
from app.room import queries
from app.room.blueprint import address, blueprint
from app.room.police_word import PoliceWordForm, needs_word
from app.room.room import Room
from app.tasks import queries as task_queries
from app.transitions import annul as annulling
from app.transitions import reopen as reopening
from app.transitions import stand_down as standing_down
from app.transitions.stand_down import StandDown


class StandDownForm(PoliceWordForm):
    """What is fulfilled, what is left, a word for the record."""

    criteria = ticks(N_("Hvad er opfyldt?"), hint=N_("Planens kriterier. Er noget ikke opfyldt, så skriv hvorfor."))
    move_tasks = BooleanField(lazy("Flyt de åbne opgaver til opfølgning"))
    note = long_text(N_("Bemærkning"), hint=BE_CAREFUL)


class WhyForm(PoliceWordForm):
    """One reason."""

    reason = long_text(N_("Hvorfor?"), required=N_("Skriv kort hvorfor."), max_length=300, hint=BE_CAREFUL)


@blueprint.route("/stand-down", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def stand_down(public_id: str) -> Shown:
    """Afslut beredskabet."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    form = StandDownForm()
    form.ask_for_word(needs_word(room, may_stand_down))
    criteria = {f"c{number}": text for number, text in enumerate(room.document.stand_down_criteria)}
    form.criteria.choices = list(criteria.items())
    open_tasks = len(task_queries.open_of(seen.incident))
    if not open_tasks:
        del form.move_tasks

    def act() -> str:
        ticked = tuple(criteria[key] for key in form.criteria.data or ())
        move = bool(form.move_tasks.data) if open_tasks else False
        typed = StandDown(ticked, form.note.data or "", move, form.police_said, form.not_cpr.data)
        standing_down.stand_down(seen.incident, seen.reader, typed)
        return address(seen.incident)

    page = FormPage(
        _("Afslut beredskabet"), _("Afslut beredskabet"), address(seen.incident), template="room/stand_down.html",
        is_dangerous=True,
        happens=(
            _("Alle tilkald og tekster, der ikke er sendt, stoppes."),
            _("De, der blev tilkaldt, får besked om, at beredskabet er afblæst."),
            _("Evalueringen åbner, og parterne bliver bedt om at fortælle, hvordan det gik."),
            _("Loggens kontrolkode mailes til to parter. Loggen kan stadig skrives i, til evalueringen er lukket."),
        ),
    )  # fmt: skip
    return form_page(seen, form, page, act, open_tasks=open_tasks, room=room)


@blueprint.route("/annulment", methods=["GET", "POST"])
@requires(Permission.ACT)
def annul(public_id: str) -> Shown:
    """Fejlaktivering: one reason."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    form = WhyForm()
    form.ask_for_word(needs_word(room, may_annul))

    def act() -> str:
        annulling.annul(
            seen.incident, seen.reader, form.reason.data or "", on_behalf_of=form.on_behalf_of,
            not_cpr=form.not_cpr.data,
        )  # fmt: skip
        return address(seen.incident)

    page = FormPage(
        _("Fejlaktivering"), _("Annullér hændelsen"), address(seen.incident), template="room/annul.html",
        is_dangerous=True,
        happens=(
            _("Alle tilkald og tekster, der ikke er sendt, stoppes nu."),
            _("Du kan fortryde i 60 sekunder. Derefter får de, der blev tilkaldt, besked."),
            _("Hændelsen evalueres ikke og tæller ikke med. Loggen bliver."),
        ),
    )  # fmt: skip
    return form_page(seen, form, page, act, told=_reached(room))


@blueprint.post("/annulment/undoing")
@requires(Permission.ACT)
def undo_annul(public_id: str) -> Shown:
    """Fortryd, within a minute."""
    seen = seen_or_404(public_id)

    def act() -> str:
        annulling.undo_annul(seen.incident, seen.reader)
        return address(seen.incident)

    return one_tap(seen, act)


@blueprint.route("/reopening", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def reopen(public_id: str) -> Shown:
    """It goes on."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    form = WhyForm()
    form.ask_for_word(needs_word(room, may_reopen))

    def act() -> str:
        reopening.reopen(
            seen.incident, seen.reader, form.reason.data or "", on_behalf_of=form.on_behalf_of,
            not_cpr=form.not_cpr.data,
        )  # fmt: skip
        return address(seen.incident)

    page = FormPage(
        _("Genåbn hændelsen"), _("Genåbn"), address(seen.incident),
        happens=(
            _("Hændelsen er aktiv igen for alle parter."),
            _("Ingen tilkaldes af sig selv. Ring til dem, der skal i gang igen."),
            _("Genåbningen og din grund står i loggen."),
        ),
    )  # fmt: skip
    return form_page(seen, form, page, act)


def _reached(room: Room) -> list[str]:
    """Who will be told; volunteers read how many, not who."""
    names = queries.reached(room.incident)
    return [_("%(n)s kontakter", n=len(names))] if names and room.reader_is_volunteer else names


def may_undo_now(room: Room) -> bool:
    """Whether to show *Fortryd*."""
    return annulling.may_undo(room.incident) and bool(annulling.may_undo_by(room.incident, room.reader))


def undo_until(incident: Incident) -> datetime:
    """The moment at which those called are told."""
    return (incident.ended_at or clock.now()) + annulling.UNDO_WITHIN
