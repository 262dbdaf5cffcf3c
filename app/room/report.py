"""The alarm report completed or corrected, and the time of the next update; both are logged."""

import hashlib

from app.accounts.guard import Permission, requires
from app.areas.by import By
from app.extensions import db
from app.incidents import log
from app.incidents.access import seen_or_404
from app.incidents.forms import BE_CAREFUL, IncidentForm, long_text, radio, select, short_text
from app.incidents.models import Incident
from app.incidents.next_update import MINUTES, after
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import N_, _
from app.logbook.kinds import Kind
from app.plans.tracks import may_act
from app.room.blueprint import address, blueprint
from app.room.held import held
from app.templating import clock_time

WHOLE_AREA = ""


class ReportForm(IncidentForm):
    """The four questions; how it is now and what is done may wait."""

    what = short_text(N_("Hvad er der sket?"), required=N_("Skriv kort, hvad der er sket."), max_length=300)
    place = select(N_("Hvor?"), N_("Vælg et sted på listen."))
    where_note = short_text(N_("Hvor præcist?"))
    how_now = long_text(N_("Hvordan er situationen nu?"))
    done_so_far = long_text(N_("Hvad er iværksat?"), hint=BE_CAREFUL)


class NextUpdateForm(IncidentForm):
    """When the parties hear again."""

    minutes = radio(N_("Hvornår kommer næste opdatering?"), N_("Vælg et tidspunkt."), MINUTES)


@blueprint.route("/report", methods=["GET", "POST"])
@requires(Permission.ACT)
def report(public_id: str) -> Shown:
    """What is known, corrected by whoever knows it. Of two at once the second sees the first one's words."""
    seen = seen_or_404(public_id)
    incident = seen.incident
    places = {place.public_id: place for place in incident.area.places}
    form = ReportForm(obj=incident, place=incident.place.public_id if incident.place else WHOLE_AREA)
    form.place.choices = [(WHOLE_AREA, _("Hele området")), *((key, place.name) for key, place in places.items())]

    def act() -> str:
        changing = held(seen, may_act)
        before = _answers(changing)
        changing.place = places.get(form.place.data)
        for name in ("what", "where_note", "how_now", "done_so_far"):
            setattr(changing, name, getattr(form, name).data or "")
        db.session.flush()
        _log(changing, before, form.not_cpr.data, seen.reader.by)
        return address(changing, anchor="report")

    page = FormPage(
        _("Situationen"), _("Gem"), address(incident, anchor="report"), world=lambda: _digest(incident),
        changed=lambda: _("En anden har rettet imens. Der står nu: %(now)s", now=_in_words(_answers(incident))),
    )  # fmt: skip
    return form_page(seen, form, page, act)


@blueprint.route("/next-update", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def next_update(public_id: str) -> Shown:
    """The countdown that everybody sees."""
    seen = seen_or_404(public_id)
    form = NextUpdateForm(minutes="30")

    def act() -> str:
        incident = held(seen, may_act)
        incident.next_update_at = after(int(form.minutes.data))
        said = (
            f"Næste opdatering kl. {clock_time(incident.next_update_at)}"
            if incident.next_update_at
            else "Ingen tid for næste opdatering"
        )
        log.write(incident, Kind.DECISION, said, by=seen.reader.by)
        log.changed(incident, "state")
        return address(incident)

    page = FormPage(
        _("Næste opdatering"), _("Sæt tiden"), address(seen.incident),
        _("Alle parter ser nedtællingen øverst i hændelsen."),
    )  # fmt: skip
    return form_page(seen, form, page, act)


def _answers(incident: Incident) -> dict[str, str]:
    return {
        "Hvad": incident.what, "Hvor": incident.where, "Situationen nu": incident.how_now,
        "Iværksat": incident.done_so_far,
    }  # fmt: skip


def _in_words(answers: dict[str, str]) -> str:
    return " ".join(f"{question}: {answer or '(tom)'}." for question, answer in answers.items())


def _digest(incident: Incident) -> str:
    return hashlib.sha256(_in_words(_answers(incident)).encode()).hexdigest()[:20]


def _log(incident: Incident, before: dict[str, str], not_cpr: bool, by: By) -> None:
    new = {question: answer for question, answer in _answers(incident).items() if answer != before[question]}
    if not new:
        return
    log.write(incident, Kind.FACT, f"Situationen er opdateret. {_in_words(new)}", by=by, not_cpr=not_cpr)
    log.changed(incident, "state")
