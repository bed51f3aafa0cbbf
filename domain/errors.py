"""What can be wrong that a person can mend, and the one answer to "missing" and "not yours"."""

from collections.abc import Mapping


class RuleBroken(Exception):
    """A rule refuses; the message tells a clerk what is true now and what to do.

    Args:
        code: Stable name for programs, like ``ALREADY_SETTLED``; also the key of the sentence in
            the pages.
        message: The sentence in English; the pages and `schema` translate by *code* and *params*.
        path: The input field to mend, outermost first, in GraphQL spelling.
        params: Figures for the sentence (days, fen); never a sealed value.
    """

    def __init__(
        self,
        code: str,
        message: str,
        path: tuple[str, ...] = (),
        params: Mapping[str, str | int] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.path = path
        self.params = dict(params or {})


class NotFound(Exception):
    """There is no such record, or the actor may not touch it: one answer, word for word."""


class NotSignedIn(Exception):
    """Nobody has signed in, or the session has ended."""
