"""What a customer holds, quarter by quarter."""

from authz.action import Action
from reading.noun import Place
from schema.declare import amount, column, read_from
from schema.protected import ProtectedAmount

_NEWEST = """(
    select d.period, h.product, sum(h.stock_fen)::bigint as stock_fen,
        div(sum(h.balance_days_fen), d.days)::bigint as average_fen
    from holding h
    join (
        select distinct on (period) id, period,
            case when period like '%Q%'
                then (date_trunc('quarter', s.first_on) + interval '3 months')::date - s.first_on
                else (s.first_on + interval '1 month')::date - s.first_on end as days
        from delivery
        cross join lateral (
            select case when period like '%Q%'
                then make_date(left(period, 4)::int, right(period, 1)::int * 3 - 2, 1)
                else to_date(period, 'YYYY-MM') end as first_on
        ) s
        where complete
        order by period, applied_at desc
    ) d on d.id = h.delivery_id
    where h.customer_id = {p}.id
    group by d.period, d.days, h.product
)"""


@read_from(_NEWEST, (Action.CUSTOMER_READ, Place(customer="{p}.id")), customer="{p}.id")
class QuarterHolding:
    """What a customer held of one product in one period."""

    period: str = column("period", "The period, like 2026Q2.")
    product: str = column("product", "One of demand, time, insurance, wealth, bond and fund.")
    stock: ProtectedAmount = amount("stock_fen", "Held at the end of the last day.")
    average: ProtectedAmount = amount("average_fen", "Daily average, rounded down.")
