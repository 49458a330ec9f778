"""Asking, waiting and talking: no cookie, no name. A token lets a box in; after that the box and a secret are all.

Both sides of a call use the same address. Which of the two somebody is, the secret says.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from peerwork.people.rules import Request, anyone, page
from peerwork.support.line.engine.words import NotNow, Seconds
from peerwork.support.line.roster import hours
from peerwork.support.line.roster.promises import promise
from peerwork.support.line.switchboard import calls, clock, said, tokens, told

# What a device does next depends on the number alone. The words are for whoever reads along.
ANSWERS: dict[type[Exception], tuple[int, str]] = {
    said.NotGood: (400, "This is not written as agreed."),
    tokens.NotGood: (401, "This token does not let anybody ask."),
    tokens.Closed: (401, "This token was for another month."),
    tokens.AlreadySpent: (403, "This token was used for another call."),
    calls.NoSuchCall: (410, "There is no such call, or not any more."),
    NotNow: (409, "That cannot be done now."),
    tokens.Full: (503, "There is no room just now. Please ring the number."),
    calls.Full: (503, "There is no room just now. Please ring the number."),
}
BEARER = "Bearer "


def plainly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whatever stands in the way is a number and a sentence."""

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except tuple(ANSWERS) as trouble:
            status, says = next(answer for kind, answer in ANSWERS.items() if isinstance(trouble, kind))
            return told.padded({"says": says}, status)

    return answered


# Nothing to forge: the zone refuses cookies, so a strange page could borrow nobody's. It would need a token.
@csrf_exempt
@page(may=anyone, takes="POST")
@plainly
def asks(request: Request) -> HttpResponse:
    """Takes one ask, as said.asking reads it. 201, or 200 for what was asked before. The body is that of `ask`."""
    asking = said.asking(said.body_of(request.body))
    is_new = not calls.has(asking.box)
    back_by = _promised() if is_new and asking.sealed else None
    if is_new:
        tokens.spend(asking.round, asking.token, box=asking.box, on=hours.today(request.network))
    calls.ask(
        asking.box, asking.secret, side=asking.side, way=asking.way, key=asking.key, sealed=asking.sealed,
        back_by=back_by,
    )  # fmt: skip
    return told.padded(told.call_of(calls.look(asking.box, asking.secret)), 201 if is_new else 200)


@csrf_exempt
@page(may=anyone, takes="GET POST")
@plainly
def ask(request: Request, box: str) -> HttpResponse:
    """GET: how it is, and what was said after number `after`. POST: `do`, one of VERBS; then how it is."""
    secret = _secret(request)
    if request.method == "POST":
        body = said.body_of(request.body)
        do = VERBS.get(str(body.get("do")))
        if do is None:
            raise said.NotGood
        do(box, secret, body)
    return told.padded(told.call_of(calls.look(box, secret, _after(request))))


def _say(box: str, secret: str, body: dict[str, Any]) -> None:
    calls.say(box, secret, said.message(body.get("sealed")), said.matching(said.ONCE, body.get("once")))


def _back(box: str, secret: str, body: dict[str, Any]) -> None:
    sealed = said.sealed(body.get("sealed"))
    if not sealed:
        raise said.NotGood
    calls.back(box, secret, sealed, back_by=_promised())


VERBS: dict[str, Callable[[str, str, dict[str, Any]], None]] = {
    "say": _say,
    "back": _back,
    "leave": lambda box, secret, _body: calls.leave(box, secret),
}


def _promised() -> Seconds:
    """Until when somebody rings back, on the clock of the calls. Raises NotNow: no number is taken for nothing."""
    at = datetime.now(UTC)
    back_by = promise(at).back_by
    if back_by is None:
        raise NotNow
    return clock.now() + (back_by - at).total_seconds()


def _secret(request: Request) -> str:
    shown = request.META.get("HTTP_AUTHORIZATION", "")
    if not shown.startswith(BEARER):
        raise calls.NoSuchCall
    return shown.removeprefix(BEARER)


def _after(request: Request) -> int:
    after = request.GET.get("after", "0")
    return int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0  # noqa: PLR2004
