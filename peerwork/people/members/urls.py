from django.urls import path

from peerwork.people.members import pages

app_name = "members"

urlpatterns = [
    path("", pages.mine, name="mine"),
    path("welcome/", pages.welcome_in, name="welcome_in"),
    path("name/", pages.name, name="name"),
    path("settings/", pages.settings, name="settings"),
    path("held/", pages.held, name="held"),
    path("held/notes.json", pages.held_file, name="held_file"),
    path("leave/", pages.leave, name="leave"),
    path("vouch/", pages.vouch, name="vouch"),
    path("hand-over/", pages.hand_over, name="hand_over"),
]
