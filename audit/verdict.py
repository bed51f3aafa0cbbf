"""What verification found: sound, tampered, or not to be proved, and where, in words."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

FINDINGS_MAX: Final = 50


class Status(IntEnum):
    """The outcome, which is also the command's exit code."""

    SOUND = 0
    TAMPERED = 1
    INCOMPLETE = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Args:
        status: TAMPERED if it proves a change; INCOMPLETE if it keeps the proof from being made.
        words: What is wrong, in a sentence.
        index: The entry it is about, if it is about one.
    """

    status: Status
    words: str
    index: int | None = None


@dataclass(slots=True)
class Verdict:
    """What verification found.

    Args:
        origin: The log's name, from its checkpoint.
        size: Entries that the checkpoint speaks of.
        root: Root hash, in hex.
        entries: Entries that were looked at.
        findings: What is wrong; the first `FINDINGS_MAX`.
    """

    origin: str = ""
    size: int = 0
    root: str = ""
    entries: int = 0
    findings: list[Finding] = field(default_factory=list)
    _is_tampered: bool = False
    _is_incomplete: bool = False

    def add(self, status: Status, words: str, index: int | None = None) -> None:
        """Add a finding."""
        self._is_tampered |= status is Status.TAMPERED
        self._is_incomplete |= status is Status.INCOMPLETE
        if len(self.findings) < FINDINGS_MAX:
            self.findings.append(Finding(status, words, index))

    def tampered(self, words: str, index: int | None = None) -> None:
        """Add a finding that proves a change."""
        self.add(Status.TAMPERED, words, index)

    def incomplete(self, words: str, index: int | None = None) -> None:
        """Add a finding that keeps the proof from being made."""
        self.add(Status.INCOMPLETE, words, index)

    @property
    def status(self) -> Status:
        """The outcome."""
        if self._is_tampered:
            return Status.TAMPERED
        return Status.INCOMPLETE if self._is_incomplete else Status.SOUND

    @property
    def names_an_entry(self) -> bool:
        """Tell whether a finding is about one entry."""
        return any(finding.index is not None for finding in self.findings)

    @property
    def first_broken(self) -> Finding | None:
        """The finding about the earliest entry; else the first there is."""
        about = [finding for finding in self.findings if finding.index is not None]
        if about:
            return min(about, key=lambda finding: finding.index or 0)
        return self.findings[0] if self.findings else None

    def sentence(self) -> str:
        """Say it in a sentence."""
        first = self.first_broken
        if first is None:
            return f"Sound: {self.size} entries of {self.origin}, root {self.root}."
        where = "" if first.index is None else f" First broken entry: {first.index}."
        what = {Status.TAMPERED: "Tampered", Status.INCOMPLETE: "Not to be proved"}[self.status]
        return f"{what}:{where} {first.words}"

    def as_json(self) -> dict[str, object]:
        """Return it for a program."""
        first = self.first_broken
        return {
            "status": self.status.name.lower(),
            "origin": self.origin,
            "size": self.size,
            "root": self.root,
            "entries": self.entries,
            "first_broken_index": first.index if first else None,
            "sentence": self.sentence(),
            "findings": [
                {"status": found.status.name.lower(), "index": found.index, "words": found.words}
                for found in self.findings
            ],
        }
