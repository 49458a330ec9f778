from django.urls import path

from peerwork.people.welcome import import_pages, pages

app_name = "welcome"

urlpatterns = [
    path("", pages.people, name="people"),
    path("invitations/", pages.invite, name="invite"),
    path("invitations/<uuid:invitation_id>/", pages.invitation, name="invitation"),
    path("list/", import_pages.choose, name="bring_in"),
    path("list/<str:key>/", import_pages.look, name="bring_in_look"),
    path("vouches/<uuid:vouch_id>/", pages.invite_again, name="invite_again"),
    path("people/<uuid:person_id>/", pages.person, name="person"),
    path("people/<uuid:person_id>/pause/", pages.pause, name="pause"),
    path("people/<uuid:person_id>/removal/", pages.removal, name="removal"),
    path("workplaces/", pages.workplace_list, name="workplaces"),
    path("workplaces/<uuid:workplace_id>/", pages.workplace, name="workplace"),
    path("network/", pages.network_page, name="network"),
    path("hand-over/", pages.hand_over, name="hand_over"),
]
