"""Why a file was not made, as a maker says it."""

from app.documents.models import Fault


class NotMade(Exception):
    """There will be no file; `fault` is what the asker is told, the text is for the operator's log."""

    def __init__(self, fault: Fault, text: str) -> None:
        super().__init__(text)
        self.fault = fault
