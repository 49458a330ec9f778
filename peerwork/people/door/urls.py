"""The addresses at the door. None of them says what this place is."""

from django.urls import path

from peerwork.people.door import pages

app_name = "door"

urlpatterns = [
    path("join/", pages.join, name="join"),
    path("join/keys/", pages.join_keys, name="join_keys"),
    path("join/friend/", pages.friend, name="friend"),
    path("sign-in/", pages.sign_in, name="sign_in"),
    path("sign-in/passkey/", pages.passkey, name="passkey"),
    path("sign-out/", pages.sign_out, name="sign_out"),
    path("exit/", pages.leave_fast, name="exit"),
    path("locked/", pages.locked, name="locked"),
    path("recover/", pages.recover, name="recover"),
    path("recover/keys/", pages.recover_keys, name="recover_keys"),
    path("clock/", pages.clock, name="clock"),
]
