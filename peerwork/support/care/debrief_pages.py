"""Run: debriefs somebody asked for, without a name, and the words for whoever holds one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, page
from peerwork.support.care import debriefs, hard


@page(may=debriefs.plans_for_peers)
def asked(request: Request) -> HttpResponse:
    """Which wait, each after what, none with a time or a number of its own."""
    context = {
        "asks": [(wish.pk, hard.asked_after(wish.about)) for wish in debriefs.waiting()],
        "group": hard.for_a_group(),
        "language": hard.language(),
    }
    return render(request, "care/debriefs.html", context)


@page(may=debriefs.plans_for_peers, takes="POST")
def planned(request: Request, ask_id: Any) -> HttpResponse:
    """It is let go. The calendar tells those who asked."""
    debriefs.planned(get_object_or_404(debriefs.waiting(), pk=ask_id))
    say(request, _("It is let go. Put the gathering in the calendar, if it is not there yet."))
    return redirect("gatherings:plan")
