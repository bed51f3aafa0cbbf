"""What the batch refuses, so that whoever called knows how it ended."""

from domain.errors import RuleBroken


class DeliveryRefused(RuleBroken):
    """The delivered files are not what they say they are; nothing was taken in."""


class ImportBusy(RuleBroken):
    """Another import or rating runs on the same database; nothing was begun."""


class RatingRefused(RuleBroken):
    """The quarter cannot be rated yet; the message says what is missing."""
