"""An answer comes in: no cookie, no language, no name. A token or a paper's code is all the authority there is."""

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from peerwork.ground.postbox import redeeming
from peerwork.people.rules import Request, anyone, page
from peerwork.voice.consultation import answering, answers, form

# What a device does next depends on the number alone. The words are for whoever reads along.
ANSWERS: dict[type[Exception], tuple[int, str]] = {
    redeeming.NotGood: (400, "This token or code is not good here."),
    form.NotGood: (422, "These are no answers to these questions."),
    redeeming.AlreadySpent: (409, "It was used before."),
    redeeming.Closed: (410, "The last day is over."),
    redeeming.Full: (507, "There is no room just now. Please send it again in an hour."),
}


# Nothing to forge: the zone refuses cookies, so a strange page could borrow nobody's. It would need a token.
@csrf_exempt
@page(may=anyone, takes="POST")
def consultation(request: Request) -> HttpResponse:
    """Takes the JSON of redeeming.from_body. 204 where it is in, the second time too; otherwise why not."""
    try:
        _take(request)
    except tuple(ANSWERS) as trouble:
        status, says = ANSWERS[type(trouble)]
        return HttpResponse(f"{says}\n", status=status, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


def _take(request: Request) -> None:
    if request.network is None:
        raise redeeming.NotGood
    answers.take(request.body, on=answering.today(request.network))
