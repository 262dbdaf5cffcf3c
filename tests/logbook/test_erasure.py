"""A text can be erased by two people, or when its time is up; the log stays provable."""

import pytest
import sqlalchemy as sa

from app.errors import Refused
from app.extensions import db
from app.logbook.erasure import erase, erase_expired, open_request, request_erasure
from app.logbook.kinds import Kind
from app.logbook.models import ErasureRequest, LogChain
from app.logbook.operations import SYSTEM, Author, LooksLikeCpr
from app.logbook.queries import last_head, page
from app.logbook.verify import verify_chain
from app.plans.vocabulary import SharingLevel
from tests.logbook.writing import write


def test_two_people_erase_a_text_and_the_chain_stays_whole(chain: LogChain, ssp: Author, klub: Author) -> None:
    entry = write(chain, "Ole på 3. sal", on_behalf_of="Ole", by=ssp)
    write(chain, "noget andet")
    before = last_head(chain)
    request_erasure(entry, ssp, "Et navn")
    said = erase(entry, klub)
    db.session.commit()
    assert entry.is_erased
    assert (entry.text, entry.author_label, entry.on_behalf_of, entry.salt) == (None, None, None, None)
    assert (said.kind, said.text) == (Kind.ERASURE, "Teksten i nr. 1 er slettet.")
    assert said.data == {"erased": [1, 1], "requested_by": ssp.user_id}
    verdict = verify_chain(chain.id, before)
    assert (verdict.is_whole, verdict.erased) == (True, (1,))
    assert verdict.sentence() == "Loggen er hel: 3 indførsler. Slettet tekst: nr. 1."


def test_one_person_alone_erases_nothing(chain: LogChain, ssp: Author) -> None:
    entry = write(chain)
    with pytest.raises(Refused, match="En anden skal først"):
        erase(entry, ssp)
    request_erasure(entry, ssp, "Et navn")
    with pytest.raises(Refused, match="Du bad selv"):
        erase(entry, ssp)
    with pytest.raises(ValueError, match="people"):
        erase(entry, SYSTEM)
    assert not entry.is_erased


def test_asking_twice_is_asking_once(chain: LogChain, ssp: Author, klub: Author) -> None:
    entry = write(chain)
    first = request_erasure(entry, ssp, "Et navn")
    assert request_erasure(entry, klub, "Også mig") is first is open_request(entry)


def test_what_is_erased_stays_erased_and_an_erasure_cannot_be_erased(
    chain: LogChain, ssp: Author, klub: Author
) -> None:
    entry = write(chain)
    request_erasure(entry, ssp, "Et navn")
    said = erase(entry, klub)
    for each, words in ((entry, "allerede slettet"), (said, "kan ikke slettes")):
        with pytest.raises(Refused, match=words):
            request_erasure(each, ssp, "Igen")


def test_the_reason_may_not_hold_a_cpr_number(chain: LogChain, ssp: Author) -> None:
    with pytest.raises(LooksLikeCpr):
        request_erasure(write(chain), ssp, "Det er 221180-2330")


def test_who_reads_the_emptied_entry_may_read_why(chain: LogChain, ssp: Author, klub: Author) -> None:
    entry = write(chain, sharing=SharingLevel.OWN_ORGANISATION)
    request_erasure(entry, ssp, "Et navn")
    assert erase(entry, klub).sharing is SharingLevel.PARTIES


def test_when_its_time_is_up_every_text_goes_once(chain: LogChain, ssp: Author, klub: Author) -> None:
    first = write(chain, "et")
    write(chain, "to")
    request_erasure(first, ssp, "Et navn")
    erase(first, klub)
    said = erase_expired(chain)
    db.session.commit()
    assert said is not None
    assert said.text == "Teksten i nr. 1-3 er slettet."
    assert [entry.text for entry in page(chain)] == [said.text, "Teksten i nr. 1 er slettet.", None, None]
    assert db.session.scalars(sa.select(ErasureRequest)).all() == []
    assert erase_expired(chain) is None
    assert verify_chain(chain.id).erased == (1, 2)
    assert verify_chain(chain.id).is_whole
