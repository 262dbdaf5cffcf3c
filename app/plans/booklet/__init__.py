"""The plan on paper: the booklet, the pocket cards, the contact list and the edition for a night without the app."""

from pathlib import Path

SHEET = Path(__file__).parent.parent / "paper" / "sheet.typ"
CARD = SHEET.with_name("card.typ")
