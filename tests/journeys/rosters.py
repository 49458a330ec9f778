"""Who is on duty in a story: as the house itself would put them on."""

import json
import subprocess
import sys

WAKE = """
import json, sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from django.utils import timezone
from peerwork.site.commands.house import wake
wake()
from peerwork.people.members.queries import network
from peerwork.site.demo import demo_line
timezone.activate(ZoneInfo(network().time_zone))
said = json.loads(sys.argv[1])
"""


def in_the_house(house, code, *said):
    """Run this inside the house. What it prints comes back."""
    done = subprocess.run(
        [sys.executable, "-c", f"{WAKE}\n{code}", json.dumps(said)],
        env=house.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def put_on_duty(house, *names, for_hours=2):
    """From now on these are on, the first named first on call, and nobody else. Returns the shift's number."""
    return in_the_house(
        house, "print(demo_line.put_on_duty(*said[0], for_hours=said[1]).pk)", names, for_hours
    )


def a_shift_for(house, *names, in_hours, hours=2):
    """A shift to come with these on. Returns its number."""
    code = """
names, in_hours, for_hours = said
shift = demo_line.put_on_duty(for_hours=for_hours)
shift.starts_at += timedelta(hours=in_hours)
shift.ends_at += timedelta(hours=in_hours)
shift.on = f"{shift.starts_at:%Y-%m-%dT%H:%M}"
shift.save()
demo_line.put_on(shift, *names)
print(shift.pk)
"""
    return in_the_house(house, code, names, in_hours, hours)


def nobody_is_on(house):
    """Not one shift is planned."""
    in_the_house(house, "demo_line.clear()")


def who_is_on(house, shift):
    """By turn: a name."""
    code = """
from peerwork.support.line.roster.models import Duty
print(json.dumps({duty.turn: duty.person.name for duty in Duty.objects.filter(shift=said[0])}))
"""
    return json.loads(in_the_house(house, code, shift))
