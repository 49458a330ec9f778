from django.urls import path

from peerwork.support.letters import pages

app_name = "letters"

urlpatterns = [
    path("mine/people/", pages.people, name="people"),
    path("mine/people/card/", pages.card, name="card"),
    path("talk/letters/", pages.letters, name="letters"),
]
