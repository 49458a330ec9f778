from django.urls import path

from peerwork.support.line import on_call_pages, pages

app_name = "line"

urlpatterns = [
    path("talk/", pages.talk, name="talk"),
    path("line/on/", on_call_pages.on_call, name="on_call"),
]
