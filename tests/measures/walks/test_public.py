"""The page without a login: exactly the words that were shown to a coordinator, the same bytes for everybody."""

import pytest
import sqlalchemy as sa

from app.accounts.models import AuditEntry
from app.extensions import db
from app.measures.walks import operations
from app.measures.walks.models import Finding
from tests.measures.walks.making import make_finding, make_walk, send
from tests.room.forms import hidden

PAGE = "/answers/lindevangen"
WORDS = {"said": "Der er mørkt på stien", "did": "Boligselskabet har sat lys op"}


@pytest.fixture
def finding(scene) -> Finding:
    return make_finding(scene, make_walk(scene, title="zqtitle"))


def test_nothing_is_out_before_its_very_words_were_shown(scene, at, finding):
    ssp, path = at(scene.cast.ssp), f"/findings/{finding.public_id}/publication"
    assert "zqnote" in ssp.text(path)
    shown = send(ssp, path, **WORDS)
    assert shown.status_code == 200 and "Sådan kommer det til at stå" in shown.text
    assert WORDS["said"] not in at().text(PAGE)
    form = {k: v for k, v in hidden(shown.text).items() if k in ("once", "digest", "previewed")}
    other = ssp.post(path, form | WORDS | {"did": "Noget andet"})
    assert other.status_code == 200 and "Noget andet" not in at().text(PAGE), "other words are shown first too"
    assert ssp.post(path, form | WORDS).status_code == 303
    page = at().text(PAGE)
    assert WORDS["said"] in page and WORDS["did"] in page
    assert not [secret for secret in ("zqnote", "zqwhere", "zqtitle", "Sanne", "SSP") if secret in page]
    assert db.session.scalars(sa.select(AuditEntry).where(AuditEntry.kind == "finding_published")).one()
    tap = {"once": "take-back"}
    assert ssp.post(f"{path}/withdrawal", tap).status_code == 303
    assert WORDS["said"] not in at().text(PAGE)


@pytest.mark.parametrize(
    ("said", "why"), [("Beboeren 010190-1234 sagde", "CPR"), ("Manden, der hedder noget, sagde", "Læs advarslerne")]
)
def test_words_about_a_person_do_not_get_out(scene, at, finding, said, why):
    ssp, path = at(scene.cast.ssp), f"/findings/{finding.public_id}/publication"
    answer = send(ssp, path, **(WORDS | {"said": said}))
    assert answer.status_code == 422 and why in answer.text
    assert said not in at().text(PAGE)


def test_the_page_is_the_same_bytes_for_all_and_may_be_kept(scene, at, finding):
    stranger, insider = at().get(PAGE), at(scene.cast.ssp).get(PAGE)
    assert stranger.data == insider.data and "Her er ikke skrevet noget endnu." in stranger.text
    assert stranger.headers["Cache-Control"] == "public, max-age=300"
    for answer in (stranger, insider):
        assert "Set-Cookie" not in answer.headers and "csrf" not in answer.text and "<script" not in answer.text
    again = at().get(PAGE, headers={"If-None-Match": stranger.headers["ETag"]})
    assert again.status_code == 304
    assert at().get("/answers/never-was").status_code == 404
    assert "Her er ikke skrevet noget endnu." in at().text("/answers/skovkanten")


def test_another_areas_findings_stay_on_its_own_page(scene, at, finding):
    operations.publish(finding, WORDS["said"], WORDS["did"], by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    assert WORDS["said"] in at().text(PAGE) and WORDS["said"] not in at().text("/answers/skovkanten")
