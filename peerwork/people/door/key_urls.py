"""A person's own keys: a new phrase, a new code, a code for a friend, a new key, passkeys."""

from django.urls import path

from peerwork.people.door import key_pages

app_name = "keys"

urlpatterns = [
    path("", key_pages.keys_page, name="keys"),
    path("phrase/", key_pages.phrase, name="phrase"),
    path("code/", key_pages.code, name="code"),
    path("friend/", key_pages.friend, name="friend"),
    path("key/", key_pages.key, name="key"),
    path("passkeys/", key_pages.passkey_list, name="passkeys"),
    path("passkeys/<uuid:passkey_id>/", key_pages.passkey, name="passkey"),
    path("passkeys/<uuid:passkey_id>/open/", key_pages.passkey_opens, name="passkey_opens"),
]
