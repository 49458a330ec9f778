"""An open vault on a cheap phone: what it costs to load, what guards it, and how long it takes."""

import re
import time
from gzip import compress
from itertools import zip_longest
from urllib.request import Request, urlopen  # noqa: TID251 — our own server

import pytest

from tests.journeys.conftest import PHRASES, Screen
from tests.journeys.tapped import tapped
from tests.journeys.vaults import Vault, open_with_the_phrase

MOST_SCRIPT_BYTES = 80 * 1024
ROOMS = (
    "/mine/sealed/", "/mine/plan/", "/mine/check-in/", "/mine/hard/", "/mine/people/", "/talk/letters/", "/mine/hours/",
)  # fmt: skip
LIGHT = ("/", "/together/", "/mine/", "/now/")


def asked_for(tap, since=()):
    """Every address that went over the wire, each time it did. `since`: how long each stream was then."""
    fresh = [bytes(stream)[start:] for stream, start in zip_longest(tap.sent, since, fillvalue=0)]
    return [
        path.decode()
        for path in re.findall(rb"(?:GET|PUT|POST|DELETE) (/\S*) HTTP/1.1\r\n", b"\n".join(fresh))
    ]


def gzipped(house, path):
    with urlopen(Request(house.address + path, headers={"Accept-Encoding": "gzip"})) as answer:
        content = answer.read()
        return len(content if answer.headers["Content-Encoding"] == "gzip" else compress(content))


class TestWhatItWeighs:
    @pytest.mark.parametrize("room", ROOMS)
    def test_a_room_opened_first_loads_at_most_80_kilobytes_of_the_vault(self, screen, house, room):
        cookies = screen("Ash").context.cookies()
        with tapped(house) as tap:
            ash = screen(at=tap)  # with nothing in the browser's cache
            ash.context.add_cookies(cookies)
            open_with_the_phrase(ash, "Ash", at=room).page.wait_for_load_state("networkidle")
            scripts = [path for path in asked_for(tap) if path.endswith(".js")]
        weights = [(path, gzipped(house, path)) for path in scripts]
        core = sum(weight for path, weight in weights if IS_OF_THE_VAULT.search(path))
        everything = sum(weight for _path, weight in weights)
        print(f"\n{room}: {core} bytes of the vault's scripts, {everything} of all {len(weights)}")
        assert len(set(scripts)) == len(scripts)  # none is fetched twice
        assert any("vault.worker" in path for path in scripts)
        assert core <= MOST_SCRIPT_BYTES

    @pytest.mark.parametrize("rest", ["10 minutes", "14 days"])
    def test_nothing_of_it_is_loaded_where_nothing_is_sealed(self, screen, house, rest):
        with tapped(house) as tap:
            ash = screen(at=tap).sign_in(PHRASES["Ash"], rest=rest)
            door, since = asked_for(tap), [*map(len, tap.sent)]
            for page in LIGHT:
                ash.open(page).page.wait_for_load_state("networkidle")
            loaded = asked_for(tap, since)
        assert [path for path in door if IS_OF_THE_VAULT.search(path)]  # it makes keys out of phrases
        assert set(LIGHT) <= set(loaded)
        assert [path for path in loaded if IS_OF_THE_VAULT.search(path)] == []


@pytest.fixture(scope="module")
def open_ash(chromium, house):
    """Goes from room to room in one tab, in which the vault is open."""
    ash = open_with_the_phrase(Screen(chromium, house).sign_in(PHRASES["Ash"]), "Ash")
    yield ash
    ash.check_nothing_went_wrong()
    ash.close()


class TestWhatGuardsIt:
    def test_its_pages_are_guarded_like_every_other_and_no_less(self, screen, house):
        ash = screen("Ash")
        policies = {
            path: policy_of(ash, path)
            for path in (*LIGHT, *ROOMS, "/mine/keys/phrase/", "/v/key/", "/sign-in/")
        }
        assert len(set(policies.values())) == 1, policies
        (policy,) = set(policies.values())
        for part in (
            "default-src 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types peerwork;",
            "base-uri 'none'",
        ):
            assert part in f"{policy};"
        assert "unsafe" not in policy

    @pytest.mark.parametrize("room", ROOMS)
    def test_in_an_open_room_no_text_becomes_a_script(self, open_ash, room):
        ash = open_ash.open(room).sees("Open on this device.")
        for attempt in ATTEMPTS:
            assert ash.page.evaluate(TRY % attempt) == "refused", attempt
        assert ash.page.evaluate("globalThis.hit") is None
        ash.expected += [said for said in ash.troubles if REFUSED.search(said)]


IS_OF_THE_VAULT = re.compile(r"^/static/(vault/|vendor/sealing)|^/v/")
REFUSED = re.compile("Trusted|Content Security Policy", re.IGNORECASE)
# Later, in the page's own time: what a driver evaluates is not held to the rules of the page.
TRY = """() => new Promise((done) => setTimeout(() => {
    try { %s; done("taken"); } catch ({ name }) { done(["TypeError", "EvalError"].includes(name) ? "refused" : name); }
}))"""
ATTEMPTS = (
    "document.body.innerHTML = '<img src=x onerror=\"globalThis.hit = 1\">'",
    "document.querySelector('[data-opened]').insertAdjacentHTML('beforeend', '<b>x</b>')",
    "document.createElement('script').text = 'globalThis.hit = 1'",
    "document.createElement('script').src = '/static/ui/leave.js'",
    "new Worker('/static/vault/vault.worker.js', { type: 'module' })",
    "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
    "eval('globalThis.hit = 1')",
    "new Function('globalThis.hit = 1')()",
    "trustedTypes.createPolicy('peerwork', { createHTML: (text) => text })",
    "trustedTypes.createPolicy('another', { createHTML: (text) => text })",
)


def policy_of(somebody, path):
    headers = somebody.context.request.get(somebody.house.address + path).headers
    assert "content-security-policy-report-only" not in headers
    return re.sub(r" 'nonce-[^']+'", "", headers["content-security-policy"])


# What follows prints what it measured. A figure of one machine is not a promise, so none is asserted.
UNLOCK = """(phrase) => new Promise((done) => {
    const [form, bar] = ["unlock", "vault-bar"].map((id) => document.getElementById(id)), began = performance.now();
    const look = () => (bar.hidden ? requestAnimationFrame(look) : done(performance.now() - began));
    form.querySelector("input").value = phrase;
    form.requestSubmit();
    look();
})"""
DERIVE_IN_A_WORKER = """async () => {
    const { derive } = await import(document.querySelector("script[data-worker]").dataset.keys);
    const began = performance.now();
    await derive("six words nobody ever said here");
    return performance.now() - began;
}"""
DERIVE_ON_THE_PAGE = """async () => {
    const { derived } = await import("/static/vault/derive.js");
    derived("six words nobody ever said here", "salt");   // the browser makes it fast the first time
    const began = performance.now();
    derived("six words nobody ever said here", "salt");
    return performance.now() - began;
}"""
SEAL_ON_THE_PAGE = """async (recipient) => {
    const { seal } = await import("/static/vault/seal.js"), text = "x".repeat(4096), took = [];
    for (let times = 0; times < 21; times += 1) {
        const began = performance.now();
        await seal(text, recipient);
        took.push(performance.now() - began);
    }
    return took.sort((one, other) => one - other)[10];
}"""


def slowed(somebody, times):
    """The page's own thread, as many times slower."""
    somebody.page.context.new_cdp_session(somebody.page).send(
        "Emulation.setCPUThrottlingRate", {"rate": times}
    )
    return somebody


class TestHowLongItTakes:
    def test_opening_on_a_phone_six_times_slower(self, screen):
        """Slowing a page leaves its workers as fast as they were. So the slow part is measured on the page as well."""
        ash = screen("Ash").open("/mine/sealed/")
        took = {
            "a worker": ash.page.evaluate(DERIVE_IN_A_WORKER),
            "the page": ash.page.evaluate(DERIVE_ON_THE_PAGE),
        }
        slowed(ash, 6)
        slow = {
            "a worker": ash.page.evaluate(DERIVE_IN_A_WORKER),
            "the page": ash.page.evaluate(DERIVE_ON_THE_PAGE),
        }
        opened = ash.page.evaluate(UNLOCK, PHRASES["Ash"])
        ash.sees("Open on this device.")
        for where, fast in took.items():
            print(
                f"\nscrypt in {where}: {fast:.0f} ms, and {slow[where]:.0f} ms where it is six times slower"
            )
        about = opened - slow["a worker"] + slow["the page"]
        print(
            f"from the press to open: {opened:.0f} ms; with a worker as slow as the page about {about:.0f} ms"
        )

    def test_sealing_four_kilobytes_on_a_phone_four_times_slower(self, screen):
        ash = open_with_the_phrase(screen("Ash"), "Ash")
        me = "fetch('/v/key/').then((answer) => answer.json()).then(({ recipient }) => recipient)"
        took = [ash.page.evaluate(SEAL_ON_THE_PAGE, ash.page.evaluate(me)) for _time in range(2)][1]
        slow = slowed(ash, 4).page.evaluate(SEAL_ON_THE_PAGE, ash.page.evaluate(me))
        vault, began = Vault(ash), time.perf_counter()
        vault.write("figures", "one", "x" * 3900)
        written = (time.perf_counter() - began) * 1000
        print(f"\nsealing 4 KB: {took:.1f} ms, and {slow:.1f} ms where it is four times slower")
        print(f"a section of 4 KB, from asking until it is kept: {written:.0f} ms")
