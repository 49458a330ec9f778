"""Somebody wanted people to stay signed in when the server starts anew: Django's own sessions."""

from loading import after


def keep_sessions(settings):
    settings.INSTALLED_APPS.append("django.contrib.sessions")
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"


after("peerwork.site.settings", keep_sessions)
