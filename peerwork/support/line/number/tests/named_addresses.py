"""The addresses of the number in the named zone, where the site does not name them."""

from django.urls import include, path

urlpatterns = [
    path("", include("peerwork.support.line.number.urls")),
    path("", include("peerwork.support.line.switchboard.urls")),
    path("", include("peerwork.people.door.urls")),
]
