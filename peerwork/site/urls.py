"""Every address of the house. Each leads to a page that says who may open it (people/rules.py)."""

from django.urls import include, path

from peerwork.people.tokens import nameless_urls as tokens
from peerwork.site import pages
from peerwork.support.care import nameless_urls as care
from peerwork.support.gatherings import nameless_urls as gatherings
from peerwork.support.line import after_nameless_urls as after
from peerwork.support.line import nameless_urls as line
from peerwork.support.line.number import nameless_urls as number
from peerwork.support.line.switchboard import nameless_urls as calls
from peerwork.voice.consultation import nameless_urls as consultation
from peerwork.voice.themes import nameless_urls as themes

front = (
    [
        path("", pages.home, name="home"),
        path("steer/", pages.steer, name="steer"),
        path("who-may/", pages.who_may, name="who_may"),
        path("held/", pages.held, name="held"),
        path("patterns/", pages.patterns, name="patterns"),
        path("offline/", pages.offline, name="offline"),
        path("manifest.webmanifest", pages.manifest, name="manifest"),
        path("sw.js", pages.service_worker, name="service_worker"),
    ],
    "site",
)

# One zone, and one name for it, whichever room an address leads to.
nameless = (
    [
        *gatherings.urlpatterns, *care.urlpatterns, *tokens.urlpatterns, *themes.urlpatterns,
        *consultation.urlpatterns, *line.urlpatterns, *after.urlpatterns, *calls.urlpatterns,
        *number.urlpatterns,
    ],
    "a",
)  # fmt: skip

urlpatterns = [
    path("", include(front)),
    path("", include("peerwork.people.door.urls")),
    path("mine/", include("peerwork.people.members.urls")),
    path("mine/keys/", include("peerwork.people.door.key_urls")),
    path("mine/", include("peerwork.people.vault.urls")),
    path("run/welcome/", include("peerwork.people.welcome.urls")),
    path("", include("peerwork.support.gatherings.urls")),
    path("", include("peerwork.support.care.urls")),
    path("", include("peerwork.support.letters.urls")),
    path("", include("peerwork.support.line.roster_urls")),
    path("", include("peerwork.support.line.urls")),
    path("", include("peerwork.support.line.switchboard.urls")),
    path("", include("peerwork.support.line.after_urls")),
    path("", include("peerwork.support.line.number.urls")),
    path("", include("peerwork.people.tokens.urls")),
    path("themes/", include("peerwork.voice.themes.urls")),
    path("", include("peerwork.voice.consultation.urls")),
    path("said/", include("peerwork.voice.findings.urls")),
    path("released/", include("peerwork.insight.released.urls")),
    path("run/quarters/", include("peerwork.insight.returns.urls")),
    path("v/", include("peerwork.people.vault.zone_urls")),
    path("a/", include(nameless)),
]

handler400 = "peerwork.site.pages.bad"
handler404 = "peerwork.site.pages.not_found"
handler500 = "peerwork.site.pages.broke"
