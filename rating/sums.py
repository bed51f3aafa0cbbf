"""Sum a period's balances by customer, outlet and product, in whole fen times days."""

from typing import TYPE_CHECKING

from rating.columnar import sql_of

if TYPE_CHECKING:
    from ibis.expr.types import Table

COLUMNS = ("customer_key", "unit_key", "product", "stock_fen", "balance_days_fen")


def sums_sql(days: int, *, every_day: bool = False) -> str:
    """Return SQL for the sums of the view ``balances``.

    A balance holds until the account's next row or the period's end, so that the distance to the
    next row says for how many days it counts.

    Args:
        days: Of the period.
        every_day: Whether every account is known to have a row for each of its days; the
            distance then is always one, and nothing needs sorting.
    """
    integers = ", ".join(f"{name}::bigint as {name}" for name in COLUMNS[3:])
    kept = sql_of(_every_day(days) if every_day else _until_next(days))
    return f"select {', '.join(COLUMNS[:3])}, {integers} from ({kept})"


def _balances() -> "Table":
    import ibis

    return ibis.table(
        {
            "customer_key": "int32",
            "account_no": "string",
            "unit_key": "int32",
            "product": "string",
            "day": "int16",
            "balance_fen": "int64",
        },
        name="balances",
    )


def _until_next(days: int) -> "Table":
    import ibis

    balances = _balances()
    account = ibis.window(group_by="account_no", order_by="day")
    held = balances.mutate(next_day=balances.day.lead().over(account))
    until = held.next_day.coalesce(days)
    return held.group_by("customer_key", "unit_key", "product").agg(
        stock_fen=ibis.ifelse(held.next_day.isnull(), held.balance_fen, 0).sum(),
        balance_days_fen=(held.balance_fen * (until - held.day)).sum(),
    )


def _every_day(days: int) -> "Table":
    import ibis

    balances = _balances()
    return balances.group_by("customer_key", "unit_key", "product").agg(
        stock_fen=ibis.ifelse(balances.day == days - 1, balances.balance_fen, 0).sum(),
        balance_days_fen=balances.balance_fen.sum(),
    )
