"""Why a read is refused: a stable code for programs, a sentence for people."""

from graphql import GraphQLError

SENTENCES = {
    "NOT_ALLOWED_TO_FILTER": "You may not filter or sort by this: not every row shows it to you.",
    "BAD_CURSOR": "This page cannot be found again. Start from the first page.",
    "BAD_PAGE_SIZE": "Ask for 1 to 200 rows.",
    "TOO_COSTLY": "This asks for too much at once. Ask for shorter pages or fewer lists.",
    "ONE_LOOK_UP": "Look up one phone or identity number at a time.",
    "UNAUTHENTICATED": "Sign in first.",
    "NOT_FOUND": "There is no such record, or it is not yours to see.",
    "TRAIL_UNAVAILABLE": "The audit trail cannot be written, so nothing is shown in clear. "
    "Try again in a minute.",
    "INTROSPECTION_OFF": "The schema is not shown here.",
}


class ReadRefused(GraphQLError):
    """A read is refused; what is in *code* is told to the reader as it is."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code], extensions={"code": code})
        self.code = code


class Irregular(Exception):
    """The fast path cannot answer this; graphql-core does, and words the errors."""
