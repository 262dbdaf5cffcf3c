"""Two pairs of eyes in both tracks; who gets it, once; and never the police in what is not theirs."""


import pytest
import sqlalchemy as sa

from app.broadcasts import jobs, operations, queries
from app.broadcasts.models import Recipient
from app.broadcasts.states import BroadcastState, ReleaseKind
from app.contacts.models import Contact, ContactPoint, PointKind
from app.contacts.operations import add_contact
from app.direction.models import PoliceActKind
from app.direction.queries import acts_of
from app.errors import Refused
from app.extensions import db
from app.messaging.models import DeliveryState, ReceiverKind
from app.notices.models import Notice
from app.transitions import annul, police_acts
from tests.broadcasts.making import addresses, awaiting, compose, deliveries, said, sent
from tests.narrative.making import make_message
from tests.room.incident_forms import said as in_the_log

ANNA, BENT = "+4530000001", "+4530000002"


def test_each_address_gets_it_once_and_the_police_never(scene, incident):
    made = sent(scene, incident, "residents", "associations")
    assert addresses(made) == [ANNA, BENT]
    assert {d.receiver_kind for d in deliveries(made)} <= {ReceiverKind.RESIDENT, ReceiverKind.OTHER}
    assert made.police_left_out == 2
    with pytest.raises(Refused):
        operations.release(made, scene.reader(scene.cast.youth_club), version=made.version)
    assert len(deliveries(made)) == 2


def test_the_police_are_not_even_written_down_as_receivers_of_a_b(scene, incident):
    names = {recipient.name for recipient in queries.recipients_of(awaiting(scene, incident))}
    assert names == {"Anna", "Bent", "Bodil hos Bent", "Carla uden telefon"}


def test_a_text_edited_and_sent_to_release_again_is_not_the_one_that_was_read(scene, incident):
    made = awaiting(scene, incident)
    operations.edit(made, scene.reader(scene.cast.ssp), operations.Typed(made.phase, ("residents",), "En anden."))
    operations.send_to_release(made, scene.reader(scene.cast.ssp))
    with pytest.raises(Refused):
        operations.release(made, scene.reader(scene.cast.helhedsplan), version=1)
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=2)


def test_the_database_lets_nothing_of_an_exercise_go_to_residents(scene, incident):
    delivery = deliveries(sent(scene, incident))[0]
    delivery.text, delivery.is_exercise = "ØVELSE. Alt er roligt.", True
    with pytest.raises(sa.exc.DBAPIError):
        db.session.flush()
    db.session.rollback()


def test_in_a_politisag_a_police_officer_who_lives_there_gets_it_like_everybody(scene, politisag):
    assert len(addresses(sent(scene, politisag))) == 4


def test_an_address_that_became_the_polices_while_the_text_waited_is_left_out(scene, incident):
    made = awaiting(scene, incident)
    db.session.query(Contact).filter_by(name="Anna").one().is_police = True
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    assert addresses(made) == [BENT]
    assert made.police_left_out == 3


def test_receivers_are_frozen_when_it_is_sent_to_release(scene, incident):
    made = awaiting(scene, incident)
    add_contact(
        scene.cast.lindevangen, name="Ny", points=[(PointKind.MOBILE, "30000009")], audiences=("residents",)
    )
    db.session.query(ContactPoint).filter_by(address=ANNA).one().address = "+4530000088"
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    assert addresses(made) == [ANNA, BENT]


def test_places_narrow_it_and_contacts_of_no_place_are_counted(scene, incident):
    lindehuse = next(p for p in scene.cast.lindevangen.places if p.name == "Lindehuse")
    made = sent(scene, incident, place_ids=(lindehuse.id,))
    assert addresses(made) == [ANNA]


def test_nobody_releases_what_he_wrote_or_edited(scene, incident):
    made = awaiting(scene, incident)
    with pytest.raises(Refused):
        operations.release(made, scene.reader(scene.cast.ssp), version=made.version)
    typed = operations.Typed(made.phase, ("residents",), "En anden tekst.")
    operations.edit(made, scene.reader(scene.cast.helhedsplan), typed)
    operations.send_to_release(made, scene.reader(scene.cast.youth_club))
    for author in (scene.cast.ssp, scene.cast.helhedsplan):
        with pytest.raises(Refused):
            operations.release(made, scene.reader(author), version=made.version)
    operations.release(made, scene.reader(scene.cast.youth_club), version=made.version)
    assert [d.text for d in deliveries(made)] == ["En anden tekst."] * 2


def test_the_polices_word_is_no_second_pair_of_eyes_in_b(scene, incident):
    made = awaiting(scene, incident)
    with pytest.raises(Refused):
        operations.release(made, scene.reader(scene.cast.ssp), version=made.version, said=said())
    operations.release(made, scene.reader(scene.cast.families), version=made.version, said=said())
    assert made.release_kind is ReleaseKind.OWN and acts_of(incident) == []


def test_in_a_politisag_the_author_records_the_polices_yes_and_it_goes_at_once(scene, politisag):
    made = awaiting(scene, politisag)
    for user in (scene.cast.ssp, scene.cast.helhedsplan):
        with pytest.raises(Refused) as refusal:
            operations.release(made, scene.reader(user), version=made.version)
        assert "Politi" in str(refusal.value.who_can)
    operations.release(made, scene.reader(scene.cast.ssp), version=made.version, said=said())
    assert made.state is BroadcastState.UNDER_WAY and made.release_kind is ReleaseKind.PHONED
    assert [act.kind for act in acts_of(politisag)] == [PoliceActKind.RELEASE]
    assert len(deliveries(made)) == 4


def test_when_the_police_deny_it_the_rest_is_stopped(scene, politisag):
    made = awaiting(scene, politisag)
    operations.release(made, scene.reader(scene.cast.ssp), version=made.version, said=said())
    police_acts.deny(acts_of(politisag)[-1], scene.reader(scene.cast.police), "Det passer ikke.")
    assert {d.state for d in deliveries(made)} == {DeliveryState.CANCELLED}
    assert "nåede at blive sendt uden politiets ja" in in_the_log(politisag)


def test_a_standing_release_is_for_its_audiences_and_needs_another_than_the_author(scene, politisag):
    operations.let_free(politisag, scene.reader(scene.cast.ssp), ["institutions"], said())
    with pytest.raises(Refused):
        operations.let_free(politisag, scene.reader(scene.cast.ssp), ["residents"], None)
    both = awaiting(scene, politisag, None, "institutions", "residents")
    with pytest.raises(Refused):
        operations.release(both, scene.reader(scene.cast.helhedsplan), version=both.version)
    school = awaiting(scene, politisag, None, "institutions")
    with pytest.raises(Refused):
        operations.release(school, scene.reader(scene.cast.ssp), version=school.version)
    operations.release(school, scene.reader(scene.cast.helhedsplan), version=school.version)
    assert school.release_kind is ReleaseKind.STANDING


def test_no_audience_is_let_free_where_the_police_are_no_party(scene, incident):
    with pytest.raises(Refused):
        operations.let_free(incident, scene.reader(scene.cast.ssp), ["institutions"], said())


@pytest.mark.parametrize("case", ["incident", "politisag"])
def test_one_alone_sends_with_a_reason_and_the_others_are_asked_to_look(scene, case, request):
    incident = request.getfixturevalue(case)
    made = compose(scene, incident)
    operations.break_glass(made, scene.reader(scene.cast.ssp), "Ingen svarer, og rygtet løber.")
    assert made.release_kind is ReleaseKind.BREAK_GLASS and deliveries(made)
    told = {n.actor_id for n in db.session.query(Notice).filter(Notice.key.contains(":alone:"))}
    assert told == {p.actor_id for p in incident.participations if p.actor.key != "ssp"}
    assert "sendt af én alene: Ingen svarer" in in_the_log(incident)


def test_a_responder_writes_but_neither_releases_nor_sends_alone(scene, incident):
    responder = scene.reader(scene.cast.ssp_responder)
    made = awaiting(scene, incident, scene.cast.ssp_responder)
    for act in (
        lambda: operations.release(made, responder, version=made.version),
        lambda: operations.break_glass(made, responder, "Nu"),
        lambda: operations.give_back(made, responder, "Nej"),
    ):
        with pytest.raises(Refused):
            act()


def test_returned_with_a_reason_mended_and_sent_again(scene, incident):
    made = awaiting(scene, incident)
    operations.give_back(made, scene.reader(scene.cast.helhedsplan), "Skriv hvem de kan ringe til.")
    assert made.state is BroadcastState.RETURNED and made.reason.startswith("Skriv")
    operations.edit(made, scene.reader(scene.cast.ssp), operations.Typed(made.phase, ("residents",), "Ring 1234."))
    assert made.state is BroadcastState.DRAFT and db.session.query(Recipient).count() == 0


def test_what_was_cancelled_stays_to_be_read_and_is_never_sent(scene, incident):
    made = awaiting(scene, incident)
    operations.cancel(made, scene.reader(scene.cast.ssp), "Ikke brug for den.")
    with pytest.raises(Refused):
        operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    assert queries.broadcasts_of(incident) == [made] and deliveries(made) == []


def test_a_text_released_for_seven_o_clock_is_looked_at_again_then(scene, incident, clock):
    at_seven = clock.now.replace(day=23, hour=6, minute=0)
    first = sent(scene, incident, planned_at=at_seven)
    assert first.state is BroadcastState.RELEASED and deliveries(first) == []
    assert jobs.send_planned() == 0
    clock.set(at_seven)
    assert jobs.send_planned() == 1
    assert first.state is BroadcastState.UNDER_WAY and len(deliveries(first)) == 2
    second = sent(scene, incident, planned_at=at_seven.replace(hour=7))
    make_message(scene, incident, what_happened="Noget nyt")
    clock.set(at_seven.replace(hour=7))
    jobs.send_planned()
    assert second.state is BroadcastState.RETURNED and deliveries(second) == []


def test_an_annulled_incident_sends_nothing_more(scene, incident):
    under_way, waiting = sent(scene, incident), awaiting(scene, incident)
    annul.annul(incident, scene.reader(scene.cast.ssp), "Et knaldrør.")
    assert {d.state for d in deliveries(under_way)} == {DeliveryState.CANCELLED}
    assert waiting.state is BroadcastState.CANCELLED


def test_one_person_stops_what_has_not_left(scene, incident):
    made = sent(scene, incident)
    stopped = operations.stop(made, scene.reader(scene.cast.ssp))
    assert stopped.cancelled == 2 and made.stopped_at is not None


def test_an_exercise_reaches_the_parties_alone_and_says_so(scene):
    incident = scene.activate(scene.cast.ssp, is_exercise=True)
    make_message(scene, incident)
    made = sent(scene, incident, "residents", "press")
    reached = {d.address for d in deliveries(made)}
    parties = {p.address for key in ("ssp", "helhedsplan", "youth_club", "family_centre")
               for p in scene.contacts[key][0].points}
    assert reached and reached <= parties
    assert all(d.text.startswith("ØVELSE") and d.receiver_kind is ReceiverKind.PARTY for d in deliveries(made))


def test_without_a_shared_message_there_is_nothing_to_make_a_text_from(scene):
    with pytest.raises(Refused):
        compose(scene, scene.activate(scene.cast.ssp))


def test_a_cpr_number_is_refused_unless_it_is_said_to_be_none(scene, incident):
    with pytest.raises(Refused):
        compose(scene, incident, text="Ring 0101011234.")
    db.session.rollback()
    made = awaiting(scene, incident, text="Ring 0101011234.", not_cpr=True)
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    assert deliveries(made)


