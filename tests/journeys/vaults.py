"""The open vault of whoever is in front of a screen, for stories about what is sealed."""

import sqlite3
from contextlib import closing
from uuid import UUID

from tests.journeys.conftest import PHRASES

# The page's own module, under the name the browser loaded it by: the same vault the page has.
FIND = """async () => {
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const name = loaded.find((one) => /vault\\/open(\\.\\w+)?\\.js$/.test(one));
    const { whenOpen } = await import(name);
    window.vault = await new Promise((done) => whenOpen(done));
}"""
# What an error says of itself, or what came out.
TRY = """async (work) => {
    try { return await work(); } catch (error) { return { why: error.why, theirs: error.theirs }; }
}"""


def open_with_the_phrase(somebody, who, *, at="/mine/sealed/"):
    somebody.open(at)
    somebody.page.get_by_label("Your phrase").fill(PHRASES[who])
    return somebody.press("Open").sees("Open on this device.")


def open_as_before(somebody, who, *, at):
    """As the tab of the story before goes on, where that stands open still, and with the phrase where it does not.

    To work a phrase out takes a while. Stories about opening say open_with_the_phrase.
    """
    (session,) = [one["value"] for one in somebody.context.cookies() if one["name"] == "s"]
    held = getattr(somebody.house, "held", {})
    went_on, somebody.went_on = somebody.went_on, False
    if not (went_on and session in held and goes_on_open(somebody, held[session], at=at)):
        open_with_the_phrase(somebody, who, at=at)
    held[session] = somebody.page.evaluate("sessionStorage.getItem('held')")
    return somebody


# What was held is gone where it did not fit: half of the lock is with the session.
TRIED = """() => {
    const isOpen = !document.getElementById("vault-bar").hidden;
    return isOpen ? "yes" : sessionStorage.getItem("held") ? "not yet" : "no";
}"""


def goes_on_open(somebody, held, *, at):
    somebody.page.evaluate("(held) => sessionStorage.setItem('held', held)", held)
    somebody.open(at)
    for _look in range(1000):
        if (tried := somebody.page.evaluate(TRIED)) != "not yet":
            return tried == "yes"
        somebody.page.wait_for_timeout(20)
    raise AssertionError("It neither opens nor stays closed.")


class Vault:
    """`vault.write("plan", "signs", {"lines": []})`: what a room would call, from outside. Errors come as {why}."""

    def __init__(self, somebody):
        self.page = somebody.page
        self.page.evaluate(FIND)

    def _ask(self, what, *said):
        return self.page.evaluate(
            f"async (said) => {{ const tried = {TRY}; return tried(() => vault.{what}(...said)); }}",
            list(said),
        )

    def read(self, doc, section):
        return self._ask("read", doc, section)

    def read_all(self, doc):
        return self.page.evaluate(
            """async (doc) => {
                const all = await vault.readAll(doc);
                return { found: [...all], troubles: all.troubles };
            }""",
            doc,
        )

    def write(self, doc, section, body, version=0):
        return self._ask("write", doc, section, body, version)

    def remove(self, doc, section):
        return self._ask("remove", doc, section)

    def list(self):
        return self._ask("list")

    def refresh(self):
        self.page.evaluate("vault.refresh()")


def opened(somebody, who, **at):
    return Vault(open_with_the_phrase(somebody, who, **at))


class Disk:
    """Whoever took the server's disk, and may also write on it."""

    def __init__(self, house):
        self.file = house.data / "peerwork.db"

    def ask(self, sql, *said):
        with closing(sqlite3.connect(self.file, timeout=20)) as disk, disk:
            return disk.execute(sql, said).fetchall()

    def shelf_of(self, who):
        """Every page, by its place."""
        (person,) = self.ask("SELECT id FROM people_person WHERE name = ?", who)[0]
        self.person = UUID(person).hex
        return dict(self.ask("SELECT place, sealed FROM people_shelfpage WHERE person_id = ?", self.person))

    def put(self, place, sealed):
        self.ask(
            "UPDATE people_shelfpage SET sealed = ? WHERE person_id = ? AND place = ?",
            sealed,
            self.person,
            place,
        )


def changed_places(before, after):
    return {place for place in after if before.get(place) != after[place]}
