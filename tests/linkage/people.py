"""Made-up members: when they come, on whose phone, and how much they say when."""

import secrets
from dataclasses import dataclass, field

from django.test import Client

from peerwork.people.members import network
from tests.linkage.clock import DAY, HOUR, OPENS, WEEK

# How people's phones are: shared, their own for a day, their own with a lock.
RESTS = ("10", "10", "480", "20160", "20160")
BY_HOUR = [1, 1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 9, 8, 9, 10, 10, 9, 8, 6, 6, 6, 5, 3, 2]
BY_DAY = [10, 10, 10, 10, 9, 4, 3]


@dataclass
class Member:
    person: object
    rest: str
    visits: list
    says: dict  # how many themes, by visit
    client: Client = field(default_factory=Client)
    tokens: list = field(default_factory=list)
    ring: object = None


def found(many, weeks, visits, slips, lot):
    """A network of so many peers, each with the moments they come and how much they say when."""
    from conftest import someone

    network.found(
        name="Kerbside", public_name="Corner", time_zone="Australia/Melbourne", meeting_word="Catch-up"
    )
    return [
        a_member(someone(f"P{secrets.token_hex(4)}", "peer"), weeks, visits, slips, lot)
        for _each in range(many)
    ]


def a_member(person, weeks, visits, slips, lot):
    """Everybody comes in the first week. After that as often as they do, in the hours of people who work."""
    first = OPENS.timestamp() + lot.triangular(0, WEEK, DAY)
    many = max(1, round(lot.gammavariate(2, visits / 2)))
    comes = sorted([first, *(a_moment(weeks, lot) for _visit in range(many))])
    says = {}
    for _slip in range(min(3, round(lot.expovariate(1 / slips)))):
        when = lot.randrange(len(comes))
        says[when] = says.get(when, 0) + 1
    return Member(person, lot.choice(RESTS), comes, says)


def a_moment(weeks, lot):
    week, day = lot.randrange(weeks), lot.choices(range(7), BY_DAY)[0]
    hour = lot.choices(range(24), BY_HOUR)[0]
    return OPENS.timestamp() + week * WEEK + day * DAY + hour * HOUR + lot.uniform(0, HOUR)


def an_evening(weeks):
    from conftest import a_gathering

    return a_gathering("Open evening", in_days=weeks * 7 + 9)
