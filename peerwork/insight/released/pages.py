from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerwork.ground.releases import ledger, signing_off
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.sheets import csv_of
from peerwork.ground.ui.answers import say
from peerwork.insight.released import pieces, policy, queries, spending, wording
from peerwork.people.rules import Request, page


@page(may=policy.reads_what_is_out)
def reading_list(request: Request) -> HttpResponse:
    """What was released, to whom, what it cost, and what is left. Each sees what is theirs to see."""
    today, sees_ledger = localdate(), policy.reads_the_ledger(request.person)
    context = {
        "readings": queries.readings(request.person, today),
        "left": spending.left(today) if sees_ledger else [],
        "waiting": spending.waiting() if sees_ledger else [],
        "cap": ledger.CAP,
        "whole": wording.in_whole(ledger.CAP),
        "sees_ledger": sees_ledger,
    }
    return render(request, "released/readings.html", context)


@page(may=policy.reads_what_is_out)
def reading(request: Request, period: str) -> HttpResponse:
    found = _open_to(request, period)
    context = {
        "reading": found,
        "pieces": [pieces.of(said.mark, kind=said.kind) for said in found.said],
        "signs": policy.signs(request.person),
        "has_signed": request.person.pk in found.signers,
    }
    return render(request, "released/reading.html", context)


@page(may=policy.signs, takes="POST")
def signature(request: Request, period: str) -> HttpResponse:
    """Put my name under all of it, or take it back while it is inside."""
    found = _all_of(request, period)
    try:
        if request.POST.get("signature") == "back":
            signing_off.take_all_back(found, request.person.pk, today=localdate())
            say(request, _("Your name is gone from it."))
        else:
            signing_off.sign_all(found, request.person.pk, request.person.name)
            say(request, _("Your name stands under it."))
    except signing_off.OutAlready:
        say(request, _("It has left the house. A name can no longer be taken back."))
    return redirect("released:reading", period=period)


@page(may=policy.reads_what_is_out)
def release(request: Request, release_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.readable(request.person, localdate()), pk=release_id)
    return render(
        request, "released/release.html", {"release": found, "piece": pieces.of(found.mark, kind=found.kind)}
    )


@page(may=policy.reads_what_is_out)
def sheet(request: Request, release_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.readable(request.person, localdate()), pk=release_id)
    return _as_a_sheet(csv_of(queries.as_sheet(found)))


@page(may=policy.reads_what_is_out)
def sheets(request: Request, period: str) -> HttpResponse:
    """All that was released together, one question below the other."""
    return _as_a_sheet(csv_of(queries.as_sheets(_all_of(request, period))))


@page(may=policy.reads_the_ledger)
def ledger_page(request: Request) -> HttpResponse:
    """The last four quarters. Or every line there is, and whether each fits what it paid for."""
    today, whole = localdate(), "all" in request.GET
    context = {
        "lines": spending.lines("" if whole else spending.a_year_ago(today)),
        "checked": ledger.check(also_what_was_said=whole),
        "left": spending.left(today),
        "cap": ledger.CAP,
        "whole": wording.in_whole(ledger.CAP),
        "shows_all": whole,
    }
    return render(request, "released/ledger.html", context)


def _as_a_sheet(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="numbers.csv"'
    return response


def _all_of(request: Request, period: str) -> list[Release]:
    found = list(queries.readable(request.person, localdate()).filter(period=period).order_by("question"))
    if not found:
        raise Http404
    return found


def _open_to(request: Request, period: str) -> queries.Reading:
    found = queries.reading(request.person, period, localdate())
    if found is None:
        raise Http404
    return found
