import json

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peerwork.ground.ui.answers import say
from peerwork.people.door.forms import LockForm, PasskeyForm
from peerwork.people.members import persons
from peerwork.people.rules import Request, is_here, page
from peerwork.people.vault import keys, passkeys, queries


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
    if form.is_valid():
        try:
            change(request.person, lock=form.lock, shown=form.cleaned_data["now"])
        except keys.NotThePhrase:
            form.add_error(None, _("That is not your phrase as it is now. Nothing changed."))
        except keys.KeysUnclear:
            form.add_error(None, _("Your browser could not make the keys. Nothing changed."))
        else:
            request.session["round"] = request.person.door_round
            say(request, done)
            return redirect("keys:keys")
    return render(request, "door/new_lock.html", {"form": form, "what": what})


@page(may=is_here, takes="GET POST")
def passkey_list(request: Request) -> HttpResponse:
    """GET: what to ask this device. POST: what it answered, from somebody who knows the phrase."""
    shown = {"hostname": settings.OPTIONS.hostname, "shown_as": request.network.public_name}
    if request.method != "POST":
        options, request.session["adding"] = passkeys.begin_adding(request.person, **shown)
        return JsonResponse(options, json_dumps_params={"default": str})
    try:
        _add_passkey(request, PasskeyForm(request.POST), **shown)
    except keys.NotThePhrase:
        return JsonResponse({"says": _("That is not your phrase as it is now. Nothing changed.")}, status=400)
    except (passkeys.NotThisKey, ValueError, RecursionError):
        return JsonResponse({"says": _("This device did not give a passkey. Nothing changed.")}, status=400)
    say(request, _("This device can now sign you in."))
    return JsonResponse({"to": reverse("keys:keys")})


def _add_passkey(request: Request, form: PasskeyForm, **place: str) -> None:
    state = request.session.pop("adding", None) or {}
    if not form.is_valid():
        raise passkeys.NotThisKey
    said = form.cleaned_data
    persons.add_passkey(
        request.person, json.loads(said["made"]), shown=said["now"], state=state, label=said["label"], **place
    )


@page(may=is_here, takes="POST")
def passkey(request: Request, passkey_id) -> HttpResponse:
    passkeys.take_away(get_object_or_404(queries.passkeys_of(request.person), pk=passkey_id))
    say(request, _("That passkey opens nothing any more."))
    return redirect("keys:keys")
