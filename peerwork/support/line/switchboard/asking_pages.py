"""What a peer's device needs to know before it asks. It is asked for by name; the ask itself is not."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from peerwork.people.rules import Request, page
from peerwork.support.line import relay
from peerwork.support.line.policy import may_ask
from peerwork.support.line.roster.promises import promise
from peerwork.support.line.switchboard import about, marks, tokens


@page(may=may_ask)
def now(request: Request) -> HttpResponse:
    """{promise, number, avoid, mine, people, recipients, round, waiting, aloud}. It says not whether they will ask."""
    at = timezone.now()
    promised, the_round = promise(at), tokens.now(timezone.localdate())
    return JsonResponse(
        {
            "promise": {
                "kind": promised.kind,
                "says": promised.says,
                "back_by_says": promised.back_by_says,
                "opens_says": promised.opens_says,
            },
            "number": request.network.talk_number if request.network else "",
            "round": the_round.pk if the_round else None,
            "waiting": about.waiting(),
            "aloud": relay.credentials() is not None,
            **_whom(request.person, at, promised.back_by),
        }
    )


def _whom(person: Any, at, back_by) -> dict[str, Any]:
    out = about.avoided_by(person)
    return {
        "avoid": marks.all_sealed(out),
        "mine": about.workplaces_of(person),
        "people": about.people_for(person, at, out=out),
        "recipients": about.recipients_for(person, at, back_by, out=out),
    }
