"""A paper as it is cut out: six words, and the same words in a square to scan."""

import re

import segno

from peerwork.people.members import invitations
from peerwork.people.vault import phrases
from peerwork.people.welcome.papers import slips

HOME = "https://corner.example"


def a_square_saying(content):
    return segno.make(content, error="m").svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None)


def test_the_square_says_the_address_and_the_words_behind_a_hash(network):
    """What stands behind # is never sent by a browser, so the words are in nobody's log."""
    papers = [invitations.write(roles=["peer"]) for _paper in range(3)]
    for slip, paper in zip(slips(papers, HOME), papers, strict=True):
        assert (slip.words, slip.address) == (paper.words, "https://corner.example/join/")
        assert slip.qr == a_square_saying(f"https://corner.example/join/#{paper.words.replace(' ', '-')}")
        assert slip.qr != a_square_saying(
            f"https://corner.example/join/?words={paper.words.replace(' ', '-')}"
        )


def test_the_words_in_the_square_are_understood_when_they_come_back(network):
    paper = invitations.write(roles=["peer"])
    assert phrases.plain(paper.words.replace(" ", "-")) == paper.words
    assert re.fullmatch(
        r"[a-z]+(?:-[a-z]+){5}", paper.words.replace(" ", "-")
    )  # nothing a browser would escape


def test_the_square_is_drawn_and_holds_nothing_that_could_run(network):
    (slip,) = slips([invitations.write(roles=["peer"])], HOME)
    assert slip.qr.startswith("<svg ")
    assert set(re.findall(r"<(\w+)", slip.qr)) == {"svg", "path"}
    assert slip.words not in slip.qr
    assert "style=" not in slip.qr  # the pages allow no styles of their own


def test_it_stays_small_enough_to_scan_with_the_longest_words():
    longest = "-".join(sorted(phrases.words(), key=len)[-6:])
    assert segno.make(f"{HOME}/join/#{longest}", error="m").version <= 7
