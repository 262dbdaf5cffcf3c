"""`…/retention`: how long an incident's words are kept, and who may hold their deletion back."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, url_for

from app.accounts.guard import Permission, requires
from app.incidents.access import Seen, seen_or_404
from app.incidents.documents import document_of
from app.incidents.facts import facts_of as known_of
from app.incidents.forms import IncidentForm, long_text
from app.incidents.locks import locked
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.incidents.ruling import demand
from app.lib import clock
from app.lib.i18n import N_, _
from app.plans.tracks import Ruling, may_hold_texts
from app.retention import operations, queries
from app.retention.models import LegalHold
from app.retention.rules import STANDING_LABELS, Facts, Standing, standing

blueprint = Blueprint("retention", __name__, url_prefix="/incidents/<public_id>/retention")


class HoldForm(IncidentForm):
    """Why the words must stay."""

    reason = long_text(
        N_("Hvorfor skal det gemmes længere?"), required=N_("Skriv, hvorfor det skal gemmes længere."), max_length=500,
        hint=N_("Fx en klagesag eller en aktindsigt, der ikke er afgjort. Skriv ikke navne."),
    )  # fmt: skip


class LiftForm(IncidentForm):
    """Why they need not any longer."""

    reason = long_text(
        N_("Hvorfor må det slettes nu?"), required=N_("Skriv, hvorfor det må slettes nu."), max_length=500
    )


@dataclass(frozen=True)
class Page:
    """What stands on it."""

    facts: Facts
    standing: Standing
    words: str
    hold: LegalHold | None
    may_hold: Ruling
    reads_hold: bool
    exported_at: datetime | None
    reads_export: bool


@blueprint.get("")
@requires(Permission.READ_ROOM)
def show(public_id: str) -> str:
    """When the words go, and what holds them. Whose part ended reads no words and times of what came after."""
    seen = seen_or_404(public_id)
    facts, hold, may = queries.facts_of(seen.incident), queries.hold_of(seen.incident), _may(seen)
    stands, exported_at = standing(facts, clock.now()), max(queries.exported_at(seen.incident), default=None)
    reads_hold = hold is not None and (bool(may) or _was_there(seen, hold.set_at))
    page = Page(
        facts, stands, _(STANDING_LABELS[stands]), hold, may, reads_hold, exported_at,
        reads_export=exported_at is not None and _was_there(seen, exported_at),
    )  # fmt: skip
    return render_template("retention/incident.html", incident=seen.incident, page=page, form=IncidentForm())


@blueprint.route("/hold", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def hold(public_id: str) -> Shown:
    """Nothing of it goes until somebody lifts it."""
    seen, form = seen_or_404(public_id), HoldForm()

    def act() -> str:
        _demand(seen)
        by = seen.reader.by
        operations.hold(seen.incident, form.reason.data or "", by=by, not_cpr=form.not_cpr.data)
        return _address(seen)

    happens = (
        _("Intet fra hændelsen slettes, før en koordinator hos jer siger, at det må."),
        _("Det står i loggen, hvem der bad om det og hvorfor."),
    )
    return form_page(seen, form, FormPage(_("Vent med at slette"), _("Vent med at slette"), _address(seen),
                                          happens=happens), act)  # fmt: skip


@blueprint.route("/lift", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def lift(public_id: str) -> Shown:
    """The rules count again."""
    seen, form = seen_or_404(public_id), LiftForm()

    def act() -> str:
        _demand(seen)
        operations.lift(seen.incident, form.reason.data or "", by=seen.reader.by, not_cpr=form.not_cpr.data)
        return _address(seen)

    happens = (_("Er fristen udløbet, slettes teksterne allerede i nat. Det kan ikke fortrydes."),)
    page = FormPage(_("Slet igen efter reglerne"), _("Slet igen efter reglerne"), _address(seen), is_dangerous=True,
                    happens=happens)  # fmt: skip
    return form_page(seen, form, page, act)


@blueprint.post("/filed")
@requires(Permission.COORDINATE)
def filed(public_id: str) -> Shown:
    """It is in the journal already, by another way than the package."""
    seen = seen_or_404(public_id)

    def act() -> str:
        _demand(seen)
        operations.note_filed(seen.incident, by=seen.reader.by)
        return _address(seen)

    return one_tap(seen, act)


def _was_there(seen: Seen, at: datetime) -> bool:
    key, facts = seen.reader.who.actor_key or "", seen.facts
    ended = facts.ended_participants.get(key)
    return key in facts.participants or ended is None or at <= ended


def _may(seen: Seen) -> Ruling:
    return may_hold_texts(document_of(seen.incident), seen.reader.who, known_of(seen.incident))


def _demand(seen: Seen) -> None:
    incident = locked(seen.incident)
    demand(may_hold_texts(document_of(incident), seen.reader.who, known_of(incident)), incident.area)


def _address(seen: Seen) -> str:
    return url_for("retention.show", public_id=seen.incident.public_id)
