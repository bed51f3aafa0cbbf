"""The rating rule in columns is the pure rule, customer by customer."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.home_outlet import OutletStock, home_outlet
from domain.rating import OutOfRange, Standing, rate
from domain.tier import NO_TIER, rank_of
from rating.columnar import columnar, sql_of
from rating.rule import rated
from store.rule_book import load_rule_book

BOOK = load_rule_book()
DAYS = 92
BARS = [tier.from_fen * DAYS for tier in BOOK.tiers]
sums = st.sampled_from([0, 1, *BARS, *(bar - 1 for bar in BARS), *(2 * bar for bar in BARS)])
outlets = st.sampled_from(["320701001", "320701002", "320702001"])
holdings = st.dictionaries(outlets, st.tuples(st.integers(0, 3), sums), max_size=3)
ranks = {0: NO_TIER} | {tier.rank: tier.code for tier in BOOK.tiers}
standings = st.one_of(
    st.just((0, 0, OutOfRange.IN)),
    st.tuples(st.integers(1, 4), st.just(0), st.just(OutOfRange.IN)),
    st.tuples(st.integers(1, 4), st.just(1), st.sampled_from([OutOfRange.BELOW, OutOfRange.ABOVE])),
)
customers = st.tuples(standings, st.none() | outlets, holdings)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with columnar(tmp_path_factory.mktemp("rule")) as connection:
        yield connection


@settings(max_examples=60)
@given(book=st.lists(customers, min_size=1, max_size=12))
def test_the_batch_agrees_with_the_pure_rule_on_any_book(engine: Any, book: list[Any]) -> None:
    assert _by_batch(engine, book) == [_by_rule(customer) for customer in book]


def _by_rule(customer: Any) -> tuple[Any, ...]:
    (rank, quarters, direction), home, held = customer
    total = sum(balance_days for _, balance_days in held.values())
    standing = Standing(ranks[rank], quarters, direction)
    result = rate(standing, total, DAYS, BOOK.tiers, BOOK.rating.quarters_to_move)
    stocks = [OutletStock(code, *sums) for code, sums in held.items()]
    at = home_outlet(stocks, home)
    after = result.standing
    return (
        *(total, rank_of(after.tier, BOOK.tiers), result.outcome.value),
        *(after.direction.value, after.quarters_out_of_range),
        *(at.outlet_code, at.proposed_outlet_code),
    )


def _by_batch(engine: Any, book: list[Any]) -> list[tuple[Any, ...]]:
    engine.execute(
        "create or replace table stocks (customer_id varchar, unit_code varchar, "
        "stock_fen bigint, balance_days_fen bigint)"
    )
    engine.execute(
        "create or replace table before (customer_id varchar, customer_no varchar, "
        "held_rank smallint, quarters smallint, direction varchar, home varchar)"
    )
    for number, ((rank, quarters, direction), home, held) in enumerate(book):
        id = f"{number:04d}"
        row = [id, id, rank, quarters, direction.value, home]
        engine.execute("insert into before values (?, ?, ?, ?, ?, ?)", row)
        for code, (stock, balance_days) in held.items():
            engine.execute(
                "insert into stocks values (?, ?, ?, ?)", [id, code, stock, balance_days]
            )
    rule = sql_of(rated(BOOK.tiers, DAYS, BOOK.rating.quarters_to_move))
    return list(
        engine.execute(
            "select balance_days_fen::bigint, tier_rank, outcome, out_of_range, "
            f"quarters_out_of_range, home, proposed from ({rule}) order by customer_no"
        ).fetchall()
    )
