"""POST /graphql: who asks, in which language; the answer, and the session's cookie."""

import re
from collections.abc import Mapping

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.cookie import set_token, token_in
from gate.house import House
from schema.context import Context
from services.session import actor_of, new_request_id

BODY_BYTES_MAX = 256 * 1024
LANGUAGES = ("zh", "en")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")  # all but POST are refused
# JSON spells NUL so, and so does GraphQL in a text within it; no text in the database can hold one.
_NUL = re.compile(rb"\\u(0000|\{0+\})")


async def graphql(request: Request) -> Response:
    """Answer one GraphQL request; only POST is for GraphQL, so no link can change anything."""
    if request.method != "POST":
        return _refused("Send operations by POST.", 405, {"allow": "POST"})
    if not request.headers.get("content-type", "").startswith("application/json"):
        return _refused("Send the operation as application/json.", 415)
    body = await request.body()
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _refused("The body is not JSON.", 400)
    if _NUL.search(body):
        return _refused("No text may hold a NUL character.", 400)
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
        return _refused("The body needs a query.", 400)
    variables = asked.get("variables") or {}
    name = asked.get("operationName")
    if not isinstance(variables, dict) or not isinstance(name, str | None):
        return _refused("variables is an object, operationName a text.", 400)
    context = await _context(request)
    answer = await request.app.state.execution.execute(context, asked["query"], name, variables)
    response = Response(answer.body, media_type="application/json")
    response.headers["cache-control"] = "no-store"
    response.headers["x-request-id"] = context.request_id
    if context.token is not None:
        set_token(request, response, context.token)
    return response


async def _context(request: Request) -> Context:
    house: House = request.app.state.house
    request_id = new_request_id()
    language = _language(request)
    actor = await actor_of(house, token_in(request), request_id=request_id, language=language)
    return Context(
        house=house,
        actor=actor,
        request_id=request_id,
        address=request.client.host if request.client else "",
        language=language or (actor.language if actor else "zh"),
    )


def _language(request: Request) -> str | None:
    """Return the first language of Accept-Language that we speak; None to leave it to the staff."""
    for part in request.headers.get("accept-language", "").lower().split(","):
        spoken = part.partition(";")[0].strip()[:2]
        if spoken in LANGUAGES:
            return spoken
    return None


def _refused(message: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"errors": [{"message": message}]}, status, headers)
