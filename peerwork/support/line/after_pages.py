"""After a call, and what remains of all of them: cooling down, numbers without anybody in them, and complaints."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from peerwork.ground.ui.answers import say
from peerwork.ground.ui.bars import picture
from peerwork.ground.ui.words import when
from peerwork.people.rules import Request, is_peer, page
from peerwork.support.line import policy
from peerwork.support.line.after import complaints, cooling, numbers
from peerwork.support.line.roster import hours, load, rest

# A page with more would be heavy on a phone. The rest come up as these are answered.
AT_ONCE = 20


@page(may=policy.answers, takes="GET POST")
def after(request: Request) -> HttpResponse:
    """Three doors, and none has to be opened. POST: that was a hard one."""
    if request.method == "POST":
        over = cooling.that_was_hard(request.person)
        say(request, _("Until %(when)s nobody rings you, and nobody is told why.") % {"when": when(over)})
        return redirect("after:after")
    person = request.person
    context = {
        "carried": load.in_words(load.load_of(person)),
        "rests": rest.over_for(person),
        "rested": rest.well_rested_at(person),
    }
    return render(request, "line/after.html", context)


@page(may=policy.knows_the_roster)
def line_in_numbers(request: Request) -> HttpResponse:
    """The same page for those who answer and for those who plan."""
    lately = numbers.lately(hours.today(request.network))
    bars = {
        "asked": picture([(row.name, row.asked) for row in lately.rows]),
        "nobody": picture([(row.name, row.nobody) for row in lately.rows]),
    }
    context = {"numbers": lately, "how_well": numbers.how_well(lately), **bars}
    return render(request, "line/numbers.html", context)


@page(may=is_peer | complaints.hears_complaints)
def complain(request: Request) -> HttpResponse:
    """Everybody sees the clock, and anybody may write. What is written goes from here without the cookie."""
    today = hours.today(request.network)
    context = {
        "hearers": complaints.hearers(),
        "clock": complaints.clock(today),
        "kept": complaints.kept(today),
        "may_hear": complaints.hears_complaints(request.person),
    }
    return render(request, "line/complain.html", context)


@page(may=complaints.hears_complaints)
def hear(request: Request) -> HttpResponse:
    """What waits, sealed. It opens on the hearer's device alone; those due first stand first."""
    today = hours.today(request.network)
    waits = complaints.is_open(today).order_by("due_on", "pk")[:AT_ONCE]
    context = {
        "waits": [
            {
                "mark": one.pk,
                "from": one.get_side_display(),
                "key": one.reply_key,
                "days_left": (one.due_on - today).days,
                "sealed": b64encode(bytes(one.sealed)).decode(),
            }
            for one in waits
        ]
    }
    return render(request, "line/complain_hear.html", context)


@page(may=complaints.hears_complaints, takes="POST")
def answer(request: Request, mark: str) -> HttpResponse:
    """Takes `sealed`, an age file in base64 for the six words of whoever sent it, and `word`, which lay inside."""
    found = complaints.find(mark)
    if found is None:
        raise Http404
    try:
        sealed, word = _bytes(request.POST.get("sealed", "")), request.POST.get("word", "")
        complaints.answer(found, sealed, word=word, on=hours.today(request.network))
    except complaints.NotOpened:
        say(request, _("It did not open on your device, so it waits for whoever it was sealed to."))
    except complaints.Unclear:
        say(request, _("That did not arrive sealed, so nothing was kept. Please try once more."))
    except complaints.Taken:
        say(request, _("Somebody has answered this meanwhile. Their answer stands."))
    else:
        say(request, _("Answered. Only whoever has the six words can read it."))
    return redirect("after:hear")


def _bytes(written: str) -> bytes:
    try:
        return b64decode(written, validate=True)
    except (ValueError, NotBase64):
        return b""
