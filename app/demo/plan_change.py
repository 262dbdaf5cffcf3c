"""What a story has learnt changes the plan: its proposal into a draft, a new line on a card, two parties' yes."""

from app.demo.stage import Stage
from app.extensions import db
from app.planning import operations as planning
from app.planning.rules.entries import put
from app.planning.what_if import Question, answer
from app.plans.document import CardItem
from app.plans.places import Kind, Section
from app.plans.queries import plan_for
from app.plans.reading import shape_of
from app.plans.vocabulary import Track
from app.reviews.models import LearningPoint


def change_card(stage: Stage, point: LearningPoint, card: str, item: CardItem, *logins: str) -> None:
    """The first of these writes it and says yes, the second says yes; then it counts, and the point is carried out."""
    before, (writer, *_others) = plan_for(stage.area), [stage.as_(login) for login in logins]
    draft = planning.begin(stage.area, writer.by)
    planning.place_proposal(draft, point.public_id, Section.CARDS)
    document = put(shape_of(draft.document), Kind.ITEM, card, None, item)
    planning.save(draft, document, Section.CARDS, f"Nyt punkt på kortet: {item.text}", writer.by)
    for login in logins:
        stage.expect(plan_for(stage.area).document == before.document, "planen gjaldt, før to parter havde sagt ja")
        planning.say_yes(draft, stage.as_(login))
        db.session.commit()
        stage.pass_time(minutes=1)
    after = plan_for(stage.area)
    is_new = after.plan is not None and before.plan is not None and after.plan.version == before.plan.version + 1
    stage.expect(is_new, "planen har ikke fået en ny version")
    version = after.plan.version if after.plan else 0
    is_done = point.closed_note == f"Gennemført i planens version {version}."
    stage.expect(is_done, "læringspunktet står ikke som gennemført i den nye version")
    _expect_to_open(stage, point, card, item)
    stage.say(f"\n  Læringspunktet »{point.text}« er gennemført: planens version {version} har punktet »{item.text}«")


def _expect_to_open(stage: Stage, point: LearningPoint, card: str, item: CardItem) -> None:
    """The same incident again: the card that opens has the new line."""
    party, _dot, track = card.partition(".")
    plan, incident = plan_for(stage.area).document, point.review.incident
    then = answer(stage.area, plan, Question("ssp", Track(track), incident.category_key, stage.now))
    opened = [one.card for one in then.parties if one.actor.key == party and one.card is not None]
    stage.expect(any(item in one.items for one in opened), f"kortet hos {party} har ikke det nye punkt")
