"""You said, we did: what was found, what was promised, what came of it, and how long it has waited."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerwork.ground.ui.answers import say
from peerwork.people.members import queries as members
from peerwork.people.rules import Request, knows_everybody, page
from peerwork.voice.findings import answers, chains, findings, policy, queries
from peerwork.voice.findings.chains import Chain
from peerwork.voice.findings.forms import AnswerForm, FindingForm

VERBS: dict[str, Callable[..., object]] = {
    "promise": answers.promise,
    "no": answers.refuse,
    "step": answers.step,
    "reply": answers.reply,
}


@page(may=policy.reads)
def finding_list(request: Request) -> HttpResponse:
    found = queries.listed(request.person, today=localdate())
    context = found._asdict() | {"may_put_up": policy.puts_up(request.person)}
    return render(request, "findings/list.html", context)


@page(may=policy.reads)
def finding(request: Request, finding_id: Any) -> HttpResponse:
    chain = _chain(request, finding_id)
    context = {
        "chain": chain,
        "release": queries.release_of(chain.finding),
        "may_answer": policy.answers(request.person),
        "may_put_up": policy.puts_up(request.person),
    }
    return render(request, "findings/finding.html", context)


def _chain(request: Request, finding_id: Any) -> Chain:
    """A finding this person may know of. What is hidden and what is not there answer the same."""
    today = localdate()
    return chains.of(
        get_object_or_404(queries.open_to(request.person, today=today), pk=finding_id), today=today
    )


@page(may=policy.puts_up, takes="GET POST")
def new(request: Request) -> HttpResponse:
    form = FindingForm(request.POST or None, releases=queries.to_rest_on())
    found = form.pointed_out(_names(request))
    if form.is_valid() and not found:
        there = findings.put_up(**form.what(), on=localdate())
        say(request, _("It is up. Until tonight it can be taken back."))
        return redirect("findings:finding", finding_id=there.pk)
    return render(request, "findings/new.html", {"form": form, "hints": found})


def _names(request: Request) -> list[str]:
    """To whoever has no list of people, pointing at a name would say that a person of that name is here."""
    return members.names_and_workplaces() if knows_everybody(request.person) else []


@page(may=policy.answers, takes="GET POST")
def answer(request: Request, finding_id: Any) -> HttpResponse:
    """What can be said now depends on what was said before. `kind` says which of it."""
    chain = _chain(request, finding_id)
    kind = request.POST.get("kind") or request.GET.get("kind") or "".join(chain.next[:1])
    if kind not in chain.next:
        return _not_now(request, chain)
    form = AnswerForm(request.POST or None, kind=kind)
    found = form.pointed_out(_names(request))
    if form.is_valid() and not found:
        try:
            VERBS[kind](chain.finding, **form.what(), on=localdate())
        except answers.NotNow:
            return _not_now(request, chain)
        say(request, _("It is there now, for everybody to read."))
        return redirect("findings:finding", finding_id=finding_id)
    return render(
        request, "findings/answer.html", {"form": form, "hints": found, "chain": chain, "kind": kind}
    )


def _not_now(request: Request, chain: Chain) -> HttpResponse:
    """Somebody else was quicker. What they said is on the page."""
    say(request, _("Something was said to it already. Please read that first. Nothing was saved."))
    return redirect("findings:finding", finding_id=chain.finding.pk)


@page(may=policy.puts_up, takes="POST")
def removal(request: Request, finding_id: Any) -> HttpResponse:
    """Only on the day it was put up, and while nobody has answered."""
    chain = _chain(request, finding_id)
    try:
        findings.take_back(chain.finding, today=localdate())
    except findings.TooLate:
        say(request, _("It stays. It was put up before today, or it has an answer."))
        return redirect("findings:finding", finding_id=finding_id)
    say(request, _("It is gone, as if it had never been up."))
    return redirect("findings:list")


@page(may=policy.answers, takes="POST")
def newest(request: Request, finding_id: Any) -> HttpResponse:
    """Take the newest answer back, on its own day."""
    chain = _chain(request, finding_id)
    try:
        answers.take_back(chain.finding, today=localdate())
        say(request, _("That answer is gone, as if it had never been there."))
    except findings.TooLate:
        say(request, _("It stays. An answer can be taken back on its own day only."))
    return redirect("findings:finding", finding_id=finding_id)
