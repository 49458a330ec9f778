"""Saying what it was about, and the list it is said with."""

from itertools import pairwise
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerwork.ground.postbox import hints
from peerwork.ground.tallies import quarters
from peerwork.ground.ui.answers import say as tell
from peerwork.people.rules import Request, must, page
from peerwork.voice.themes import changing, frame, policy, rounds, said
from peerwork.voice.themes.forms import FORMS, NAMES


@page(may=policy.may_say)
def say(request: Request) -> HttpResponse:
    """The same bytes for every peer on one day. How many are left is known to the device alone."""
    today = localdate()
    there = rounds.now(today)
    context = {
        "round": there,
        "frame": frame.of_quarter(quarters.of(today)),
        "by_group": there and rounds.by_group(there.roster),
        "when": quarters.in_words(quarters.of(today)),
        "longest": said.LONGEST,
        "reasons": hints.REASONS,
    }
    response = render(request, "themes/say.html", context)
    response.headers["X-Keep"] = "themes"
    return response


@page(may=policy.reads_the_list)
def the_list(request: Request) -> HttpResponse:
    """The list as it counts now, and every version it has had."""
    versions = list(frame.in_force())
    context = {
        "frame": frame.of_quarter(quarters.of(localdate())),
        "history": [(new, _when(new), frame.differences(old, new)) for new, old in pairwise(versions)],
        "first": versions and (versions[-1], _when(versions[-1])),
        "proposes": policy.proposes(request.person),
        "proposed": policy.proposes(request.person) and frame.proposed(),
    }
    return render(request, "themes/list.html", context)


def _when(version: Any) -> str:
    return quarters.in_words(version.from_quarter)


@page(may=policy.reads_the_list)
def version(request: Request, number: int) -> HttpResponse:
    """One version as a whole, and what differs from the one in force now."""
    asked = frame.in_force().filter(version=number).first()
    if asked is None:
        raise Http404
    now = frame.of_quarter(quarters.of(localdate()))
    pair = sorted((asked, now), key=lambda one: one.version)
    context = {"frame": asked, "now": now, "when": _when(asked), "differences": frame.differences(*pair)}
    return render(request, "themes/version.html", context)


@page(may=policy.proposes, takes="GET POST")
def proposal(request: Request) -> HttpResponse:
    """What is proposed. Any peer may go on with it or start over; one who advises puts it in force."""
    if request.method == "POST":
        _put_in_force(request) if "in_force" in request.POST else _start_over(request)
        return redirect("themes:list")
    newest, draft = frame.in_force().first(), frame.proposed()
    context = {
        "names": NAMES,
        "draft": draft,
        "differences": frame.differences(newest, draft) if newest and draft else [],
        "puts_in_force": policy.puts_in_force(request.person),
        "from_when": quarters.in_words(quarters.after(quarters.of(localdate()))),
    }
    return render(request, "themes/proposal.html", context)


def _put_in_force(request: Request) -> None:
    must(policy.puts_in_force, request.person)
    try:
        changed = changing.put_in_force(today=localdate())
    except changing.CannotChange:
        tell(request, _("There is nothing to put in force."))
    else:
        tell(request, _("It counts from %(when)s on.") % {"when": quarters.in_words(changed.from_quarter)})


def _start_over(request: Request) -> None:
    changing.drop()
    tell(request, _("The proposal is gone. The list stays as it is."))


@page(may=policy.proposes, takes="GET POST")
def change(request: Request, what: str) -> HttpResponse:
    """One change, with its reason, into the proposal."""
    if what not in FORMS:
        raise Http404
    list_now = frame.proposed() or frame.in_force().first() or frame.of_quarter(quarters.of(localdate()))
    form = FORMS[what](request.POST or None, list_now=list_now)
    if form.is_valid():
        try:
            form.do()
        except changing.CannotChange as trouble:
            form.add_error(
                None, str(trouble) or _("That cannot be changed any more. Look at the list again.")
            )
        else:
            tell(request, _("It is in the proposal."))
            return redirect("themes:proposal")
    return render(request, "themes/change.html", {"form": form, "name": NAMES[what]})
