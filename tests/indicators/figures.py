"""Figures as tests need them."""

from hypothesis import strategies as st

from app.indicators.dimensions import Dimension
from app.indicators.rules import Figure
from app.indicators.vocabulary import Group

SERIES = ("egen måling", "VIVE", "Justitsministeriet")


def figure(percent: float | None = 62.0, **more) -> Figure:
    """A plain one: own area, one question, 2024, 120 answers."""
    usual = {"dimension": Dimension.SAFETY, "series": "egen måling", "year": 2024, "code": "T1",
             "question": "Grundlæggende tryg i boligområdet", "group": Group.OWN_AREA, "n": 120}  # fmt: skip
    return Figure(**{**usual, "percent": percent, **more})


anything = st.builds(
    Figure,
    dimension=st.sampled_from(Dimension),
    series=st.sampled_from(SERIES),
    year=st.integers(2015, 2026),
    code=st.sampled_from(["T1", "T2", "EGEN1"]),
    question=st.sampled_from(["Tryg?", "Er du tryg?"]),
    group=st.sampled_from(Group),
    percent=st.one_of(st.none(), st.floats(0, 100)),
    wording=st.sampled_from(["", "7 ud af 10", "næsten 5 ud af 10", "lav", "halvdelen"]),
    approximate=st.booleans(),
    n=st.one_of(st.none(), st.integers(0, 5000)),
)
