"""A debrief is asked for: no cookie, no language, no name. The day's word is all the authority there is."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from peerwork.people.rules import Request, anyone, page
from peerwork.support.care import debriefs


# Nothing to forge: the zone refuses cookies, so a strange page could borrow nobody's. It would need the word.
@csrf_exempt
@page(may=anyone, takes="POST")
def debrief(request: Request) -> HttpResponse:
    """Takes `word` and `about`. 204, however many wait; 400 where the word is not today's or yesterday's."""
    day = debriefs.today(request.network.time_zone) if request.network else None
    if day is None or not debriefs.is_good(request.POST.get("word", ""), on=day):
        return HttpResponse(
            _("The page was open too long. Open it once more, and ask again.") + "\n", status=400
        )
    debriefs.ask(about=request.POST.get("about", ""))
    return HttpResponse(status=204)
