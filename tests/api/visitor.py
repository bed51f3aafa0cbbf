"""A browser at our pages: it keeps cookies and sends what our pages send."""

from typing import Any

import httpx2

from reading.global_id import global_id
from tests.bureau import PASSWORD, Bureau

OURS = {
    "origin": "http://weihu",
    "sec-fetch-site": "same-origin",
    "x-requested-by": "weihu",
    "accept-language": "en",
}
SIGN_IN = """
    mutation SignIn($input: SignInInput!) {
      signIn(input: $input) { me { may staff { name } } problems { code message path } }
    }
"""


class Visitor:
    """Somebody at a browser."""

    def __init__(self, client: httpx2.AsyncClient, bureau: Bureau) -> None:
        self.client = client
        self.bureau = bureau

    async def send(self, query: str, variables: Any = None, **headers: str) -> httpx2.Response:
        """Send one operation as the pages do."""
        body = {"query": query, "variables": variables}
        return await self.client.post("/graphql", json=body, headers=OURS | headers)

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Return the data of one operation that has no errors."""
        answer = (await self.send(query, variables)).json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    async def code(self, query: str, **variables: Any) -> str:
        """Return the code of the only error of one operation."""
        (error,) = (await self.send(query, variables)).json()["errors"]
        return str(error["extensions"]["code"])

    async def sign_in(self, name: str, password: str = PASSWORD) -> dict[str, Any]:
        """Sign in as *name*, who has the usual password."""
        staff_no = await self.bureau.password(name)
        asked = {"staffNo": staff_no, "password": password}
        signed_in: dict[str, Any] = (await self.ask(SIGN_IN, input=asked))["signIn"]
        return signed_in


def gid(noun: str, record: Any) -> str:
    """Return the global id of *record*, or of a UUID."""
    return global_id(noun, getattr(record, "id", record))
