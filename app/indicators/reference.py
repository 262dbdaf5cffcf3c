"""Puts what VIVE published in 2018 into the database, once."""

import sqlalchemy as sa

from app.extensions import db
from app.indicators.items import Item, Published, items
from app.indicators.models import Observation, SurveyRound
from app.indicators.vocabulary import Group

SERIES = "VIVE: tryghed og trivsel i områder med helhedsplan"
YEAR = 2018
ROUND = {
    "publisher": "VIVE for Landsbyggefonden",
    "method": "Spørgeskema til beboere i ca. 400 boligafdelinger og til et repræsentativt udsnit af befolkningen",
    "population": "Beboere i boligområder med boligsocial helhedsplan (ikke alle almene boliger). Befolkningen er "
    "spurgt for sig; hvor mange der svarede dér, er ikke oplyst",
    "respondents": 10473,
    "response_rate": 38.4,
    "citation": 'VIVE 2019, "Tryghed og trivsel i de udsatte boligområder". Hovedrapport: Christensen m.fl. 2019, '
    "e-ISBN 978-87-7119-724-2.",
}


def load() -> bool:
    """The first round with its 16 questions for two groups. Answers whether anything was lacking; flushes."""
    there = sa.select(SurveyRound.id).where(SurveyRound.import_id.is_(None), SurveyRound.series == SERIES)
    if db.session.scalar(there.where(SurveyRound.year == YEAR)) is not None:
        return False
    first = SurveyRound(series=SERIES, year=YEAR, **ROUND)
    db.session.add(first)
    db.session.flush()
    for one in items():
        db.session.add(_observation(first, one, Group.PROJECT_AREAS, one.areas))
        db.session.add(_observation(first, one, Group.POPULATION, one.population))
    db.session.flush()
    return True


def _observation(of: SurveyRound, one: Item, group: Group, published: Published) -> Observation:
    # How many answered each question is not published, so no figure here has an n.
    return Observation(
        round_id=of.id, code=one.code, dimension=one.dimension, question=one.question, group=group,
        percent=published.percent, wording=published.wording, approximate=published.approximate,
        missing=published.missing,
    )  # fmt: skip
