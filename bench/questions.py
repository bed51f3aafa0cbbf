"""The four questions that reading is measured by, and who asks them."""

from dataclasses import dataclass
from typing import Final

from bench.book import customer_no
from domain.staff import Post, Role, Staff
from gate.actor import Actor
from gate.house import House

QUESTIONS: Final = {
    "Q1": """query CustomerList { customers(first: 50, sort: ASSETS_DESC) { nodes {
  id number kind name { text } phone { text } birthDate { text } tier { code }
  averageAssets { fen } lastContactOn nextDueOn manager { name }
  homeUnit { name parent { name } } } } }""",
    "Q2": """query Lists { customers(first: 20, sort: ASSETS_DESC) { nodes { id number
  name { text }
  activities(first: 10) { nodes { kind happenedOn note { text } } }
  obligations(first: 10) { nodes { kind dueOn state } }
  expenses(first: 10) { occasion amountFen spentOn } } } }""",
    "Q3": f"""query OneFile {{ customer(number: "{customer_no(7)}") {{ id number name {{ text }}
  phone {{ text }} birthDate {{ text }} tier {{ code }} averageAssets {{ fen }} manager {{ name }}
  activities(first: 10) {{ nodes {{ kind happenedOn note {{ text }} staff {{ name }} }} }} }} }}""",
    "Q4": """query Queue { obligations(first: 50) { nodes {
  id kind state article planOn dueOn tier { code } owner { name } unit { name }
  customer { number name { text } } } } }""",
}
WHAT: Final = {
    "Q1": "50 customers, 12 fields, manager, outlet and county names",
    "Q2": "20 customers, 3 nested lists",
    "Q3": "one customer, 10 activities",
    "Q4": "the first 50 of a manager's work queue",
}
SHOWN: Final = {"Q1": 50, "Q2": 20, "Q3": 1, "Q4": 50}  # customers in the audit entry


@dataclass
class Asker:
    """Who asks."""

    house: House
    actor: Actor
    request_id: str = "bench"
    language: str = "zh"


async def askers(house: House) -> dict[str, Asker]:
    """Return who asks each question: the city's officer, and of the queue a manager."""
    async with house.database.connection() as connection:
        id = await connection.fetchval("select id from staff where staff_no = 'S000000'")
        path = await connection.fetchval("select path from unit where id = md5('outlet0')::uuid")
    officer = Staff(id, "S000000", "", (Post(Role.CITY_OFFICER, "/3207/"),))
    manager = Staff(id, "S000000", "", (Post(Role.CUSTOMER_MANAGER, path),))
    city = Asker(house, Actor(house, officer, "0" * 16, "bench"))
    own = Asker(house, Actor(house, manager, "0" * 16, "bench"))
    return {"Q1": city, "Q2": city, "Q3": city, "Q4": own}
