"""A round of tokens in a running house: opened, drawn, spent, lost, put up, and lied about."""

import re
import subprocess
import sys

from django.utils.timezone import localdate

from peerwork.ground.tallies import quarters
from tests.journeys.vaults import Disk, Vault, open_with_the_phrase

ROUND = f"themes.{quarters.of(localdate())}"
PIECES = [["themes", "wrk.pay"]]

# One round is open, and nobody has drawn in it.
OPENS = """
from django.utils.timezone import localdate
from peerwork.ground.postbox.models import Round
from peerwork.voice.themes import rounds
there = rounds.keep_open(localdate(), 10)
Round.objects.exclude(pk=there.pk).update(state="closed")
"""
PUTS_UP = "from peerwork.ground.postbox import flushing, rounds; flushing.flush(rounds.find('ROUND'))"
LOSES = "from peerwork.ground.postbox import staging; staging.drop('ROUND')"
WAITING = "from peerwork.ground.postbox import staging; print(staging.how_many('ROUND'))"
SHOWS_ANOTHER_KEY = """
from peerwork.ground.postbox import signing
from peerwork.ground.postbox.models import Round
# A smaller one: there is always a larger one left for whoever lies next.
keys = [signing.new_key() for _try in range(4)]
_pem, modulus, fingerprint = min(keys, key=lambda one: int(one[1], 16))
Round.objects.filter(pk="ROUND").update(modulus=modulus, fingerprint=fingerprint)
"""
SIGNS_WITH_ANOTHER_KEY = """
from peerwork.ground.postbox import signing
from peerwork.ground.postbox.models import Round, SigningKey
shown = int(Round.objects.get(pk="ROUND").modulus, 16)
# A larger one than is shown: what is hidden under a smaller key cannot be signed with it, and would be refused.
pem = next(pem for pem, modulus, _sum in iter(signing.new_key, None) if int(modulus, 16) > shown)
SigningKey.objects.filter(round="ROUND").update(pem=pem)
"""
CALL = """async ({ what, said }) => {
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const room = await import(loaded.find((one) => /tokens\\/post(\\.\\w+)?\\.js$/.test(one)));
    return what === "postPaper" ? room[what](...said) : room[what](vault, ...said);
}"""

# The page draws by itself after opening; whoever asks again meanwhile waits for the same.
DRAWS = """async () => {
    const loaded = () => performance.getEntriesByType('resource').map(({ name }) => name);
    const find = () => loaded().find((one) => /tokens\\/drawing(\\.\\w+)?\\.js$/.test(one));
    while (!find()) await new Promise((done) => setTimeout(done, 50));
    const { draw } = await import(find());
    await draw(vault).catch(() => {});
}"""


def told_by(house, script):
    """What the house says to a few lines of Python."""
    lines = "from peerwork.site.commands.house import wake; wake()\n" + script.replace("ROUND", ROUND)
    done = subprocess.run(
        [sys.executable, "-c", lines], env=house.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def drawn(house):
    return Disk(house).ask("SELECT drawn FROM ground_round WHERE id = ?", ROUND)[0][0]


def rows_of_draws(house, who):
    sql = "people_draw d JOIN people_person p ON p.id = d.person_id WHERE p.name = ? AND d.round_id = ?"
    return Disk(house).ask(f"SELECT blinded FROM {sql}", who, ROUND)


def opened(somebody, who, *, at="/counted/"):
    """The vault is open, and what is drawn in the background is drawn."""
    return settled(somebody, open_with_the_phrase(somebody, who, at=at))


def again(somebody, *, at="/counted/"):
    """Another page in the same tab, where the vault is open still."""
    return settled(somebody, somebody.open(at).sees("Open on this device."))


def settled(somebody, _there):
    vault = Vault(somebody)
    somebody.page.evaluate(DRAWS)
    vault.refresh()
    return vault


def kept_by(vault):
    kept = vault.read("tokens", ROUND)
    return kept and kept["body"]


def call(somebody, what, *said):
    return somebody.page.evaluate(CALL, {"what": what, "said": list(said)})


def says(somebody, code="wrk.pay"):
    slip = {"address": "/a/themes/", "round": ROUND, "pieces": [["themes", code]]}
    return call(somebody, "post", slip)


def counts(somebody):
    return call(somebody, "counted", ROUND)


def named(urls):
    """What went to the server in somebody's name. Not a script, nor what every page asks once it is open."""
    return [url for url in urls if not re.search(r"/static/|/a/|/tokens/$", url)]
