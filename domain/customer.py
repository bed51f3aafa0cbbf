"""What a customer can be."""

from enum import StrEnum


class CustomerKind(StrEnum):
    """Whom a customer file is about."""

    PERSON = "person"
    COMPANY = "company"
    INSTITUTION = "institution"
