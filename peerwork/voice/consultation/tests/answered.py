"""People answer: each with a token of their own, by the real door, through memory and the flush."""

import json

from peerwork.ground.postbox import redeeming, rounds
from peerwork.voice.consultation import consultations
from peerwork.voice.consultation.form import check_pieces
from tests.blinding import Client


def answer(consultation, *each):
    """One person for each list of pieces."""
    its_round = rounds.find(consultations.round_of(consultation))
    for pieces in each:
        check_pieces(consultation.form, pieces)
        device = Client(its_round.modulus)
        hidden, kept = device.make(its_round.pk, its_round.tokens)
        rounds.one_more_drew(its_round)
        (token,) = device.finish(kept, rounds.sign_for(its_round, hidden))
        redeeming.take(its_round.pk, redeeming.Token(*token), pieces, on=consultation.opens_on)


def votes(**stances):
    return json.dumps(stances, separators=(",", ":"))


def somebody(number):
    """One of many: each answers a little otherwise."""
    return [
        ("paid", "yes" if number % 3 else "no"),
        ("safe", str(1 + number % 5)),
        ("next", "pay"),
        ("next", "tea" if number % 2 else "van"),
        ("said", votes(s1=1, s2=-1 if number % 2 else 1)),
    ]
