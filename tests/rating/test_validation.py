"""What is wrong with a delivered row, and on which line it stands."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.period import Quarter
from rating.columnar import columnar, count
from rating.files import balances_shape, day_key
from rating.refusal import DeliveryRefused
from tests.rating.deliveries import (
    BALANCES,
    CUSTOMERS,
    STAFF,
    UNITS,
    balances_text,
    customer_line,
    customers_text,
    write_delivery,
)
from tests.rating.prepared import prepared, set_aside

GOOD = "C1,A1,320701001,demand,2026-04-01,6000000"


def test_a_clean_delivery_has_nothing_set_aside(source: Path, deliveries: Path) -> None:
    with prepared(write_delivery(source), deliveries) as delivery:
        assert delivery.rows == {"units": 4, "staff": 3, "customers": 3, "balances": 4}
        assert set(delivery.set_aside.values()) == {0}
        assert delivery.quarantine is None


@pytest.mark.parametrize(
    ("line", "column", "value_class", "reason"),
    [
        ("C1,A9,320701001,demand,2026-04-01,-5", "balance_fen", "negative(1)", "negative_balance"),
        ("C1,A9,320701001,demand,2026-04-01,12.50", "balance_fen", "decimal(5)", "bad_amount"),
        (
            "C1,A9,320701001,demand,2026-04-01,1e3",
            "balance_fen",
            "letters and digits(3)",
            "bad_amount",
        ),
        ("C1,A9,320701001,demand,2026-04-01, 5", "balance_fen", "text(2)", "bad_amount"),
        ("C1,A9,320701001,demand,2026-04-01,", "balance_fen", "empty", "bad_amount"),
        (
            "C1,A9,320701001,demand,2026-04-01,1234567890123456",
            "balance_fen",
            "digits(16)",
            "amount_too_large",
        ),
        ("C1,A9,320701001,demand,2026-03-31,5", "date", "date", "date_outside_period"),
        ("C1,A9,320701001,demand,2026-07-01,5", "date", "date", "date_outside_period"),
        ("C1,A9,320701001,demand,2026-4-1,5", "date", "text(8)", "bad_date"),
        ("C1,A9,320701001,demand,2026-04-31,5", "date", "date", "bad_date"),
        ("C1,A9,320701001,shares,2026-04-01,5", "product", "letters(6)", "unknown_product"),
        ("C1,A9,320799001,demand,2026-04-01,5", "outlet_code", "digits(9)", "unknown_unit"),
        ("C1,A9,320701,demand,2026-04-01,5", "outlet_code", "digits(6)", "not_an_outlet"),
        (
            "C9,A9,320701001,demand,2026-04-01,5",
            "customer_no",
            "letters and digits(2)",
            "unknown_customer",
        ),
        (",A9,320701001,demand,2026-04-01,5", "customer_no", "empty", "empty"),
        ("C1,,320701001,demand,2026-04-01,5", "account_no", "empty", "empty"),
        ("C1,A 9,320701001,demand,2026-04-01,5", "account_no", "text(3)", "bad_code"),
    ],
)
def test_a_bad_balance_is_set_aside_with_its_line_and_never_its_value(
    source: Path, deliveries: Path, line: str, column: str, value_class: str, reason: str
) -> None:
    write_delivery(source, balances=balances_text(GOOD, line))

    assert set_aside(source, deliveries) == [("balances.csv", 3, column, value_class, reason)]


@pytest.mark.parametrize(
    ("column", "value", "value_class", "reason"),
    [
        ("kind", "firm", "letters(4)", "unknown_kind"),
        ("name", "", "empty", "empty"),
        ("name", "王" * 101, "text(101)", "too_long"),
        ("name", "张**", "text(3)", "masked_value"),
        ("sex", "m", "letters(1)", "unknown_sex"),
        ("birth_date", "1980/01/01", "text(10)", "bad_date"),
        ("birth_date", "2026-07-01", "date", "bad_birth_date"),
        ("id_number", "99070119800101001", "digits(17)", "bad_id_length"),
        ("id_number", "", "empty", "bad_id_length"),
        ("id_number", "99070119800101A01X", "letters and digits(18)", "bad_id_characters"),
        ("id_number", "990701198002300014", "digits(18)", "bad_id_date"),
        ("id_number", "990701198001010014", "digits(18)", "bad_id_check_digit"),
        ("phone", "139000", "digits(6)", "bad_phone"),
        ("phone", "none", "letters(4)", "bad_phone"),
        ("address", "东区\x07", "text(3)", "control_character"),
    ],
)
def test_a_bad_customer_is_set_aside_with_its_line_and_never_its_value(
    source: Path, deliveries: Path, column: str, value: str, value_class: str, reason: str
) -> None:
    customers = customers_text(
        customer_line(1), customer_line(4, **{column: value}), customer_line(2)
    )
    write_delivery(source, customers=customers)

    assert set_aside(source, deliveries) == [("customers.csv", 3, column, value_class, reason)]


@pytest.mark.parametrize(
    "changes",
    [
        {"id_number": "990701800101001"},  # the 15 digits of before 1999
        {"id_number": "99070119800101004x"},
        {"id_type": "passport", "id_number": "E 12345"},
        {"id_type": "", "id_number": "", "phone": "", "sex": "", "birth_date": ""},
        {"phone": "+86 139-0000-0004"},
        {"phone": "0518-85501234"},
        {"phone": "95580"},
        {"address": '"东区, 人民路 ""甲"" 号"'},
        {"address": '"东区\n人民路"'},
    ],
)
def test_what_is_written_otherwise_but_right_is_taken_in(
    source: Path, deliveries: Path, changes: dict[str, str]
) -> None:
    if changes.get("id_number", "").endswith("x"):
        changes = {"id_number": customer_line(10).split(",")[6].lower()}
    customers = customers_text(customer_line(1), customer_line(2), customer_line(4, **changes))
    write_delivery(source, customers=customers, rows={"customers.csv": 3})

    assert set_aside(source, deliveries) == []


def test_all_that_is_wrong_with_a_row_is_told(source: Path, deliveries: Path) -> None:
    write_delivery(source, balances=balances_text(GOOD, "C9,A9,1,shares,yesterday,-1"))

    assert [(column, reason) for _, _, column, _, reason in set_aside(source, deliveries)] == [
        ("balance_fen", "negative_balance"),
        ("customer_no", "unknown_customer"),
        ("date", "bad_date"),
        ("outlet_code", "unknown_unit"),
        ("product", "unknown_product"),
    ]


def test_a_line_with_too_few_or_too_many_columns_is_set_aside(
    source: Path, deliveries: Path
) -> None:
    write_delivery(source, balances=balances_text("C1,A1,320701001", GOOD, GOOD + ",6"))

    assert set_aside(source, deliveries) == [
        ("balances.csv", 2, "", "columns(3)", "column_count"),
        ("balances.csv", 4, "", "columns(7)", "column_count"),
    ]


def test_a_file_that_ends_within_a_line_has_that_line_set_aside(
    source: Path, deliveries: Path
) -> None:
    write_delivery(source, balances=BALANCES[: -len(",2026-06-30,0\n")])

    assert set_aside(source, deliveries) == [
        ("balances.csv", 5, "", "columns(4)", "truncated_line")
    ]


def test_lines_are_counted_across_quoted_line_breaks_and_empty_lines(
    source: Path, deliveries: Path
) -> None:
    customers = customers_text(
        customer_line(1, address='"东区\n人民路"'), "", customer_line(2), customer_line(4, sex="m")
    )
    write_delivery(source, customers=customers, rows={"customers.csv": 3})

    assert set_aside(source, deliveries) == [
        ("customers.csv", 6, "sex", "letters(1)", "unknown_sex")
    ]


def test_an_open_quotation_mark_costs_its_own_line_only(source: Path, deliveries: Path) -> None:
    customers = customers_text(
        customer_line(1), customer_line(4, address='"东区'), customer_line(2), customer_line(3)
    )
    write_delivery(source, customers=customers)

    assert set_aside(source, deliveries) == [
        ("customers.csv", 3, "", "columns(0)", "unclosed_quote")
    ]


def test_windows_line_ends_and_a_byte_order_mark_are_no_faults(
    source: Path, deliveries: Path
) -> None:
    balances = "\ufeff" + balances_text(GOOD, "C2,A2,320701001,time,2026-04-01,-1")
    write_delivery(source, balances=balances.replace("\n", "\r\n"))

    assert set_aside(source, deliveries) == [
        ("balances.csv", 3, "balance_fen", "negative(1)", "negative_balance")
    ]


def test_the_second_of_two_equal_lines_is_set_aside(source: Path, deliveries: Path) -> None:
    write_delivery(source, balances=balances_text(GOOD, GOOD))

    assert set_aside(source, deliveries) == [("balances.csv", 3, "account_no", "", "duplicate_row")]


def test_two_lines_that_contradict_each_other_are_both_set_aside(
    source: Path, deliveries: Path
) -> None:
    other = GOOD.replace("6000000", "7000000")
    kept = "C2,A2,320701001,time,2026-04-01,1"
    write_delivery(source, balances=balances_text(GOOD, kept, other))

    assert [(line, reason) for _, line, _, _, reason in set_aside(source, deliveries)] == [
        (2, "conflicting_rows"),
        (4, "conflicting_rows"),
    ]


def test_an_account_of_two_customers_is_set_aside_whole(source: Path, deliveries: Path) -> None:
    kept = "C2,A2,320701001,time,2026-04-01,1"
    write_delivery(
        source, balances=balances_text(GOOD, "C2,A1,320701001,demand,2026-05-01,1", kept)
    )

    assert [(line, reason) for _, line, _, _, reason in set_aside(source, deliveries)] == [
        (2, "account_of_two_customers"),
        (3, "account_of_two_customers"),
    ]


def test_what_depends_on_a_row_set_aside_is_set_aside_with_it(
    source: Path, deliveries: Path
) -> None:
    write_delivery(
        source,
        units=UNITS.replace("解放路网点,outlet", "解放路网点,bank"),
        staff=STAFF + "S00004,孙梅,teller,320701002\n",
        customers=CUSTOMERS.replace("C1,person", "C1,firm"),
    )

    assert set_aside(source, deliveries) == [
        ("units.csv", 5, "kind", "letters(4)", "unknown_kind"),
        ("staff.csv", 5, "unit_code", "digits(9)", "unit_set_aside"),
        ("customers.csv", 2, "kind", "letters(4)", "unknown_kind"),
        ("balances.csv", 2, "customer_no", "letters and digits(2)", "customer_set_aside"),
        ("balances.csv", 4, "outlet_code", "digits(9)", "unit_set_aside"),
        ("balances.csv", 5, "outlet_code", "digits(9)", "unit_set_aside"),
    ]


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["999,甲,county,"], [(6, "second_root")]),
        (["320702,甲,county,3299"], [(6, "unknown_parent")]),
        (
            ["320702,甲,county,3299", "320702001,乙,outlet,320702"],
            [(6, "unknown_parent"), (7, "parent_set_aside")],
        ),
        (
            ["a,甲,county,b", "b,乙,county,a", "c,丙,outlet,b"],
            [(6, "unit_cycle"), (7, "unit_cycle"), (8, "parent_set_aside")],
        ),
        (["a,甲,county,a"], [(6, "unit_cycle")]),
        (["320701002,解放路网点,outlet,320701"], [(6, "duplicate_row")]),
        (["a,甲,bank,3207", "b,乙,outlet,a"], [(6, "unknown_kind"), (7, "parent_set_aside")]),
    ],
)  # fmt: skip
def test_units_that_make_no_tree_are_set_aside(
    source: Path, deliveries: Path, lines: list[str], faults: list[tuple[int, str]]
) -> None:
    write_delivery(source, units=UNITS + "\n".join((*lines, "")))

    found = set_aside(source, deliveries)

    assert [(line, reason) for _, line, _, _, reason in found] == faults


def test_staff_with_an_unknown_role_or_unit_are_set_aside(source: Path, deliveries: Path) -> None:
    more = "S00004,孙梅,console,3207\nS00005,周红,teller,3299\nS00001,郑玉,city_officer,3207\n"
    write_delivery(source, staff=STAFF + more)

    assert [(line, reason) for _, line, _, _, reason in set_aside(source, deliveries)] == [
        (5, "unknown_role"),
        (6, "unknown_unit"),
        (7, "duplicate_row"),
    ]


def test_a_day_missing_in_the_daily_form_is_set_aside(source: Path, deliveries: Path) -> None:
    days = [f"2026-05-{day:02d}" for day in range(1, 32)]
    lines = [f"C1,A1,320701001,demand,{day},5" for day in days if day != "2026-05-10"]
    lines += [f"C2,A2,320701001,demand,{day},{5 if day < '2026-05-20' else 0}" for day in days[:20]]
    lines += [f"C2,A3,320701001,demand,{day},5" for day in days[:20]]
    write_delivery(source, period="2026-05", form="daily", balances=balances_text(*lines))

    assert [(line, reason) for _, line, _, _, reason in set_aside(source, deliveries)] == [
        (11, "days_missing"),  # the row after the day that is missing
        (71, "days_missing"),  # A3 ends before the month does, and is not closed
    ]


def test_a_file_without_a_usable_row_is_refused_with_the_commonest_reason(
    source: Path, deliveries: Path
) -> None:
    write_delivery(source, period="2026Q1")

    with pytest.raises(DeliveryRefused) as refused, prepared(source, deliveries):
        pass

    assert refused.value.code == "NOTHING_USABLE"
    assert "No row of balances.csv can be used" in refused.value.message
    assert "The date lies outside the delivered period." in refused.value.message


def test_looking_for_suspect_lines_finds_what_reading_line_by_line_finds(
    source: Path, deliveries: Path
) -> None:
    spoilt = [
        GOOD,
        "C1,A1,320701001,demand,2026-05-01,7",
        "C1,A1,320701001,demand,2026-05-01,8",
        "C1,A1,320701001,demand,2026-06-01,x",
        "C2,A2,320701001,demand,2026-05-01,-1",
        "C2,A2,320701001,demand",
        "",
        "C2,A3,320701001,demand,2026-05-01,1",
        "C3,A3,320701001,demand,2026-06-01,1",
        "C2,A4,320701001,demand,2026-05-01,1",
        "C2,A4,320701001,demand,2026-05-01,1",
        "C2,A5,320701001,demand,2026-05-01,1",
    ]
    rows = {"balances.csv": 12}
    write_delivery(source / "plain", balances=balances_text(*spoilt, GOOD[:-3]), rows=rows)
    write_delivery(
        source / "quoted",
        balances=balances_text(*spoilt, GOOD[:-3]).replace("C2,A5", '"C2",A5'),
        rows=rows,
    )

    expected = set_aside(source / "quoted", deliveries / "quoted")

    assert set_aside(source / "plain", deliveries / "plain") == expected
    assert [(line, reason) for _, line, _, _, reason in expected] == [
        (2, "conflicting_rows"),
        (3, "conflicting_rows"),
        (4, "conflicting_rows"),
        (5, "bad_amount"),
        (6, "negative_balance"),
        (7, "column_count"),
        (9, "account_of_two_customers"),
        (10, "account_of_two_customers"),
        (12, "duplicate_row"),
        (14, "conflicting_rows"),
    ]
    with prepared(source / "plain", deliveries / "plain") as plain:
        kept = plain.connection.execute("select * from balances order by all").fetchall()
    with prepared(source / "quoted", deliveries / "quoted") as quoted:
        assert kept == quoted.connection.execute("select * from balances order by all").fetchall()


values = st.sampled_from(
    ["", "0", "-0", "007", "12", "-12", "1e2", "1.5", " 3", "9" * 15, "9" * 16, "C1", "A1", "A 1",
     "320701001", "3207", "demand", "Demand", "2026-04-01", "2026-4-1", "2026-07-01", "２", "x\x07"]
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(*(st.just(good) | values for good in GOOD.split(","))), min_size=1))
def test_the_fast_pass_and_the_close_look_agree_on_every_row(rows: list[tuple[str, ...]]) -> None:
    shape = balances_shape(Quarter(2026, 2))
    with TemporaryDirectory() as folder, columnar(Path(folder)) as connection:
        connection.execute(f"create table day_key as {day_key(Quarter(2026, 2))}")
        connection.execute(
            "create table customer_key as select 'C1' as code, 'person' as kind, 1 as customer_key"
        )
        connection.execute(
            """create table unit_key as select * from (values ('320701001', 'outlet', 1),
               ('3207', 'city', 2)) u(code, kind, unit_key)"""
        )
        columns = ", ".join(f"{name} varchar" for name in shape.columns)
        connection.execute(
            f"create table given (line bigint, fields_found integer, fault varchar, {columns})"
        )
        connection.executemany(
            "insert into given values (?, 6, null, ?, ?, ?, ?, ?, ?)",
            [(line, *row) for line, row in enumerate(rows)],
        )
        given_rows = "select * from given"
        close = f"select count(*) from ({shape.numbered_rows(given_rows)}) where faults is null"
        fast = f"select count(*) from ({shape.plain_rows(given_rows)})"
        doubtful = shape.doubtful_rows(given_rows, shape.columns, 1_000)

        good = count(connection, close)

        assert count(connection, fast) == good
        assert count(connection, f"select count(*) from ({doubtful})") == len(rows) - good
