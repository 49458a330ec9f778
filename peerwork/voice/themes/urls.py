from django.urls import path, register_converter

from peerwork.ground.tallies.quarters import InAddress
from peerwork.voice.themes import bulletin_pages, pages

app_name = "themes"

register_converter(InAddress, "bulletin")

urlpatterns = [
    path("", pages.say, name="say"),
    path("frame/", pages.the_list, name="list"),
    path("frame/<int:number>/", pages.version, name="version"),
    path("frame/proposal/", pages.proposal, name="proposal"),
    path("frame/proposal/<slug:what>/", pages.change, name="change"),
    path("bulletins/", bulletin_pages.bulletins, name="bulletins"),
    path("<bulletin:quarter>/", bulletin_pages.bulletin, name="bulletin"),
    path("<bulletin:quarter>/words/", bulletin_pages.words, name="words"),
    path("<bulletin:quarter>/themes.pdf", bulletin_pages.as_pdf, name="pdf"),
    path("<bulletin:quarter>/themes.csv", bulletin_pages.as_sheet, name="sheet"),
]
