"""The poster to hang in a stairwell: one page, six languages, a code that leads to the right address."""

import io

from pypdf import PdfReader

from app.documents.jobs import make_documents
from app.extensions import db
from app.lib.languages import Language
from app.public.area import poster
from app.signup.words import say
from tests.factories import Visitor


def test_the_poster_is_made_by_the_worker_for_people_of_the_area(app, scene):
    ssp, path = Visitor(app, scene.cast.ssp), "/area/lindevangen/poster"
    shown = ssp.text("/area/lindevangen/staff")
    assert "Lav opslag med QR-kode" in shown and "/area/lindevangen/screen" in shown
    assert Visitor(app, scene.cast.neighbour).post(path).status_code == 404
    assert Visitor(app).post(path).status_code == 401
    page = ssp.post(path).headers["Location"]
    make_documents()
    answer = ssp.get(f"{page}/file")
    reader = PdfReader(io.BytesIO(answer.data))
    assert len(reader.pages) == 1 and answer.mimetype == "application/pdf"
    shown = " ".join(reader.pages[0].extract_text().split())
    for language in (one for one in Language if one is not Language.ARABIC):
        assert " ".join(say(language, "poster").split()) in shown, language
    assert "□" not in shown and "http://" not in shown
    db.session.rollback()
    with app.test_request_context():
        data = poster._data(scene.cast.lindevangen)
    assert data["code_alt"].endswith("/area/lindevangen") and "<svg" in data["code"]
