"""How a quarter's average moves a customer between tiers, and how it is explained."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import fen_from_yuan
from domain.rating import (
    NEVER_RATED,
    Outcome,
    OutOfRange,
    Rated,
    Reason,
    Standing,
    explain,
    rate,
)
from domain.tier import NO_TIER, rank_of, tier_named
from tests.domain.tiers import TIERS

DATA = Path(__file__).resolve().parent.parent / "data"
CODES = [NO_TIER, *(tier.code for tier in TIERS)]


with (DATA / "tier-scenarios.csv").open(encoding="utf-8") as scenario_rows:
    SCENARIOS = list(csv.DictReader(scenario_rows))


def rated_in_turn(averages_fen: list[int], days: int = 91) -> list[Rated]:
    standing, results = NEVER_RATED, []
    for average_fen in averages_fen:
        results.append(rate(standing, average_fen * days, days, TIERS))
        standing = results[-1].standing
    return results


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    tier = draw(st.sampled_from(CODES))
    direction = draw(st.sampled_from(OutOfRange)) if tier != NO_TIER else OutOfRange.IN
    return Standing(tier, 0 if direction is OutOfRange.IN else 1, direction)


days_of_a_quarter = st.integers(89, 92)
near_a_bar = st.sampled_from([tier.from_fen for tier in TIERS]).flatmap(
    lambda bar: st.integers(bar - 1, bar + 1)
)
averages_fen = st.one_of(near_a_bar, st.integers(0, 300_000_000))
sums_fen = st.tuples(averages_fen, st.integers(-91, 91), days_of_a_quarter).map(
    lambda parts: (max(0, parts[0] * parts[2] + parts[1]), parts[2])
)


@pytest.mark.parametrize("row", SCENARIOS, ids=lambda row: row["scenario"])
def test_every_scenario_gives_its_tiers_and_counters(row: dict[str, str]) -> None:
    results = rated_in_turn([fen_from_yuan(yuan) for yuan in row["averages_yuan"].split()])

    tiers = [rated.standing.tier for rated in results]
    directions = [rated.standing.direction.value for rated in results]
    assert tiers == row["tier_after_each"].split()
    assert directions == row["quarters_out_of_range_after_each"].split()


def test_the_sample_delivery_gives_the_expected_tiers() -> None:
    standing: dict[str, Standing] = {}
    with (DATA / "sample-expected-tiers.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            before = standing.get(row["customer_no"], NEVER_RATED)
            rated = rate(before, int(row["balance_days_fen"]), int(row["days"]), TIERS)
            standing[row["customer_no"]] = after = rated.standing
            counted = "" if after.direction is OutOfRange.IN else after.direction.value
            assert (after.tier, counted) == (row["tier"], row["quarters_out_of_range"]), row


def test_the_sum_is_compared_with_bar_times_days_to_the_fen() -> None:
    days, bar_fen = 90, TIERS[0].from_fen

    just_below = rate(NEVER_RATED, bar_fen * days - 1, days, TIERS)
    just_reached = rate(NEVER_RATED, bar_fen * days, days, TIERS)

    assert just_below.outcome is Outcome.OUTSIDE
    assert just_reached.outcome is Outcome.ENTERED


@given(standings(), sums_fen)
def test_one_quarter_out_of_range_never_moves_a_tier(
    state: Standing, sums: tuple[int, int]
) -> None:
    fresh = Standing(state.tier)

    rated = rate(fresh, *sums, TIERS)

    if state.tier != NO_TIER:
        assert rated.standing.tier == state.tier
        assert rated.outcome is Outcome.KEPT


@given(standings(), sums_fen, st.integers(0, 10**10))
def test_more_assets_never_rate_lower(state: Standing, sums: tuple[int, int], more: int) -> None:
    balance_days_fen, days = sums

    poorer = rate(state, balance_days_fen, days, TIERS)
    richer = rate(state, balance_days_fen + more, days, TIERS)

    assert rank_of(richer.standing.tier, TIERS) >= rank_of(poorer.standing.tier, TIERS)


@given(sums_fen)
def test_a_customer_without_a_tier_enters_exactly_when_the_lowest_bar_is_met(
    sums: tuple[int, int],
) -> None:
    balance_days_fen, days = sums

    rated = rate(NEVER_RATED, balance_days_fen, days, TIERS)

    is_met = balance_days_fen >= TIERS[0].from_fen * days
    assert (rated.outcome is Outcome.ENTERED) == is_met
    assert (rated.standing.tier != NO_TIER) == is_met


@given(st.lists(averages_fen, max_size=12), days_of_a_quarter)
def test_the_same_quarters_always_give_the_same_ratings(averages: list[int], days: int) -> None:
    assert rated_in_turn(averages, days) == rated_in_turn(averages, days)


@given(standings(), sums_fen)
def test_outcome_tier_and_reason_tell_one_story(state: Standing, sums: tuple[int, int]) -> None:
    rated = rate(state, *sums, TIERS)

    before, after = rank_of(state.tier, TIERS), rank_of(rated.standing.tier, TIERS)
    assert rated.previous_tier == state.tier
    assert rated.outcome is {
        (True, True): Outcome.OUTSIDE,
        (True, False): Outcome.ENTERED,
        (False, True): Outcome.LEFT,
    }.get(
        (before == 0, after == 0),
        Outcome.RISEN if after > before else Outcome.FALLEN if after < before else Outcome.KEPT,
    )
    assert (rated.standing.quarters_out_of_range == 0) == (rated.standing.direction == "in")


@given(standings(), sums_fen)
def test_what_is_missing_is_enough_and_one_fen_less_is_not(
    state: Standing, sums: tuple[int, int]
) -> None:
    balance_days_fen, days = sums
    rated = rate(state, balance_days_fen, days, TIERS)

    why = explain(rated, balance_days_fen, days, TIERS, "第六条")

    held = tier_named(rated.previous_tier, TIERS)
    above = tier_named(why.next_tier, TIERS) if why.next_tier else None
    for missing, tier in ((why.missing_to_stay_fen, held), (why.missing_to_rise_fen, above)):
        if missing and tier:
            assert balance_days_fen + missing * days >= tier.from_fen * days
            assert balance_days_fen + (missing - 1) * days < tier.from_fen * days


def test_a_quarter_below_is_explained_by_what_was_missing_to_stay() -> None:
    rated = rate(Standing("gold"), 15_000_000 * 91, 91, TIERS)

    why = explain(rated, 15_000_000 * 91, 91, TIERS, "第六条")

    assert why.code is Reason.ONE_QUARTER_BELOW
    assert (why.minimum_fen, why.maximum_fen) == (20_000_000, 50_000_000)
    assert (why.missing_to_stay_fen, why.missing_to_rise_fen) == (5_000_000, 35_000_000)
    assert (why.next_tier, why.article) == ("platinum", "第六条")


def test_a_quarter_above_misses_nothing_but_a_second_one() -> None:
    rated = rate(Standing("gold"), 60_000_000 * 91, 91, TIERS)

    why = explain(rated, 60_000_000 * 91, 91, TIERS, "第六条")

    assert why.code is Reason.ONE_QUARTER_ABOVE
    assert (why.missing_to_stay_fen, why.missing_to_rise_fen) == (None, 0)


def test_at_the_top_nothing_is_missing_and_nothing_comes_next() -> None:
    rated = rate(Standing("diamond"), 900_000_000 * 91, 91, TIERS)

    why = explain(rated, 900_000_000 * 91, 91, TIERS, "第六条")

    assert (why.maximum_fen, why.missing_to_rise_fen, why.next_tier) == (None, None, None)


def test_outside_every_tier_the_way_to_the_lowest_is_told() -> None:
    rated = rate(NEVER_RATED, 4_000_000 * 91, 91, TIERS)

    why = explain(rated, 4_000_000 * 91, 91, TIERS, "第六条")

    assert (why.code, why.minimum_fen, why.missing_to_stay_fen) == (Reason.OUTSIDE, None, None)
    assert (why.next_tier, why.missing_to_rise_fen) == ("vip", 1_000_000)


def test_an_unknown_tier_is_a_bug_and_says_which() -> None:
    with pytest.raises(ValueError, match="Unknown tier 'silver'"):
        rate(Standing("silver"), 0, 91, TIERS)
