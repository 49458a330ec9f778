from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerwork.ground.releases.sheets import csv_of
from peerwork.ground.tallies import tallies
from peerwork.ground.ui.answers import say
from peerwork.ground.ui.bars import picture
from peerwork.insight.returns import freezing, queries
from peerwork.insight.returns.policy import may_see_numbers
from peerwork.people.rules import Request, page


@page(may=may_see_numbers)
def quarter_list(request: Request) -> HttpResponse:
    return render(request, "returns/quarters.html", {"quarters": queries.quarters_so_far(today=localdate())})


@page(may=may_see_numbers)
def quarter(request: Request, quarter: str) -> HttpResponse:
    summary = queries.summary(quarter, today=localdate())
    context = {
        "summary": summary,
        "held": picture([(row.name, row.held) for row in summary.rows]),
        "came": picture([(row.name, row.came) for row in summary.rows if row.counted]),
    }
    return render(request, "returns/quarter.html", context)


@page(may=may_see_numbers)
def sheet(request: Request, quarter: str) -> HttpResponse:
    sheet = csv_of(queries.as_sheet(queries.summary(quarter, today=localdate())))
    response = HttpResponse(sheet, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="numbers-{quarter}.csv"'
    return response


@page(may=may_see_numbers, takes="GET POST")
def closing(request: Request, quarter: str) -> HttpResponse:
    """Close a quarter: its numbers stay as they are. What is counted late goes into the next one."""
    summary = queries.summary(quarter, today=localdate())
    if request.method == "POST":
        try:
            freezing.close(quarter, today=localdate())
            say(request, _("These numbers are final now."))
        except tallies.NotOver:
            say(request, _("This quarter is not over yet."))
        return redirect("returns:quarter", quarter=quarter)
    return render(request, "returns/closing.html", {"summary": summary})
