from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, page
from peerwork.support.care import options, plan, plan_words, policy, queries
from peerwork.support.care.forms import TellForm


@page(may=policy.may_plan)
def my_plan(request: Request) -> HttpResponse:
    """An empty frame, the same for everybody. What is in a plan comes out of the vault, on the device."""
    context = {
        "parts": plan.parts(),
        "library": plan.library(),
        "lives": plan.lives(),
        "language": options.language(),
        "may_tell": policy.may_tell(request.person),
    }
    response = render(request, "care/plan.html", context)
    response.headers["X-Keep"] = "plan"  # the frame may be kept on a phone its owner said is theirs
    return response


@page(may=policy.may_plan)
def printed(request: Request) -> HttpResponse:
    context = {"parts": plan.parts(), "library": plan.library(), "language": options.language()}
    return render(request, "care/plan_print.html", context)


@page(may=policy.may_tell, takes="GET POST")
def tell(request: Request) -> HttpResponse:
    """The worker tells one workplace, one time, that there is a plan."""
    person = request.person
    form = TellForm(request.POST or None, person=person)
    if form.is_valid():
        plan_words.give(by=person, to=form.cleaned_data["workplace"])
        says = _("Said. A manager at %(place)s can read it one time.")
        say(request, says % {"place": form.cleaned_data["workplace"]})
        return redirect("care:plan_word")
    context = {
        "form": form,
        "waiting": queries.words_of(person),
        "works_somewhere": queries.workplaces_of(person).exists(),
        "may_tell": queries.workplaces_to_tell(person).exists(),
    }
    return render(request, "care/plan_word.html", context)


@page(may=policy.is_told, takes="GET POST")
def words(request: Request) -> HttpResponse:
    """What staff wanted a manager to know. Read means gone; a word that is gone already stays gone."""
    told = queries.words_to(request.person)
    if request.method == "POST":
        for word in told:
            if str(word.pk) == request.POST.get("word"):
                plan_words.read(word)
        say(request, _("Read, and gone from here."))
        return redirect("care:plan_words")
    return render(request, "care/plan_words.html", {"told": told})
