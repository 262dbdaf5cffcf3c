"""Confirming or denying what somebody recorded for the police."""

from flask import abort
from wtforms import BooleanField
from wtforms.validators import InputRequired

from app.accounts.guard import Permission, requires
from app.direction.models import HEARD_BY, PoliceAct, PoliceActKind
from app.direction.queries import ended_by, given_by
from app.incidents.access import Seen, seen_or_404
from app.incidents.forms import IncidentForm, short_text
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import N_, _, lazy
from app.plans.vocabulary import IncidentStatus
from app.room import words
from app.room.blueprint import address, blueprint
from app.room.room import Room
from app.transitions import police_acts

UNDONE_TEXTS = {
    PoliceActKind.ACKNOWLEDGEMENT: (N_("Politiet har så ikke kvitteret for budskabet."),),
    PoliceActKind.RELEASE: (
        N_("Det af beskeden, der ikke er sendt, stoppes nu."),
        N_("Det, der er sendt, kan ikke kaldes tilbage. Skriv en rettelse, hvis den er forkert."),
    ),
    PoliceActKind.STANDING_RELEASE: (N_("Politiet skal igen sige ja til hver besked til de målgrupper."),),
    PoliceActKind.GLIMPSE_CLOSED: (
        N_("Sagens type, sted og lederens nummer vises igen for dem, der må aktivere, men ikke er part."),
        N_("Har politiet sagt noget andet siden, gælder det."),
    ),
    PoliceActKind.GLIMPSE_OPENED: (
        N_("Sagen skjules igen for dem, der ikke er part. Hvad de allerede har set, kan ikke gøres om."),
        N_("Har politiet sagt noget andet siden, gælder det."),
    ),
    PoliceActKind.ENGAGEMENT: (
        N_("Aftalen med de frivillige gælder ikke længere. Ring til dem nu, og bed dem gå hjem."),
    ),
}  # fmt: skip


class ConfirmForm(IncidentForm):
    """By a second person, or by whoever recorded it after ringing back."""

    called_back = BooleanField(
        lazy("Jeg har ringet politiet op på et nummer, jeg selv har fundet"),
        [InputRequired(lazy("Ring politiet op først, eller lad en anden bekræfte."))],
    )
    how = short_text(
        N_("Hvem bekræftede, og hvordan?"), required=N_("Skriv, hvem der bekræftede, og hvordan."),
        hint=N_("Fx: Vagtchefen, telefon."),
    )  # fmt: skip


class DenyForm(IncidentForm):
    """The police say that they did not."""

    how = short_text(
        N_("Hvem afkræftede, og hvordan?"), required=N_("Skriv, hvem der afkræftede, og hvordan."),
        hint=N_("Fx: Vagtchefen, telefon."),
    )  # fmt: skip


@blueprint.route("/police-acts/<act>", methods=["GET", "POST"])
@requires(Permission.ACT)
def police_act(public_id: str, act: str) -> Shown:
    """Confirm; the way to denying stands below."""
    seen, found = _found(public_id, act)
    form = ConfirmForm()
    is_recorder = found.recorded_by_id == seen.reader.user.id
    if not is_recorder:
        del form.called_back

    def confirm() -> str:
        police_acts.confirm(
            found, seen.reader, form.how.data or "", by_call_back=is_recorder, not_cpr=form.not_cpr.data
        )
        return address(seen.incident)

    page = FormPage(
        _("Er politiets %(act)s rigtig?", act=words.act(found)), _("Bekræft"), address(seen.incident),
        template="room/police_act.html", world=lambda: _digest(found), changed=_settled_meanwhile,
    )  # fmt: skip
    return form_page(seen, form, page, confirm, **_context(seen, found, is_recorder))


@blueprint.route("/police-acts/<act>/denial", methods=["GET", "POST"])
@requires(Permission.ACT)
def deny_police_act(public_id: str, act: str) -> Shown:
    """Deny, with what that undoes in full words."""
    seen, found = _found(public_id, act)
    form = DenyForm()

    def deny() -> str:
        police_acts.deny(found, seen.reader, form.how.data or "", not_cpr=form.not_cpr.data)
        return address(seen.incident)

    page = FormPage(
        _("Politiet afkræfter"), _("Afkræft"), address(seen.incident, "police_act", act=act), is_dangerous=True,
        template="room/police_act.html", happens=_undone(found), world=lambda: _digest(found),
        changed=_settled_meanwhile,
    )  # fmt: skip
    return form_page(seen, form, page, deny, **_context(seen, found, is_recorder=False, is_denial=True))


def _found(public_id: str, act: str) -> tuple[Seen, PoliceAct]:
    seen = seen_or_404(public_id)
    room = Room(seen)
    if not (room.is_inside or seen.incident.status is IncidentStatus.RELEASED):
        abort(404)
    return seen, next((a for a in room.police_acts if a.public_id == act), None) or abort(404)


def _context(seen: Seen, found: PoliceAct, is_recorder: bool, is_denial: bool = False) -> dict[str, object]:
    return {
        "instruction": given_by(found) or ended_by(found),
        "recorded": found, "heard": _(HEARD_BY[found.heard_by]), "what": words.act(found), "is_recorder": is_recorder,
        "is_denial": is_denial, "deny_url": address(seen.incident, "deny_police_act", act=found.public_id),
    }  # fmt: skip


def _undone(act: PoliceAct) -> tuple[str, ...]:
    if act.kind is PoliceActKind.ACTIVATION:
        return (
            _("Hændelsen annulleres som fejlaktivering, hvis den stadig er aktiv."),
            _("Alle tilkald og tekster, der ikke er sendt, stoppes nu."),
            _("De, der er tilkaldt, får besked: Fejlaktivering, du skal ikke gøre noget."),
            _("Er en hændelse gået over i politisagen, er den aktiv igen for dem, der var med."),
            _("Det, der allerede er gjort, står i loggen. Det kan ikke gøres om."),
        )
    if act.kind is PoliceActKind.INSTRUCTION:
        return (
            _("Anvisningen gælder ikke længere. Trådte den i stedet for en anden, gælder den anden igen."),
            _("De parter, den gjaldt for, får besked nu."),
            _("Det, der allerede er gjort, står i loggen. Det kan ikke gøres om."),
        )
    if act.kind is PoliceActKind.CASE_RELEASE:
        return (
            _("Frigivelsen trækkes tilbage, og politisagen er aktiv igen. Politiet leder."),
            _("Parterne er med i politisagen igen og får besked nu."),
            _("Opgaver, der blev flyttet til opfølgning, bliver der."),
        )
    if act.kind is PoliceActKind.INSTRUCTION_END:
        return (_("Anvisningen gælder igen."), _("De parter, den gælder for, får besked nu."))
    if act.kind in UNDONE_TEXTS:
        return tuple(_(text) for text in UNDONE_TEXTS[act.kind])
    return (
        _("Afblæsningen trækkes tilbage, og hændelsen er aktiv igen."),
        _("Ingen tilkaldes af sig selv. Ring til dem, der skal i gang igen."),
        _("Opgaver, der blev flyttet til opfølgning, bliver der."),
    )


def _digest(act: PoliceAct) -> str:
    return f"{act.public_id}.{act.state}"


def _settled_meanwhile() -> str:
    return _("En anden har afgjort det imens.")
