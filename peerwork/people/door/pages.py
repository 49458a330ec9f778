import json

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from peerwork.ground.ui.answers import say
from peerwork.people.door import sessions
from peerwork.people.door.forms import CodeForm, DoorForm, JoinForm, KeysForm, RestForm, WordsForm
from peerwork.people.members import invitations, persons
from peerwork.people.rules import Request, anyone, page
from peerwork.people.vault import keys, passkeys

CITIES = (
    "Australia/Melbourne",
    "Asia/Ho_Chi_Minh",
    "Europe/Amsterdam",
    "America/New_York",
    "America/Vancouver",
)


@page(may=anyone, takes="GET POST")
def join(request: Request) -> HttpResponse:
    form = WordsForm(request.POST or None)
    if form.is_valid():
        if found := invitations.find(form.cleaned_data["words"]):
            request.session["paper"] = str(found.pk)
            return redirect("door:join_keys")
        form.add_error("words", _("These words are not on a paper we know. It may be used, or past its day."))
    return render(request, "door/join.html", {"form": form})


@page(may=anyone, takes="GET POST")
def join_keys(request: Request) -> HttpResponse:
    invitation = invitations.still_good(request.session.get("paper"))
    if invitation is None:
        return redirect("door:join")
    form, rest = JoinForm(request.POST or None), RestForm(request.POST or None)
    if invitation.for_person:
        form.fields["name"].initial, form.fields["name"].disabled = invitation.for_person.name, True
    if form.is_valid() and rest.is_valid() and (person := _came_in(request, invitation, form)):
        sessions.sign_in(request, person, rest=rest.cleaned_data["rest"])
        return redirect("members:welcome_in")
    return render(request, "door/keys.html", {"form": form, "rest_form": rest, "invitation": invitation})


def _came_in(request: Request, invitation, form: JoinForm):
    """The person, or None with the reason beside the form."""
    language = request.headers.get("Accept-Language", "")[:2]
    language = language if language in dict(settings.LANGUAGES) else ""
    try:
        return persons.join(invitation, language=language, **form.said)
    except keys.KeysUnclear:
        form.add_error(None, _("Your browser could not make the keys. Please press the button again."))
    except keys.NotTheFriendsCode:
        form.add_error(None, _("Your friend's code opens nothing any more. Nothing changed."))
    except invitations.AlreadyUsed:
        form.add_error(None, _("Somebody came in with this paper a moment ago. Ask for another one."))
    return None


@page(may=anyone, takes="POST")
def friend(request: Request) -> HttpResponse:
    """A friend's code was shown beside a second paper: here is the key it opens. Each alone opens nothing."""
    form, paper = DoorForm(request.POST), invitations.still_good(request.session.get("paper"))
    owner = paper.for_person if paper else None
    wrap = keys.kept_by_a_friend(owner, form.cleaned_data["door"]) if owner and form.is_valid() else None
    if wrap is None:
        return JsonResponse({"says": _("That code opens nothing here. Check each letter.")}, status=400)
    return JsonResponse({"locked": wrap.locked})


@page(may=anyone, takes="GET POST")
def sign_in(request: Request) -> HttpResponse:
    form, rest = DoorForm(request.POST or None), RestForm(request.POST or None)
    if form.is_valid():
        wrap = keys.at_the_door(form.cleaned_data["door"])
        if wrap and wrap.by == "phrase" and not wrap.person.paused:
            sessions.sign_in(request, wrap.person, rest=request.POST.get("rest", ""))
            return redirect(_where_they_were_going(request))
        form.add_error(None, _("That phrase opens nothing here. Check each word, and their order."))
    return render(request, "door/sign_in.html", {"form": form, "rest_form": rest, "wanted": _wanted(request)})


@page(may=anyone, takes="GET POST")
def passkey(request: Request) -> HttpResponse:
    """GET: what to ask the device. POST: what the device answered."""
    if request.network is None:
        raise Http404
    shown = {"hostname": settings.OPTIONS.hostname, "shown_as": request.network.public_name}
    if request.method != "POST":
        if sessions.is_full():
            says = _("Too many are at the door just now. Please sign in with your phrase.")
            return JsonResponse({"says": says}, status=503)
        options, request.session["passkey"] = passkeys.begin_sign_in(**shown)
        return JsonResponse(options, json_dumps_params={"default": str})
    try:
        state = request.session.pop("passkey", None) or {}
        found = passkeys.finish_sign_in(json.loads(request.body), state=state, **shown)
    except (passkeys.NotThisKey, ValueError, RecursionError):
        found = None
    if found is None or found.person.paused:
        return JsonResponse({"says": _("This device's key opens nothing here.")}, status=400)
    sessions.sign_in(request, found.person, rest=request.GET.get("rest", "10"))
    return JsonResponse({"to": reverse("site:home")})


@page(may=anyone, takes="POST")
def sign_out(request: Request) -> HttpResponse:
    sessions.sign_out(request)
    return _forgotten(redirect("site:home"))


@csrf_exempt
@page(may=anyone, takes="POST")
def leave_fast(request: Request) -> HttpResponse:
    """The way out works from a page that waited too long, too. A forged one could only sign somebody out."""
    sessions.sign_out(request)
    return _forgotten(redirect(settings.OPTIONS.exit or reverse("door:clock")))


@page(may=anyone)
def locked(request: Request) -> HttpResponse:
    """Where a screen goes when nobody touched it. Whatever was open is closed, on the server too."""
    sessions.sign_out(request)
    return render(request, "door/locked.html")


@page(may=anyone, takes="GET POST")
def recover(request: Request) -> HttpResponse:
    """POST: the code was shown at the door; here is the key it opens. Only its owner can open it."""
    if request.method == "POST":
        form = DoorForm(request.POST)
        wrap = keys.at_the_door(form.cleaned_data["door"]) if form.is_valid() else None
        if not wrap or wrap.by != "code" or wrap.person.paused:
            return JsonResponse({"says": _("That code opens nothing here. Check each letter.")}, status=400)
        return JsonResponse({"locked": wrap.locked})
    return render(request, "door/recover.html", {"rest_form": RestForm()})


@page(may=anyone, takes="POST")
def recover_keys(request: Request) -> HttpResponse:
    door, phrase, code = DoorForm(request.POST), KeysForm(request.POST), CodeForm(request.POST)
    wrap = keys.at_the_door(door.cleaned_data["door"]) if door.is_valid() else None
    if not (wrap and wrap.by == "code" and not wrap.person.paused and phrase.is_valid() and code.is_valid()):
        say(request, _("That did not work, and nothing changed. Please start again with your code."))
        return redirect("door:recover")
    try:
        persons.recover(wrap.person, phrase=phrase.phrase, code=code.code)
    except keys.KeysUnclear:
        say(request, _("Your browser could not make the keys. Nothing changed."))
        return redirect("door:recover")
    sessions.sign_in(request, wrap.person, rest=request.POST.get("rest", ""))
    say(request, _("You are back. The old phrase and the old code open nothing any more."))
    return redirect("site:home")


@page(may=anyone)
def clock(request: Request) -> HttpResponse:
    """A plain page with the time in some cities. It says nothing about where one came from.

    Whoever left fast may come here before the server has heard that they left. So their session ends here, too.
    """
    sessions.sign_out(request)
    return render(request, "door/clock.html", {"cities": CITIES, "now": now()})


def _wanted(request: Request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted[:1] == "/" else ""


def _where_they_were_going(request: Request) -> str:
    return _wanted(request) or reverse("site:home")


def _forgotten(response: HttpResponse) -> HttpResponse:
    """Tell the browser to let go of everything it kept for this place."""
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
