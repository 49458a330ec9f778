"""Addresses of those who answer and of those who read what was released. urls.py puts them beside those who run it."""

from django.urls import path

from peerwork.voice.consultation import answer_pages, paper_pages, result_pages

urlpatterns = [
    path("", answer_pages.consultations, name="list"),
    path("<uuid:consultation_id>/", answer_pages.answer, name="answer"),
    path("<uuid:consultation_id>/questions/", paper_pages.questionnaire, name="questionnaire"),
    path("<uuid:consultation_id>/paper/", paper_pages.type_in, name="paper"),
    path("<uuid:consultation_id>/results/", result_pages.results, name="results"),
]
