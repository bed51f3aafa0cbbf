"""What a demo tells of itself: that it is one, whom to sign in as, and what to try."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from demo.bureau import made_up_bureau
from demo.staff import OUTLETS_WITHOUT_MANAGER, StaffMember, made_up_staff
from domain.staff import Role
from domain.words import Words
from store.database import Database

DEMO_SIGN_IN: Final = "haizhou-demo"
"""The password of everybody in the demo; no secret, and of no use anywhere else."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to sign in as."""

    member: StaffMember
    role: Words
    unit: str
    what_to_try: Words


async def welcome(database: Database) -> dict[str, object]:
    """Return the body of ``/demo.json``; only for a house that is a finished demo.

    Args:
        database: Asked for the day of which the demo tells.
    """
    async with database.connection() as connection:
        fact = await connection.fetchval("select value from house_fact where key = 'demo'")
    return {
        "isDemo": True,
        "notice": "演示数据：人物、机构、账户均为虚构。 Made-up data: nobody here exists.",
        "seededOn": fact["seededOn"] if fact else None,
        "password": DEMO_SIGN_IN,
        "accounts": [
            {
                "staffNo": one.member.staff_no,
                "name": one.member.name,
                "role": one.role.zh,
                "roleEn": one.role.en,
                "unit": one.unit,
                "whatToTry": one.what_to_try.zh,
                "whatToTryEn": one.what_to_try.en,
            }
            for one in suggestions()
        ],
    }


def suggestions() -> Sequence[Suggestion]:
    """Return whom to sign in as, the most telling first."""
    bureau = made_up_bureau()
    by_size = bureau.outlets_by_size()
    largest, other = by_size[0], next(o for o in by_size if o.county != by_size[0].county)
    small = by_size[-OUTLETS_WITHOUT_MANAGER]
    places = {
        "largest": largest.code,
        "small": small.code,
        "county": largest.county_code,
        "other": other.county_code,
        "city": bureau.code,
        "sub_bureau": next(unit.code for unit in bureau.units if unit.kind == "sub_bureau"),
    }
    names = {unit.code: unit.name for unit in bureau.units}
    return [
        Suggestion(_holder(role, places[place]), words, names[places[place]], what_to_try)
        for role, place, words, what_to_try in _TOUR
    ]


def first_manager() -> StaffMember:
    """Return the manager whom the demo suggests first."""
    return suggestions()[0].member


def _holder(role: Role, unit_code: str) -> StaffMember:
    return next(
        member
        for member in made_up_staff()
        if member.role is role and member.unit_code == unit_code
    )


_TOUR: Final[tuple[tuple[Role, str, Words, Words], ...]] = (
    (
        Role.CUSTOMER_MANAGER,
        "largest",
        Words("客户经理", "Customer manager"),
        Words("看今日任务，打开客户档案，记一次电话", "Today's work; open a file; log a call"),
    ),
    (
        Role.OUTLET_HEAD,
        "largest",
        Words("支局长", "Outlet head"),
        Words("看全网点的任务和客户，调整管户人", "The outlet's work; assign a customer"),
    ),
    (
        Role.COUNTY_OFFICER,
        "county",
        Words("县局业务员", "County officer"),
        Words("看本县评级结果和客户升降", "The county's ratings: who rose, who fell"),
    ),
    (
        Role.CITY_OFFICER,
        "city",
        Words("市局业务员", "City officer"),
        Words("看全市数据批次、评级和流向图", "Deliveries, ratings and flows of the city"),
    ),
    (
        Role.COUNTY_OFFICER,
        "other",
        Words("另一县局业务员", "Officer of another county"),
        Words("试着打开望海县的客户：查无此人", "Try a customer of 望海县: not found"),
    ),
    (
        Role.DISTRICT_OFFICER,
        "sub_bureau",
        Words("中心支局业务员", "Sub-bureau officer"),
        Words("看下辖三个网点", "The three outlets below"),
    ),
    (
        Role.TELLER,
        "small",
        Words("柜员（无客户经理网点）", "Teller where there is no manager"),
        Words("代行客户经理职责", "Stands in for the manager"),
    ),
    (
        Role.LOBBY_MANAGER,
        "largest",
        Words("大堂经理", "Lobby manager"),
        Words("识别客户，只见姓名", "Spots customers; sees names only"),
    ),
    (
        Role.DEPUTY_CHIEF,
        "city",
        Words("分管局长", "Deputy chief"),
        Words("看全局情况，敏感信息脱敏", "The whole bureau, values masked"),
    ),
    (
        Role.AUDITOR,
        "city",
        Words("审计员", "Auditor"),
        Words("看谁查过谁，核验审计链", "Who looked at whom"),
    ),
    (
        Role.SECURITY_ADMINISTRATOR,
        "city",
        Words("安全管理员", "Security administrator"),
        Words("管理员工账号，看不到客户", "Staff accounts, never customers"),
    ),
)
