import json

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peerwork.ground.ui.answers import say
from peerwork.people.door.forms import ChangeKeyForm, LockForm, OpensForm, PasskeyForm
from peerwork.people.door.sessions import FIRST_REST
from peerwork.people.members import persons
from peerwork.people.rules import Request, is_here, page
from peerwork.people.vault import keys, passkeys, queries, resealing
from peerwork.people.vault.zone_pages import HALF


@page(may=is_here)
def keys_page(request: Request) -> HttpResponse:
    return render(request, "door/my_keys.html", {"passkeys": queries.passkeys_of(request.person)})


@page(may=is_here, takes="GET POST")
def phrase(request: Request) -> HttpResponse:
    """A new phrase for the same key, made in the browser."""
    return _new_lock(
        request, persons.change_phrase, "phrase", _("From now on your new phrase opens the door.")
    )


@page(may=is_here, takes="GET POST")
def code(request: Request) -> HttpResponse:
    return _new_lock(request, persons.change_code, "code", _("From now on only the new code on paper works."))


def _new_lock(request: Request, change, what: str, done: str) -> HttpResponse:
    form = LockForm(request.POST or None)
    if form.is_valid() and _changed(request, form, change):
        say(request, done)
        return redirect("keys:keys")
    return render(request, "door/new_lock.html", {"form": form, "what": what})


def _changed(request: Request, form: LockForm, change) -> bool:
    """False, with the reason beside the form, where nothing changed. This screen stays open."""
    try:
        change(request.person, lock=form.lock, shown=form.cleaned_data["now"])
    except keys.NotThePhrase:
        form.add_error(None, _("That is not your phrase as it is now. Nothing changed."))
    except keys.KeysUnclear:
        form.add_error(None, _("Your browser could not make the keys. Nothing changed."))
    request.session["round"] = request.person.door_round
    return form.is_valid()


@page(may=is_here, takes="GET POST")
def friend(request: Request) -> HttpResponse:
    """A code for a friend to keep, made in the browser, or taken back."""
    form = LockForm(request.POST or None)
    if request.POST.get("answer") == "back":
        persons.take_back_the_code(request.person)
        say(request, _("Your friend's code opens nothing any more."))
        return redirect("keys:friend")
    if form.is_valid() and _changed(request, form, persons.leave_a_code):
        say(request, _("From now on this code helps you back in, beside a new paper."))
        return redirect("letters:people" if "sealed" in request.POST else "keys:friend")
    kept = queries.has_left_a_code(request.person)
    return render(request, "door/friend.html", {"form": form, "is_kept": kept})


@page(may=is_here, takes="GET POST")
def key(request: Request) -> HttpResponse:
    """Another key, made in the browser, which has sealed everything again by then (vault/resealing_pages.py)."""
    form, status = ChangeKeyForm(request.POST or None), 200
    try:
        if form.is_valid():
            persons.change_key(request.person, **form.said)
            return _with_a_new_key(request)
    except resealing.NotAllOfIt:
        form.add_error(None, _("Something was written meanwhile. Please press the button again."))
        status = 409
    except keys.NotThePhrase:
        form.add_error(None, _("That is not your phrase as it is now. Nothing changed."))
    except keys.KeysUnclear:
        form.add_error(None, _("Your browser could not make the keys. Nothing changed."))
    return render(request, "door/new_key.html", {"form": form}, status=status)


def _with_a_new_key(request: Request) -> HttpResponse:
    """This screen stays open. What it kept to open the old key with is gone."""
    request.session["round"] = request.person.door_round
    request.session.pop(HALF, None)
    say(request, _("Your key is new. The old one opens nothing any more, nor does any way to open it."))
    return redirect("keys:keys")


@page(may=is_here, takes="GET POST")
def passkey_list(request: Request) -> HttpResponse:
    """GET: what to ask this device. POST: what it answered, from somebody who knows the phrase."""
    shown = {"hostname": settings.OPTIONS.hostname, "shown_as": request.network.public_name}
    if request.method != "POST":
        options, request.session["adding"] = passkeys.begin_adding(request.person, **shown)
        return JsonResponse(options, json_dumps_params={"default": str})
    try:
        added = _added_passkey(request, PasskeyForm(request.POST), **shown)
    except keys.NotThePhrase:
        return JsonResponse({"says": _("That is not your phrase as it is now. Nothing changed.")}, status=400)
    except (passkeys.NotThisKey, ValueError, RecursionError):
        return JsonResponse({"says": _("This device did not give a passkey. Nothing changed.")}, status=400)
    say(request, _("This device can now sign you in."))
    return JsonResponse({"to": reverse("keys:keys"), "opens": reverse("keys:passkey_opens", args=[added.pk])})


def _added_passkey(request: Request, form: PasskeyForm, **place: str):
    state = request.session.pop("adding", None) or {}
    if not form.is_valid():
        raise passkeys.NotThisKey
    said = form.cleaned_data
    return persons.add_passkey(
        request.person, json.loads(said["made"]), shown=said["now"], state=state, label=said["label"], **place
    )


@page(may=is_here, takes="POST")
def passkey_opens(request: Request, passkey_id) -> HttpResponse:
    """This device opens what is sealed, too. Never on a phone somebody shares."""
    passkey = get_object_or_404(queries.passkeys_of(request.person), pk=passkey_id)
    if request.session["rest"] <= FIRST_REST:
        return JsonResponse({"says": _("Not on a phone you share. It still signs you in.")}, status=400)
    if says := _why_it_does_not_open(passkey, OpensForm(request.POST)):
        return JsonResponse({"says": says}, status=400)
    say(request, _("This device can now sign you in, and open what is sealed to you."))
    return JsonResponse({"to": reverse("keys:keys")})


def _why_it_does_not_open(passkey, form: OpensForm) -> str:
    unclear = _("Your browser could not make the keys. Nothing changed.")
    if not form.is_valid():
        return unclear
    try:
        persons.let_open(passkey, locked=form.cleaned_data["locked"], shown=form.cleaned_data["now"])
    except keys.NotThePhrase:
        return _("That is not your phrase as it is now. Nothing changed.")
    except keys.KeysUnclear:
        return unclear
    return ""


@page(may=is_here, takes="POST")
def passkey(request: Request, passkey_id) -> HttpResponse:
    passkeys.take_away(get_object_or_404(queries.passkeys_of(request.person), pk=passkey_id))
    say(request, _("That passkey opens nothing any more."))
    return redirect("keys:keys")
