"""Writing in the log."""

from datetime import timedelta

import pytest

from app.errors import Refused
from app.extensions import db
from app.logbook.kinds import LABELS, Kind
from app.logbook.models import LogChain
from app.logbook.operations import Author, LooksLikeCpr, append, open_chain
from app.logbook.queries import last_head, page
from app.logbook.verify import verify_chain
from app.plans.vocabulary import SharingLevel
from tests.conftest import Clock
from tests.logbook.writing import by, write


def test_entries_are_numbered_chained_and_verifiable(chain: LogChain) -> None:
    first, second = write(chain, "Vi ser flere på torvet"), write(chain, "De går hjem")
    assert (first.seq, second.seq) == (1, 2)
    assert second.previous_hash == first.entry_hash
    verdict = verify_chain(chain.id)
    assert verdict.is_whole
    assert verdict.head == last_head(chain) == f"{chain.public_id}:2:{second.entry_hash}"


def test_an_empty_chain_is_whole(chain: LogChain) -> None:
    assert verify_chain(chain.id, last_head(chain)).is_whole


def test_what_was_said_is_read_again(chain: LogChain) -> None:
    police = "politiet v/ vagtchef, telefon"
    write(chain, "Æ ø å \x00 \r\n 🙂", on_behalf_of=police, ref="task:abc", data={"channel": "phone"})
    db.session.expire_all()
    (entry,) = page(chain)
    assert entry.text == "Æ ø å \x00 \r\n 🙂"
    assert entry.author_label == "Signe (SSP)"
    assert entry.on_behalf_of == police
    assert (entry.ref, entry.data) == ("task:abc", {"channel": "phone"})
    assert verify_chain(chain.id).is_whole


def test_an_entry_recorded_more_than_five_minutes_after_it_happened_is_late(chain: LogChain, clock: Clock) -> None:
    assert not write(chain, at=clock.now - timedelta(minutes=5)).is_late
    assert write(chain, at=clock.now - timedelta(minutes=5, seconds=1)).is_late
    assert not write(chain).is_late


def test_a_phone_that_is_a_little_fast_writes_now_and_the_real_future_is_refused(chain: LogChain, clock: Clock) -> None:
    clock.advance(minutes=1)
    assert write(chain, at=clock.now + timedelta(minutes=1)).at == clock.now
    with pytest.raises(Refused, match="fremtiden"):
        write(chain, at=clock.now + timedelta(minutes=3))


def test_recorded_times_never_run_backwards_even_when_the_hosts_clock_does(chain: LogChain, clock: Clock) -> None:
    clock.advance(minutes=10)
    first = write(chain)
    clock.advance(minutes=-5)
    assert write(chain).recorded_at == first.recorded_at
    assert verify_chain(chain.id).is_whole


@pytest.mark.parametrize("where", ["text", "on_behalf_of"])
def test_a_cpr_number_is_refused_and_nothing_is_saved(chain: LogChain, where: str) -> None:
    with pytest.raises(LooksLikeCpr, match="CPR"):
        write(chain, **{"text": "Det var", where: "Det var 221180-2330"})
    db.session.rollback()
    assert page(chain) == []


def test_who_says_that_it_is_no_cpr_number_is_on_record(chain: LogChain) -> None:
    assert write(chain, "Sag 221126-2330", not_cpr=True).data == {"not_cpr": True}
    assert write(chain, "Uden tal", not_cpr=True).data == {}


def test_a_correction_names_the_entry_it_corrects(chain: LogChain) -> None:
    wrong = write(chain, "Tre biler")
    right = write(chain, "To biler", kind=Kind.CORRECTION, corrects=wrong)
    assert right.corrects_seq == wrong.seq
    other = open_chain(None)
    with pytest.raises(ValueError, match="its own chain"):
        append(other, kind=Kind.CORRECTION, text="x", by=by(), sharing=SharingLevel.PARTIES, corrects=wrong)


def test_an_author_need_not_be_a_user(chain: LogChain) -> None:
    assert write(chain, by=Author(None, "system", "system", "Systemet")).author_user_id is None
    assert verify_chain(chain.id).is_whole


def test_the_log_is_paged_newest_first(chain: LogChain) -> None:
    for number in range(1, 8):
        write(chain, str(number), kind=Kind.NOTE if number % 2 else Kind.FACT)
    assert [e.text for e in page(chain, limit=3)] == ["7", "6", "5"]
    assert [e.text for e in page(chain, before_seq=5, limit=3)] == ["4", "3", "2"]
    assert [e.text for e in page(chain, kinds=[Kind.FACT])] == ["6", "4", "2"]


def test_every_kind_has_a_danish_word() -> None:
    assert set(LABELS) == set(Kind)
