"""Who may see and change which contact. Pure: every combination is a table in tests/contacts/test_rules.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reader:
    """A person as one actor. `keeps_audiences`: of the helhedsplan or a housing organisation, whose lists they are."""

    user_id: int
    organisation_id: int
    coordinates: bool  # a coordinator of the area; the administrator is none
    keeps_audiences: bool
    is_civil: bool  # of a board, a network or an association: its people are volunteers


@dataclass(frozen=True)
class About:
    """A contact. `is_resident`: in the residents' audience and no party's contact, so a private person."""

    user_id: int | None = None
    organisation_id: int | None = None  # of the party; None: in audiences only
    is_police: bool = False  # by its mark, its party, or a number or address that it shares
    is_volunteer: bool = False
    is_resident: bool = False


def may_see(reader: Reader, about: About) -> bool:
    """Parties call each other, so their contacts are every coordinator's to see; private people are not."""
    if not reader.coordinates:
        return False
    if about.user_id == reader.user_id:
        return True
    if reader.is_civil and about.is_volunteer:
        return False
    if about.organisation_id == reader.organisation_id:
        return True
    if reader.is_civil and about.is_police:
        return False
    return reader.keeps_audiences or not about.is_resident


def may_edit(reader: Reader, about: About) -> bool:
    """One's own organisation's, and for those who keep the audiences all that they see."""
    is_theirs = about.organisation_id == reader.organisation_id
    return may_see(reader, about) and (is_theirs or reader.keeps_audiences)


def may_export(reader: Reader, about: About) -> bool:
    """What leaves the house is what one keeps oneself, and never a volunteer."""
    return may_edit(reader, about) and not about.is_volunteer
