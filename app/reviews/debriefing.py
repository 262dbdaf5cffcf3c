"""A party answers the four questions, or sends the questions to somebody without login."""

from flask import abort

from app.accounts.guard import Permission, requires
from app.areas.models import Actor
from app.contacts.models import Contact
from app.contacts.queries import duty_line
from app.contacts.reaching import texting_address
from app.incidents.access import Seen
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.names import are_hidden
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.plans.tracks import may_add_learning, may_answer_debrief, review_leader
from app.reviews import operations, queries
from app.reviews.forms import LinkForm, answers_form
from app.reviews.models import Review
from app.reviews.operations.debrief import is_outside
from app.reviews.reaching import address, blueprint, digest, held, never_changes, reached

Choices = dict[str, tuple[Actor, Contact]]


@blueprint.route("/answers", methods=["GET", "POST"])
@requires(Permission.ACT)
def answer(public_id: str) -> Shown:
    """The reader's party answers; what it has answered before can be changed."""
    seen, review = reached(public_id)
    actor, questions = seen.reader.actor, document_of(seen.incident).debrief_questions
    form = answers_form(questions, _given(seen, review))

    def act() -> str:
        held(seen, may_answer_debrief)
        operations.answer(review, actor, form.texts, by=seen.reader.by, not_cpr=bool(form.not_cpr.data))
        return address(seen.incident, "debrief")

    page = FormPage(
        _("Hvordan gik det for %(actor)s?", actor=actor.name), _("Gem svar"), address(seen.incident),
        intro=_("De andre parter kan læse jeres svar. Skriv ikke navne på dem, det handler om."),
        world=lambda: digest(*_given(seen, review).items()),
        changed=lambda: _("En kollega har svaret imens. Genindlæs siden for at se, hvad der står nu."),
    )  # fmt: skip
    return form_page(seen, form, page, act)


@blueprint.route("/links/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def send_link(public_id: str) -> Shown:
    """The questions to a contact without login: of the own party, or of any for who leads the review."""
    seen, review = reached(public_id)
    choices, form = _choices(seen, review), LinkForm()
    form.contact.choices = [
        ("", _("Vælg en kontakt")), *((key, _called(seen, *one)) for key, one in choices.items())
    ]  # fmt: skip

    def act() -> str:
        held(seen, may_add_learning)
        actor, contact = choices.get(form.contact.data or "") or abort(404)
        operations.send_link(review, actor, contact, by=seen.reader.by)
        return address(seen.incident, "debrief")

    page = FormPage(
        _("Send spørgsmålene på link"), _("Send link"), address(seen.incident), world=never_changes,
        intro=_("Kontakten kan svare uden at logge ind. Linket virker, til evalueringen er låst."),
    )  # fmt: skip
    return form_page(seen, form, page, act)


def _choices(seen: Seen, review: Review) -> Choices:
    present = [p.actor for p in seen.incident.participations if p.ended_at is None]
    leader = review_leader(document_of(seen.incident), facts_of(seen.incident))
    own = seen.reader.actor
    mine = present if own.key == leader else [actor for actor in present if actor.id == own.id]
    return {
        contact.public_id: (actor, contact)
        for actor in mine
        for contact in duty_line(actor)
        if not contact.humans_only and texting_address(contact) and not is_outside(review, contact)
    }


def _called(seen: Seen, actor: Actor, contact: Contact) -> str:
    if are_hidden(seen.reader.actor, actor):
        return _("%(actor)s, kontakt %(n)s", actor=actor.name, n=contact.position + 1)
    return f"{actor.name}: {contact.called}"


def _given(seen: Seen, review: Review) -> dict[str, str]:
    own = seen.reader.actor.id
    return {a.question_key: a.text for a in queries.answers_of(review) if a.actor_id == own}
