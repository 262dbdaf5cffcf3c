"""The page that waits for a file: readable by day and by night, while it waits, when it failed, when it is there."""

from playwright.sync_api import Page, expect

from app.documents.jobs import make_documents
from app.documents.models import Document, DocumentState, Fault
from app.extensions import db
from tests.browser.story import AFTERNOON, Phone
from tests.browser.test_looks import TOO_SMALL, violations
from tests.browser.town import Town


def assert_readable(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate(TOO_SMALL) == []


def test_the_page_that_waits_reads_well(live, new_context, clock):
    clock.set(AFTERNOON)
    phone = Phone(Town(new_context), "ssp")
    page = phone.page
    phone.activate("Mange unge samlet", "Mange unge ved klubben.", "Hele området")
    phone.write("/situation/new", {"Situationen nu": "Roligt."})
    phone.tap("/situation", "Lav PDF (én side A4)")
    assert_readable(page)
    document = db.session.query(Document).one()
    document.state, document.fault = DocumentState.FAILED, Fault.BROKEN
    db.session.commit()
    page.reload()
    assert_readable(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Prøv igen").click()
    make_documents()
    page.reload()
    expect(page.get_by_role("link", name="Hent filen")).to_be_visible()
    assert_readable(page)
