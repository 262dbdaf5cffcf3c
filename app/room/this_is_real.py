"""*Dette er virkeligt*: out of the exercise into the real form, with the answers carried over."""

from typing import Any

from flask import redirect, render_template, request, url_for

from app.accounts.guard import Permission, requires
from app.exercises import operations
from app.exercises.views import blueprint as blueprint
from app.incidents.access import seen_or_404
from app.incidents.models import Incident
from app.plans.queries import plan_for
from app.plans.vocabulary import Track
from app.room.activate import Answer, address_after, joinable_of, nobody, take_once, told_beside, where_it_led
from app.room.activation_form import ActivationForm
from app.room.running import Running, category_label, running
from app.room.ways import Way


class RealForm(ActivationForm):
    """By an own right or on the police's word. Asking others takes its own page: it opens nothing by itself."""

    def offered(self, ways: tuple[Way, ...]) -> tuple[Way, ...]:
        return tuple(way for way in ways if way is not Way.ASK)

    def carry_over(self, exercise: Incident) -> None:
        """What was typed in the exercise, as a beginning."""
        self.category.data, self.what.data = exercise.category_key, exercise.what
        self.where_note.data = exercise.where_note
        self.place.data = exercise.place.public_id if exercise.place else ""
        fitting = [way for way in self.ways if (way is Way.NON_POLICE) is (exercise.track is Track.NON_POLICE)]
        self.way.data = fitting[0].value if fitting else self.way.data


@blueprint.route("/incidents/<public_id>/real", methods=["GET", "POST"])
@requires(Permission.ACT, urgent=True)
def this_is_real(public_id: str) -> Answer:
    """The real form. One tap activates for real and ends the exercise."""
    exercise, reader = (seen := seen_or_404(public_id)).incident, seen.reader
    if not exercise.is_exercise:
        return redirect(url_for("activation.activate"))
    plan = plan_for(reader.area)
    form = RealForm(reader, plan.document)
    if not form.ways:
        return nobody()

    def show(status: int = 422, **more: Any) -> tuple[str, int]:
        now = _real(running(reader))
        form.known.data = ",".join(incident.public_id for incident in now.all)
        page = render_template(
            "room/this_is_real.html", form=form, plan=plan, running=now, exercise=exercise,
            category_label=category_label, joinable=joinable_of(reader, now.glimpses),
            **told_beside(form, plan), **more,
        )  # fmt: skip
        return page, status

    if request.method == "GET":
        form.carry_over(exercise)
        return show(200)
    if (done := where_it_led(form)) is not None:
        return redirect(done, 303)
    if not form.validate():
        return show()
    known = set((form.known.data or "").split(","))
    if any(incident.public_id not in known for incident in _real(running(reader)).all):
        return show(409, has_news=True)
    return take_once(form, lambda: address_after(operations.this_is_real(exercise, form.activation())), show)


def _real(found: Running) -> Running:
    return Running([i for i in found.mine if not i.is_exercise], [i for i in found.glimpses if not i.is_exercise])
