"""The page of questions, the same for everybody who may open it: the picture is drawn on the device."""

from django.http import HttpResponse
from django.shortcuts import render

from peerwork.people.rules import Request, is_here, is_member, page
from peerwork.support.care import check_ins, instruments, toolbox


@page(may=is_here)
def check_in(request: Request) -> HttpResponse:
    """Every question, and how to score it. Nothing about whoever looks, and no way to send an answer here."""
    conditions, ours = check_ins.conditions(), check_ins.pulse()
    context = {
        "conditions": conditions,
        "ours": ours,
        "tools": toolbox.offered(),
        "changes": check_ins.changes(),
        "promises": check_ins.promises(),
        "language": check_ins.language(),
        "facts": {tool.key: instruments.facts(tool) for tool in (conditions, ours, *toolbox.kept())},
        "may_meet": is_member(request.person),
    }
    response = render(request, "care/check_in.html", context)
    response.headers["X-Keep"] = "check-in"
    return response
