"""What a large roster costs: 8 weeks × 3 shifts a day × 20 people. Use: python -m tests.bench_roster

Opened and planned anew. CPU beside a bare Django page (bench.py); promised: at most three times as much.
"""

import re
import statistics
import tempfile
from pathlib import Path

from tests.bench import REQUESTS, ROUNDS, bare_page, cost, family, sign_in, text
from tests.journeys.browser import House
from tests.journeys.rosters import in_the_house

PEOPLE, A_DAY, AT_MOST = 20, 3, 3
LARGE = """
import random
from peerwork.people.members import persons
from peerwork.people.members.models import Person
from peerwork.support.line.roster import hours, shifts, terms
from peerwork.support.line.roster.models import Duty, Shift, ShiftSeries
people, a_day = said
ShiftSeries.objects.all().delete()
terms.change(most_hours=80)
crew = [persons_ for persons_ in Person.objects.filter(name__in=["Rosa", "Sam"])]
for number in range(people - len(crew)):
    one = Person.objects.create(name=f"Peer {number}", door_round=persons.new_round())
    persons.wear(one, {"peer", "supporter"})
    crew.append(one)
today, turn = timezone.localdate(), 0
for at in range(a_day):
    first = datetime.combine(today, datetime.min.time()).replace(hour=10 + 4 * at)
    rule = hours.rule_for(hours.WEEKDAYS, every=1, until=None)
    shifts.plan(first=first, rrule=rule, minutes=240, zone=hours.zone(), today=today)
duties = []
for shift in Shift.objects.order_by("starts_at"):
    for name in ("first", "second"):
        if turn % 17:  # now and then a place is open
            duties.append(Duty(shift=shift, turn=name, person=crew[turn % len(crew)]))
        turn += 1
Duty.objects.bulk_create(duties)
print(Shift.objects.count(), len(duties), ShiftSeries.objects.order_by("first").first().pk)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        house = House(Path(name) / "data", demo=True)
        house.prepare()
        shifts, duties, series = in_the_house(house, LARGE, PEOPLE, A_DAY).split()
        print(f"{shifts} shifts, {duties} duties, {PEOPLE} people")
        house.start()
        try:
            rosa, sam, pids = sign_in(house, "Rosa"), sign_in(house, "Sam"), family(house.process.pid)
            with bare_page(Path(name)) as (bare, bare_pids):
                report(rosa, sam, pids, bare, bare_pids, series)
        finally:
            house.stop()


def report(rosa, sam, pids, bare, bare_pids, series: str) -> None:
    form = text(rosa.ask("GET", f"/run/line/series/{series}/")[1])
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    lists = text(sam.ask("GET", "/line/")[1])
    his = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', lists)[1]
    shift = re.findall(r'href="(/line/shifts/[0-9a-f-]{36}/)"', lists.partition("Your shifts")[2])[0]
    day = re.search(r'name="day" value="([\d-]+)"', form)[1]
    minute = iter(range(10**9))

    def plan_anew() -> None:
        """Half an hour later, and back: each of its shifts moves."""
        starts = "10:00" if next(minute) % 2 else "10:30"
        said = {
            "every": "1", "starts": starts, "ends": "13:30", "day": day, "zone": "Australia/Melbourne",
            "csrfmiddlewaretoken": token,
        }  # fmt: skip
        every_day = [("days", name) for name in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")]
        status, _body = rosa.ask("POST", f"/run/line/series/{series}/", [*said.items(), *every_day])
        assert status == 302, status

    def change_my_mind() -> None:
        what = "cover" if next(minute) % 2 else "keep"
        sam.ask("POST", f"{shift}duty/", {"duty": what, "turn": "first", "csrfmiddlewaretoken": his})

    asks = {
        "Run: eight weeks": lambda: rosa.ask("GET", "/run/line/"),
        "On the line: my shifts, what is open": lambda: sam.ask("GET", "/line/"),
        "one shift, with all it could swap for": lambda: sam.ask("GET", shift),
        "a change at one shift": change_my_mind,
        "a series planned anew": plan_anew,
    }
    for name, ask in asks.items():
        for visitor in (rosa, sam, bare):
            visitor.connection.close()  # a server hangs up on whoever is silent for long
        cost(pids, ask)  # warm
        ours, theirs = [], []
        for _round in range(ROUNDS):
            ours.append(cost(pids, ask))
            theirs.append(cost(bare_pids, lambda: bare.ask("GET", "/")))
        mine, base, answer = statistics.median(ours), statistics.median(theirs), ask()
        print(
            f"{name:<40}{mine:>8.2f} ms, {mine / base:.2f} × bare ({base:.2f}), {len(answer[1]) if answer else 0} B"
        )
    print(f"promised: at most {AT_MOST} × bare; {REQUESTS} requests a round")


if __name__ == "__main__":
    main()
