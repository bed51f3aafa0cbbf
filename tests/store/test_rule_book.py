"""The main rule book's figures, and what a broken rule book is told."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.contact_rule import greeting_for
from domain.rule_book import RuleBook
from store.rule_book import (
    RULE_BOOKS,
    RuleBookBroken,
    load_rule_book,
    read_rule_book,
    rule_book_codes,
)

MAIN = RULE_BOOKS / "postal-high-end.yaml"
Broken = Callable[[str, str], str]


@pytest.fixture(scope="module")
def rule_book() -> RuleBook:
    return load_rule_book()


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    """Swap one piece of the main rule book and return what its reader is told."""

    def told(piece: str, other: str) -> str:
        text = MAIN.read_text(encoding="utf-8")
        assert piece in text
        path = tmp_path / MAIN.name
        path.write_text(text.replace(piece, other, 1), encoding="utf-8")
        with pytest.raises(RuleBookBroken) as refusal:
            read_rule_book(path)
        return str(refusal.value)

    return told


def test_the_main_rule_book_ships() -> None:
    assert "postal-high-end" in rule_book_codes()


def test_the_sha256_is_of_the_file_s_bytes(rule_book: RuleBook) -> None:
    assert rule_book.sha256 == hashlib.sha256(MAIN.read_bytes()).hexdigest()


def test_tiers_have_their_bars_and_care_budgets(rule_book: RuleBook) -> None:
    assert [
        (t.code, t.rank, t.from_fen, t.below_fen, rule_book.care_budget_fen(t.code))
        for t in rule_book.tiers
    ] == [
        ("vip", 1, 5_000_000, 20_000_000, 10_000),
        ("gold", 2, 20_000_000, 50_000_000, 30_000),
        ("platinum", 3, 50_000_000, 100_000_000, 70_000),
        ("diamond", 4, 100_000_000, None, 100_000),
    ]


def test_half_of_the_care_budget_must_be_spent(rule_book: RuleBook) -> None:
    assert (rule_book.care.floor_pct, rule_book.care.floor_article) == (50, "第十条(二)")


def test_rating_is_due_by_the_15th_and_moves_after_two_quarters(rule_book: RuleBook) -> None:
    rating = rule_book.rating

    assert (rating.due_day, rating.data_due_day, rating.quarters_to_move) == (15, 5, 2)
    assert rating.article == "第六条"
    assert rule_book.effective_from == date(2013, 4, 7)


def test_contacts_are_owed_as_article_16_says(rule_book: RuleBook) -> None:
    assert {
        (c.tier, c.kind, c.times, c.months, bool(c.joint)) for c in rule_book.contacts.cadence
    } == {
        ("vip", "call", 1, 3, False),
        ("gold", "call", 1, 1, False),
        ("gold", "visit", 1, 6, False),
        ("platinum", "call", 1, 1, False),
        ("platinum", "visit", 1, 3, False),
        ("diamond", "visit", 1, 2, True),
    }


def test_spring_festival_is_greeted_by_tier(rule_book: RuleBook) -> None:
    festival = rule_book.contacts.festival("spring_festival")

    assert festival
    vip, gold = (greeting_for(tier, festival.greetings) for tier in ("vip", "gold"))
    assert vip and gold
    assert vip.channels == ("message", "card", "gift")
    assert gold.channels == ("call", "card", "gift")


def test_nobody_maintains_more_than_200_of_gold_and_above(rule_book: RuleBook) -> None:
    (cap,) = rule_book.maintenance.caps

    assert (cap.customers_max, cap.tiers) == (200, ("gold", "platinum", "diamond"))
    assert cap.article == "第十一条(三)"


def test_complaints_are_answered_in_24_hours_and_all_followed_up(rule_book: RuleBook) -> None:
    terms = rule_book.complaints

    assert (terms.answer_hours, terms.follow_up_pct) == (24, 100)
    assert terms.follow_up_by == ("county_officer", "city_officer")


def test_a_missed_contact_costs_20_yuan_each_for_head_and_manager(rule_book: RuleBook) -> None:
    missed = next(d for d in rule_book.assessment.deductions if d.code == "contact_missed")

    assert (missed.from_fen, missed.borne_by) == (2_000, ("outlet_head", "customer_manager"))
    assert missed.article == "第十九条(四)"


def test_reports_are_due_on_their_days(rule_book: RuleBook) -> None:
    assert {duty.code: duty.due_day for duty in rule_book.duties if duty.due_day} == {
        "asset_data": 5,
        "new_customers_list": 5,
        "managers_report": 5,
        "bulletin": 10,
        "summary": 15,
        "rating": 15,
    }


def test_the_vip_contradiction_shows_both_readings_and_the_stricter_one(
    rule_book: RuleBook,
) -> None:
    vip_calls = next(c for c in rule_book.contradictions if c.code == "vip_calls")

    assert vip_calls.articles == ("第十二条", "第十六条(一)")
    assert vip_calls.chosen_reading.words.en == "one call a quarter"


def test_all_duties_of_an_article_can_be_found(rule_book: RuleBook) -> None:
    assert "contacts.cadence[0]" in rule_book.articles["第十六条(一)"]
    assert "rating.due_day" in rule_book.articles["第六条(二)"]


def test_all_eight_forms_are_named(rule_book: RuleBook) -> None:
    assert [form.number for form in rule_book.forms] == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("piece", "other", "told"),
    [
        (
            "from_yuan: 200000",
            "from_yuan: many",
            "postal-high-end.yaml:62 at tiers[1].from_yuan: found 'many', wanted whole yuan",
        ),
        ("from_yuan: 200000", "from_yuan: 200000.5", "at tiers[1].from_yuan: found '200000.5'"),
        ("from_yuan: 200000", "from_yuan: 40000", "wanted more than the tier before it"),
        ("months: 6,", "months: 5,", "found 5, wanted one of 1, 2, 3, 4, 6, 12"),
        ("- {tier: vip, kind: call", "- {tier: silver, kind: call", "wanted a tier of this rule"),
        ("article: 第五条(一)", "article: art. 5", "at tiers[0].article: found 'art. 5'"),
        ("floor_pct: 50", "floor_pct: 101", "at care.floor_pct: found 101, wanted 100 or less"),
        ("  floor_pct: 50\n", "", "at care: wanted the key floor_pct as well"),
        ("floor_pct: 50", "floor: 50", "at care.floor: found 50, wanted one of the keys budgets, "),
        ("chosen: 2", "chosen: 3", "wanted the number of a reading, 1 to 2"),
        ("code: postal-high-end", "code: other", "wanted the file's name, postal-high-end"),
        ("version: 1", "version: 1\nversion: 2", "the key 'version' stands here a second time"),
        ("version: 1", "version: [1", "wanted YAML that can be read"),
        ("version: 1", "version: no", "at version: found 'no', wanted a whole number"),
        ('effective_from: "2013-04-07"', 'effective_from: "2013-02-30"', "the calendar has"),
        ("code: bulletin", "code: summary", "wanted a code that no other entry has"),
        ("to_yuan: 1000", "to_yuan: 10", "wanted from_yuan or more"),
        ("  - {tier: gold, kind: visit", "  - {tier: gold, kind: call", "one cadence for each"),
    ],
)
def test_a_fault_names_file_line_place_value_and_what_was_wanted(
    broken: Broken, piece: str, other: str, told: str
) -> None:
    assert told in broken(piece, other)


def test_every_fault_is_told_at_once(broken: Broken) -> None:
    told = broken("floor_pct: 50\n  floor_article: 第十条(二)", "floor_pct: -1\n  floor_article: x")

    assert "care.floor_pct" in told
    assert "care.floor_article" in told


def test_a_file_that_is_missing_empty_or_not_utf_8_is_told_so(tmp_path: Path) -> None:
    cases = {"gone.yaml": None, "empty.yaml": b"", "latin.yaml": b"code: \xff"}
    for name, content in cases.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(RuleBookBroken, match=name):
            read_rule_book(tmp_path / name)
