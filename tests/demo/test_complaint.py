"""Made-up complaints."""

from datetime import UTC, datetime

from demo.complaint import complaints

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_complaints_are_in_every_state_and_most_are_closed() -> None:
    states = [complaint.state for complaint in complaints(NOW, seed=7)]

    assert set(states) == {"taken", "in_hand", "answered", "closed"}
    assert states.count("closed") > 0.8 * len(states)


def test_nothing_happens_after_now() -> None:
    for complaint in complaints(NOW, seed=7):
        assert complaint.taken_at < NOW
        assert complaint.closed_at is None or complaint.taken_at < complaint.closed_at < NOW


def test_a_cause_is_known_once_somebody_has_looked_into_it() -> None:
    for complaint in complaints(NOW, seed=7):
        assert (complaint.cause is None) == (complaint.state == "taken")
        assert complaint.text
        assert "{" not in complaint.text


def test_what_is_only_taken_is_within_its_24_hours() -> None:
    for complaint in complaints(NOW, seed=7):
        if complaint.state == "taken":
            assert complaint.due_at(24) > NOW
