"""Every page in the language and on the clock of whoever reads it."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation


def speak_their_language(answer: Callable[[Any], HttpResponse]) -> Callable[[Any], HttpResponse]:
    def spoken(request: Any) -> HttpResponse:
        language = request.person.language
        if language not in dict(settings.LANGUAGES):
            language = translation.get_language_from_request(request)
        zone = request.person.time_zone or (request.network.time_zone if request.network else "UTC")
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            response = answer(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return spoken
