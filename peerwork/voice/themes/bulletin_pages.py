"""The bulletin of a quarter: one page, on the screen, on paper, as a file and as a sheet."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerwork.ground.releases.sheets import csv_of
from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, page
from peerwork.voice.themes import on_paper, policy, queries
from peerwork.voice.themes.forms import BulletinForm


@page(may=policy.reads_bulletins)
def bulletins(request: Request) -> HttpResponse:
    return render(
        request, "themes/bulletins.html", {"bulletins": queries.bulletins(request.person, localdate())}
    )


@page(may=policy.reads_bulletins)
def bulletin(request: Request, quarter: str) -> HttpResponse:
    context = {
        "bulletin": _found(request, quarter),
        "findings": queries.what_became(),
        "writes": policy.writes_the_words(request.person),
    }
    return render(request, "themes/bulletin.html", context)


def _found(request: Request, quarter: str) -> queries.Page:
    """A bulletin that is not there, and one that is not for this person, answer the same."""
    found = queries.bulletin(request.person, quarter, localdate())
    if found is None:
        raise Http404
    return found


@page(may=policy.reads_bulletins)
def as_pdf(request: Request, quarter: str) -> HttpResponse:
    found = _found(request, quarter)
    made = on_paper.pdf(found, queries.what_became(), network=request.network.name)
    return _file(made, "application/pdf", f"themes-{quarter}.pdf")


@page(may=policy.reads_bulletins)
def as_sheet(request: Request, quarter: str) -> HttpResponse:
    sheet = csv_of(queries.as_sheet(_found(request, quarter)))
    return _file(sheet, "text/csv; charset=utf-8", f"themes-{quarter}.csv")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(may=policy.writes_the_words, takes="GET POST")
def words(request: Request, quarter: str) -> HttpResponse:
    """The peers' own words around the numbers. They can be changed as long as nobody is done with them."""
    _found(request, quarter)
    form = BulletinForm(request.POST or None, instance=queries.words_of(quarter))
    hints = form.pointed_out() if request.method == "POST" else []
    if form.is_valid() and not hints:
        form.save()
        say(request, _("Saved."))
        return redirect("themes:bulletin", quarter=quarter)
    return render(request, "themes/words.html", {"form": form, "hints": hints, "quarter": quarter})
