from django.contrib.auth import get_user_model, login  # noqa: TID251 — the bare page has Django's own accounts
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from tests.bare.models import Meeting


def page(request):
    """Five questions: the session, the account, the rows, which of them are mine, how many people there are."""
    meetings = Meeting.objects.order_by("starts_at")[:30]
    mine = set(Meeting.objects.filter(people=request.user).values_list("pk", flat=True))
    count = get_user_model().objects.count()
    return render(request, "bare.html", {"meetings": meetings, "mine": mine, "count": count})


def enter(request):
    login(request, get_user_model().objects.first(), backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("in")


urlpatterns = [path("", page), path("enter/", enter)]
