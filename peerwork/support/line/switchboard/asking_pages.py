"""What a peer's device needs to know before it asks. It is asked for by name; the ask itself is not."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from peerwork.people.rules import Request, page
from peerwork.support.line import relay
from peerwork.support.line.policy import may_ask
from peerwork.support.line.roster import hours
from peerwork.support.line.roster.promises import promise
from peerwork.support.line.switchboard import about, marks, tokens


@page(may=may_ask)
def now(request: Request) -> HttpResponse:
    """{promise, round, aloud, avoid, mine, people, recipients}. It says not whether they will ask."""
    at = timezone.now()
    promised, the_round = promise(at), tokens.now(hours.today(request.network))
    whom = _whom(request.person, at, promised.back_by)
    return JsonResponse(
        {
            "promise": {
                "kind": promised.kind,
                "says": promised.says if whom["recipients"] else promised.says_without_a_number,
                "opens_says": promised.opens_says,
            },
            "round": the_round.pk if the_round else None,
            "aloud": relay.credentials() is not None,
            **whom,
        }
    )


def _whom(person: Any, at, back_by) -> dict[str, Any]:
    return {
        "avoid": marks.all_sealed(about.avoided_by(person)),
        "mine": about.workplaces_of(person),
        "people": about.people_for(person, at),
        "recipients": about.recipients_for(person, at, back_by),
    }
