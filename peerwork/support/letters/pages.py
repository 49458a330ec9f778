from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, page
from peerwork.people.vault import cards
from peerwork.support.letters import policy, queries
from peerwork.support.letters.forms import CardForm


@page(may=policy.may_write)
def people(request: Request) -> HttpResponse:
    """A frame without anybody in it, the same for everybody. Who somebody's people are is on their shelf."""
    context = {"card": queries.card_of(request.person), "may_be_found": policy.may_be_found(request.person)}
    return render(request, "letters/people.html", context)


@page(may=policy.may_write, takes="POST")
def card(request: Request) -> HttpResponse:
    """The card as it is from now on. What is said here takes the place of what was said before."""
    form = CardForm(request.POST, may_be_found=policy.may_be_found(request.person))
    try:
        cards.hand_out(request.person, **form.said())
    except cards.CardUnclear:
        say(request, _("That was no card. Nothing changed. Please press the button again."))
    else:
        say(request, _("Saved."))
    return redirect("letters:people")


@page(may=policy.may_write)
def letters(request: Request) -> HttpResponse:
    """A frame without letters, the same for everybody and at every hour. They are opened on the device."""
    return render(request, "letters/letters.html")
