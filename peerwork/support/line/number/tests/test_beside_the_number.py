"""The page that stands beside the number promises what the number keeps, and no more."""

import pytest
from django.test import Client

from peerwork.support.line.number.tests.on_monday import memory, on_the_line, watch  # noqa: F401

ROSA = "+61491570157"


@pytest.fixture(autouse=True)
def _the_number(settings, network, watch, tmp_path):  # noqa: F811
    network.talk_number = "1800 555 010"
    network.save()
    answered_here(tmp_path)


def answered_here(tmp_path, said='[twilio]\ntoken = "kettle"\n'):
    file = tmp_path / "number.toml"
    file.write_text(said)
    file.chmod(0o600)


def page():
    return Client().get("/a/line/").content.decode()


def test_now_is_said_beside_the_number_while_somebody_on_duty_has_a_telephone(rosa):
    on_the_line(rosa)
    assert "A person is here now." not in page()
    assert "We can ring you back by" in page()
    on_the_line(rosa, phone=ROSA)
    assert "A person is here now." in page()


def test_when_nobody_can_be_rung_in_the_next_day_it_says_when_to_ring(rosa):
    on_the_line(rosa, in_hours=30)
    assert "Please ring again Tuesday" in page()
    assert "ring you back by" not in page()


def test_where_somebody_else_answers_the_number_the_page_says_what_the_page_keeps(rosa, tmp_path):
    on_the_line(rosa)
    answered_here(tmp_path, "")
    assert "A person is here now." in page()
