"""The same word in every transition: a rule's yes is demanded, its no is shown."""

from app.incidents.ruling import demand as demand
