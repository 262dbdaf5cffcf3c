"""The five criteria's figures from the evidence."""

from app.reviews.rules.correctness import correctness
from app.reviews.rules.evidence import Evidence
from app.reviews.rules.figures import Figure
from app.reviews.rules.narrative import narrative
from app.reviews.rules.roles import roles
from app.reviews.rules.timeliness import timeliness


def evaluate(known: Evidence) -> list[Figure]:
    """In the order of the criteria. What is unknown makes no figure."""
    return [*timeliness(known), *correctness(known), *roles(known), *narrative(known)]
