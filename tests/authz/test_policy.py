"""Who may do what, how far: the compiled table, the SQL filter and casbin agree."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

import authz
from authz.action import SELF_SERVICE, Action
from authz.permissions import Reach
from authz.policy import Policy, PolicyRefused, Row, policy_in_force
from domain.staff import Post, Role, Staff

POLICY = policy_in_force()
PATHS = ["/1/", "/1/11/", "/1/12/", "/1/11/111/", "/1/11/112/", "/1/12/121/", "/2/", "/2/21/"]
IDS = [UUID(int=n) for n in range(3)]
FIELDS = ["*", "name", "phone", "id_number", "amounts"]

people = st.builds(
    Staff,
    id=st.sampled_from(IDS),
    staff_no=st.just("S1"),
    name=st.just(""),
    posts=st.lists(
        st.builds(Post, st.sampled_from(list(Role)), st.sampled_from(PATHS)), max_size=3
    ).map(tuple),
)
rows = st.builds(Row, st.sampled_from(PATHS), st.sampled_from([None, *IDS]))


@given(people, st.sampled_from(list(Action)), st.sampled_from(FIELDS), rows)
def test_the_compiled_table_decides_as_casbin_does(
    who: Staff, action: Action, field: str, row: Row
) -> None:
    compiled = POLICY.permissions_of(who).allows(action, row.unit_path, row.manager_id, field)

    assert compiled == POLICY.enforce(who, action, field, row)


@given(people, st.sampled_from(list(Action)), rows)
def test_a_reach_that_contains_another_reaches_all_its_rows(
    who: Staff, action: Action, row: Row
) -> None:
    inner, _ = POLICY.permissions_of(who).reach(action)
    outer = Reach(within=("/1/",), own=who.id)

    if outer.contains(inner) and inner.includes(row.unit_path, row.manager_id):
        assert outer.includes(row.unit_path, row.manager_id)


def test_a_deny_line_wins_over_an_allow_line(tmp_path: Path) -> None:
    lines = tmp_path / "policy.csv"
    lines.write_text(
        "p, teller, customer:read, any, *, allow\np, teller, customer:read, unit, *, deny\n"
    )
    policy = Policy(_model(), lines)
    teller = Staff(uuid4(), "S1", "", (Post(Role.TELLER, "/1/"),))

    assert not policy.permissions_of(teller).allows(Action.CUSTOMER_READ, "/1/11/", None)
    assert policy.permissions_of(teller).allows(Action.CUSTOMER_READ, "/2/", None)


def test_a_policy_without_lines_is_refused(tmp_path: Path) -> None:
    (tmp_path / "policy.csv").write_text("# nothing\n")

    with pytest.raises(PolicyRefused):
        Policy(_model(), tmp_path / "policy.csv")


@pytest.mark.parametrize(
    "line",
    [
        "p, king, customer:read, own, *, allow",
        "p, teller, customer:eat, own, *, allow",
        "p, teller, customer:read, world, *, allow",
        "p, teller, customer:read, own, *, perhaps",
    ],
)
def test_a_policy_with_an_unknown_word_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "policy.csv").write_text(line + "\n")

    with pytest.raises(PolicyRefused):
        Policy(_model(), tmp_path / "policy.csv")


def test_the_auditor_reads_no_customer() -> None:
    auditor = Staff(uuid4(), "S1", "", (Post(Role.AUDITOR, "/1/"),))

    assert not any(POLICY.permissions_of(auditor).reach(Action.CUSTOMER_READ))


def test_nobody_signs_in_by_policy_since_everybody_may() -> None:
    outsider = Staff(uuid4(), "S1", "", ())

    assert set(POLICY.permissions_of(outsider).may) == {a.value for a in SELF_SERVICE}


def test_no_role_reads_an_identity_number_in_a_list() -> None:
    for line in POLICY.lines:
        assert (line.action, line.field) != (Action.CUSTOMER_FIELD_READ, "id_number")


def _model() -> Path:
    return Path(authz.__file__).parent / "model.conf"
