from django.urls import path

from peerwork.support.care import pages

app_name = "care"

urlpatterns = [
    path("now/", pages.now, name="now"),
]
