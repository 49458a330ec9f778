"""One address, one noun. Those who answer and read: answer_urls.py. Here: those who write it, and the peer circle."""

from django.urls import include, path

from peerwork.voice.consultation import answer_urls, circle_pages, part_pages, run_pages

app_name = "consultation"

of_one = [
    path("", run_pages.written, name="written"),
    path("name/", run_pages.name, name="name"),
    path("language/", run_pages.language, name="language"),
    path("undo/", run_pages.undo, name="undo"),
    path("preview/", run_pages.preview, name="preview"),
    path("versions/", run_pages.versions, name="versions"),
    path("opening/", run_pages.opening, name="opening"),
    path("removal/", run_pages.removal, name="removal"),
    path("parts/", part_pages.new_section, name="new_section"),
    path("parts/<slug:code>/", part_pages.section, name="section"),
    path("parts/<slug:code>/<slug:kind>/", part_pages.new_question, name="new_question"),
    path("questions/<slug:code>/", part_pages.question, name="question"),
    path("pieces/<slug:code>/place/", part_pages.place, name="place"),
    path("pieces/<slug:code>/removal/", part_pages.removal, name="piece_removal"),
]
of_the_circle = [
    path("", circle_pages.waiting, name="circle"),
    path("<uuid:consultation_id>/", circle_pages.words, name="words"),
    path("<uuid:consultation_id>/<uuid:slip_id>/", circle_pages.slip, name="slip"),
    path("<uuid:consultation_id>/<uuid:slip_id>/left-out/", circle_pages.slip_left_out, name="slip_left_out"),
    path("wordings/<uuid:wording_id>/", circle_pages.wording, name="wording"),
    path("wordings/<uuid:wording_id>/agreement/", circle_pages.agreement, name="agreement"),
]
urlpatterns = [
    path("run/consultations/", run_pages.start, name="start"),
    path("run/consultations/<uuid:consultation_id>/", include(of_one)),
    path("run/circle/", include(of_the_circle)),
    path("consultations/", include(answer_urls)),
]
