"""Where the small bureau is and who works there: one city, two counties, staff in every role."""

from datetime import date
from uuid import UUID

from domain.identity import new_id
from domain.staff import Role
from store.staff import StaffPostRecord, StaffRecord
from store.unit import UnitRecord

UNITS = (
    ("3207", "city", None),
    ("320701", "county", "3207"),
    ("320702", "county", "3207"),
    ("320701001", "outlet", "320701"),
    ("320701002", "outlet", "320701"),
    ("320702001", "outlet", "320702"),
)
STAFF = (
    ("city", Role.CITY_OFFICER, "3207"),
    ("county1", Role.COUNTY_OFFICER, "320701"),
    ("county2", Role.COUNTY_OFFICER, "320702"),
    ("head1", Role.OUTLET_HEAD, "320701001"),
    ("head2", Role.OUTLET_HEAD, "320701002"),
    ("manager1", Role.CUSTOMER_MANAGER, "320701001"),
    ("manager2", Role.CUSTOMER_MANAGER, "320701001"),
    ("manager3", Role.CUSTOMER_MANAGER, "320702001"),
    ("teller2", Role.TELLER, "320701002"),
    ("lobby1", Role.LOBBY_MANAGER, "320701001"),
    ("deputy", Role.DEPUTY_CHIEF, "3207"),
    ("auditor", Role.AUDITOR, "3207"),
    ("it", Role.IT_CENTRE, "3207"),
    ("security", Role.SECURITY_ADMINISTRATOR, "3207"),
)


async def add_units() -> dict[str, UUID]:
    """Add the units; return their ids by code."""
    units: dict[str, UUID] = {}
    paths: dict[str | None, str] = {None: "/"}
    for code, kind, parent in UNITS:
        paths[code] = f"{paths[parent]}{code}/"
        units[code] = new_id()
        await UnitRecord.create(
            id=units[code],
            code=code,
            name=f"机构{code}",
            kind=kind,
            parent_id=units.get(parent or ""),
            path=paths[code],
        )
    return units


async def add_staff(units: dict[str, UUID]) -> dict[str, UUID]:
    """Add the staff, each with one post since 2020; return their ids by short name."""
    staff: dict[str, UUID] = {}
    for number, (name, role, unit) in enumerate(STAFF, start=1):
        staff[name] = new_id()
        await StaffRecord.create(
            id=staff[name],
            staff_no=f"S{number:05d}",
            name=name,
            unit_id=units[unit],
        )
        await StaffPostRecord.create(
            id=new_id(),
            staff_id=staff[name],
            role=role.value,
            unit_id=units[unit],
            from_on=date(2020, 1, 1),
        )
    return staff
