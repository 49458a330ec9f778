"""The addresses of a provider, where the site does not name them."""

from django.urls import include, path

from peerwork.support.line.number import nameless_urls

urlpatterns = [path("a/", include((nameless_urls.urlpatterns, "a")))]
