from django.urls import path

from peerwork.support.care import check_in_pages, debrief_pages, hard_pages, pages, plan_pages

app_name = "care"

urlpatterns = [
    path("now/", pages.now, name="now"),
    path("mine/plan/", plan_pages.my_plan, name="plan"),
    path("mine/plan/print/", plan_pages.printed, name="plan_print"),
    path("mine/plan/word/", plan_pages.tell, name="plan_word"),
    path("mine/plan/words/", plan_pages.words, name="plan_words"),
    path("mine/check-in/", check_in_pages.check_in, name="check_in"),
    path("mine/hard/", hard_pages.my_path, name="hard"),
    path("run/debriefs/", debrief_pages.asked, name="debriefs"),
    path("run/debriefs/<uuid:ask_id>/", debrief_pages.planned, name="debrief"),
]
