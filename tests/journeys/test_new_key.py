"""A key is changed in the browser: two hundred pages are sealed again, and all of them change at once.

And the other ways to open a key: a friend's code beside a second paper, and a passkey whose value never
leaves the device.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote_plus, unquote_plus

import pyrage
import pytest

from peerwork.people import vault
from peerwork.people.vault.envelope import from_armor
from peerwork.people.vault.phrases import _age_identity
from tests.journeys.browser import DESK, House
from tests.journeys.conftest import PHRASES, Screen, between_rounds

PAGES = 200
OFFLINE = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
NOT_FOUND = "Failed to load resource: the server responded with a status of 400 (Bad Request)"

# Somebody with many pages: every place on the shelf written on, as their own device would have done it.
WRITES_MANY_PAGES = f"""
from peerwork.site.commands.house import wake; wake()
import json, pyrage
from peerwork.people.members.models import Person
from peerwork.people.vault import parcels, shelf
from peerwork.people.vault.models import AccountKey, ShelfPage
ash = Person.objects.get(name="Ash")
to = [pyrage.x25519.Recipient.from_str(ash.key.recipient)]
ShelfPage.objects.filter(person=ash).delete()
for place in range({PAGES}):
    said = {{"v": 1, "doc": "test", "section": str(place), "version": 1, "from": str(ash.pk), "body": "words " * 100}}
    text = json.dumps(said).ljust(2048 * (1 + place % 3)).encode()
    ShelfPage.objects.create(person=ash, place=place, sealed=pyrage.encrypt(text, to))
parcels.give(pyrage.encrypt(b"a letter".ljust(4096), to), to=ash.pk, under=parcels.fingerprint("a" * 64))
other = AccountKey.objects.exclude(person=ash).first().recipient
parcels.give(
    pyrage.encrypt(b"junk".ljust(4096), [pyrage.x25519.Recipient.from_str(other)]), to=ash.pk,
    under=parcels.fingerprint("b" * 64),
)
"""

READS_EVERY_PAGE = """
from peerwork.site.commands.house import wake; wake()
import json, sys
from base64 import b64encode
from peerwork.people.members.models import Person
ash = Person.objects.get(name=sys.argv[1])
kinds = {"shelf": ("place", "sealed"), "log_pages": ("day", "page"), "parcels": ("pk", "sealed")}
print(json.dumps({"recipient": ash.key.recipient, "waiting": ash.resealed.count(), "pages": {
    f"{kind} {key}": b64encode(bytes(sealed)).decode()
    for kind, columns in kinds.items() for key, sealed in getattr(ash, kind).values_list(*columns)
}}))
"""


def told_by(house, script, *words):
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env=house.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def kept_for(house, who="Ash"):
    return json.loads(told_by(house, READS_EVERY_PAGE, who))


def opens(sealed, identity):
    try:
        content = pyrage.decrypt(base64.b64decode(sealed), [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError:
        return None
    return content


def identity_of(screen, phrase):
    """The key a phrase opens, worked out by the page's own modules."""
    return screen.page.evaluate(
        """async (phrase) => {
            const keys = await import(document.querySelector('script[data-worker]').dataset.keys);
            const { locked } = await (await fetch('/v/key/')).json();
            return (await keys.open(locked, (await keys.derive(phrase)).identity)).trim();
        }""",
        phrase,
    )


def new_keys(somebody):
    somebody.page.locator("[data-ready]:visible").wait_for()
    phrase, code = (somebody.page.locator(f"#keys [data-{what}]").inner_text() for what in ("phrase", "code"))
    somebody.page.get_by_label("I have kept my phrase and my code").check()
    return phrase, code


@pytest.fixture(scope="class")
def full(demo_data, tmp_path_factory):
    """A house of its own, in which Ash has written two hundred pages."""
    folder = tmp_path_factory.mktemp("full") / "data"
    shutil.copytree(demo_data, folder)
    between_rounds(folder)
    house = House(folder, demo=True)
    told_by(house, WRITES_MANY_PAGES)
    house.start()
    yield house
    house.stop()


@pytest.fixture
def ash(chromium, full):
    made = Screen(chromium, full).sign_in(PHRASES["Ash"])
    yield made
    made.check_nothing_went_wrong()
    made.close()


class TestANewKey:
    def test_the_connection_breaks_in_the_middle_and_then_it_is_finished(self, ash, full):
        before = kept_for(full)
        ash.open("/mine/keys/").follow("A new key").check_accessibility()
        old = identity_of(ash, PHRASES["Ash"])
        ash.sees("People who compared safety words with you will be told that your key is new.")

        # Given the phrase as it is now
        ash.page.get_by_label("Your phrase, as it is now").fill("not my phrase at all no")
        ash.press("Go on").sees("That is not your phrase as it is now. Nothing changed.")
        ash.page.get_by_label("Your phrase, as it is now").fill(PHRASES["Ash"])
        ash.press("Go on")
        phrase, _code = new_keys(ash)
        assert phrase != PHRASES["Ash"]
        ash.check_accessibility()

        # When the connection breaks
        bar = ash.page.locator("progress")
        self.breaks_after(ash, 60)
        ash.press("Change my key").sees("There is no connection just now. Nothing has changed.")
        reached = bar.evaluate("(bar) => bar.value")
        assert 30 < reached < PAGES
        ash.check_accessibility()
        halfway = kept_for(full)
        assert halfway["recipient"] == before["recipient"]
        assert halfway["pages"] == before["pages"]
        assert halfway["waiting"] > 0

        # Then the button goes on from there, and shows how far it is
        ash.page.unroute("**/v/reseal/**")
        ash.expected += ["Failed to load resource: net::ERR_FAILED", OFFLINE]
        began = time.perf_counter()
        ash.press("Change my key")
        ash.sees("Some pages do not open with your key.")  # a stranger's parcel: it stays as it is
        print(f"the rest in {time.perf_counter() - began:.1f} s")
        total = bar.evaluate("(bar) => [bar.value, bar.max]")
        assert total[0] == total[1] == len(before["pages"])
        ash.sees(f"{total[1]} of {total[1]} pages")
        assert kept_for(full)["pages"] == before["pages"]  # still nothing
        ash.press("Change my key").sees("The old one opens nothing any more")

        # And the old key opens nothing, the new key everything
        after, new = kept_for(full), identity_of(ash, phrase)
        assert after["recipient"] != before["recipient"]
        assert after["waiting"] == 0
        assert set(after["pages"]) == set(before["pages"])
        junk = [name for name, page in before["pages"].items() if opens(page, old) is None]
        assert len(junk) == 1
        for name, page in after["pages"].items():
            if name in junk:
                assert page == before["pages"][name]
                continue
            assert opens(page, old) is None
            assert opens(page, new) == opens(before["pages"][name], old)
        ash.open("/mine/").press("Sign out")
        ash.open("/sign-in/").page.get_by_label("Your phrase").fill(PHRASES["Ash"])
        ash.press("Sign in").sees("That phrase opens nothing here")
        ash.page.get_by_label("Your phrase").fill(phrase)
        ash.press("Sign in").page.get_by_role("heading", name="Today").wait_for()

    def breaks_after(self, somebody, pages):
        let_through = []

        def maybe(route):
            if route.request.method == "PUT" and len(let_through) >= pages:
                return route.abort()
            let_through.append(route.request.url)
            return route.continue_()

        somebody.page.route("**/v/reseal/**", maybe)

    def chooses(self, somebody, who):
        """Up to the last button: the phrase is typed, and the new one is kept."""
        somebody.open("/mine/keys/key/").page.get_by_label("Your phrase, as it is now").fill(PHRASES[who])
        somebody.press("Go on")
        return new_keys(somebody)[0]

    def test_a_page_written_meanwhile_is_not_lost(self, screen, full):
        """Another device of Kas writes while this one seals: it is told, and the next press takes the new page too."""
        kas, wrote = screen("Kas", at=full), []
        phrase = self.chooses(kas, "Kas")

        def meanwhile(route):
            if route.request.method == "POST" and not wrote:
                wrote.append(told_by(full, WRITES_ONE_PAGE))
            return route.continue_()

        kas.page.route("**/mine/keys/key/", meanwhile)
        kas.expected.append("Failed to load resource: the server responded with a status of 409 (Conflict)")
        kas.press("Change my key").sees("Something was written meanwhile. Please press the button again.")
        kas.check_accessibility()
        kas.press("Change my key").sees("The old one opens nothing any more")
        page = kept_for(full, "Kas")["pages"]["shelf 0"]
        assert opens(page, identity_of(kas, phrase)).strip() == b"written meanwhile"

    def test_an_answer_lost_on_its_way_is_noticed(self, screen, full):
        """The server changed the key, and the phone never heard. Pressed again, it finds out by asking."""
        rosa = screen("Rosa", at=full)
        phrase = self.chooses(rosa, "Rosa")

        def lost(route):
            if route.request.method != "POST":
                return route.continue_()
            route.fetch(max_redirects=0)
            return route.abort()

        rosa.page.route("**/mine/keys/key/", lost)
        rosa.expected.append("Failed to load resource: net::ERR_FAILED")
        rosa.press("Change my key").sees("There is no connection just now.")
        rosa.press("Change my key").sees("The old one opens nothing any more")
        assert identity_of(rosa, phrase)


WRITES_ONE_PAGE = """
from peerwork.site.commands.house import wake; wake()
import pyrage
from peerwork.people.members.models import Person
from peerwork.people.vault import shelf
ash = Person.objects.get(name="Kas")
page = shelf.read(ash, [0])[0]
to = [pyrage.x25519.Recipient.from_str(ash.key.recipient)]
shelf.write(ash, 0, pyrage.encrypt(b"written meanwhile".ljust(2048), to), over=page.mark)
"""


class TestAFriendsCode:
    def test_it_brings_everything_back_beside_a_second_paper(self, screen):
        """Tran lost the phrase and the code. Ash gives her word, Kim prints a paper, a friend reads out a code."""
        tran = screen("Tran").open("/mine/keys/").follow("A code a friend keeps")
        tran.check_accessibility()
        tran.sees("The friend's code alone opens nothing.")
        code = tran.page.locator("[data-new]:not(:empty)").inner_text()
        assert re.fullmatch(r"(\w{4}-){5}\w{4}", code)
        sent = everything_sent(tran)
        tran.page.get_by_label("My friend has the code").check()
        tran.page.get_by_label("Your phrase").fill("not my phrase at all no")
        tran.press("Let this code help me back in").sees("That is not your phrase as it is now.")
        tran.page.get_by_label("Your phrase").fill(PHRASES["Tran"])
        tran.press("Let this code help me back in").sees("Somebody keeps a code for you.")
        tran.check_accessibility()
        old = identity_of(tran, PHRASES["Tran"])

        alone = screen().open("/recover/")
        alone.expected = [NOT_FOUND]
        alone.page.get_by_label("Your code").fill(code)
        alone.press("Go on").sees("That code opens nothing here.")

        ash, kim = screen("Ash"), screen("Kim")
        ash.open("/mine/vouch/").page.get_by_label("The name they chose here").fill("tran")
        ash.page.get_by_label("I have spoken with them").check()
        ash.press("Give my word")
        words = (
            kim.open("/run/welcome/")
            .press("Print a new paper")
            .page.locator(".paper-slip .words")
            .inner_text()
        )

        back = screen().open("/join/")
        sent_back = everything_sent(back)
        back.expected = [NOT_FOUND]
        back.page.get_by_label("six words").fill(words)
        back.press("Go on").sees("This paper opens nothing that was sealed to you.").check_accessibility()
        phrase, paper_code = new_keys(back)
        friend = back.page.get_by_label("The code a friend keeps for you")
        friend.fill("2222-2222-2222-2222-2222-2222")
        back.press("Come in").sees("That code opens nothing here.").check_accessibility()
        friend.fill(f" {code.upper().replace('-', ' ')} ")
        back.press("Come in").sees("Good to have you here, Tran")
        back.open("/mine/keys/")
        assert identity_of(back, phrase) == old

        everything = unquote_plus("\n".join(sent + sent_back)).lower()
        assert words in everything  # what is meant to be sent is seen here,
        for secret in (code, code.replace("-", ""), phrase, paper_code):
            assert secret not in everything  # and no code is
        assert "age-secret-key" not in everything


PASSKEYS = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True, "hasPrf": True,
}  # fmt: skip

# Every value a passkey gives on this page is written down beside the page, for the test alone.
WRITES_DOWN_WHAT_A_DEVICE_GIVES = """
    const seen = globalThis.seen = { created: [], asked: [], values: [] };
    const { create, get } = CredentialsContainer.prototype;
    const two = (byte) => byte.toString(16).padStart(2, '0');
    const hex = (given) => Array.from(new Uint8Array(given.buffer ?? given), two).join('');
    const note = (found) => {
        const given = found.getClientExtensionResults().prf?.results?.first;
        if (given) seen.values.push(hex(given));
        return found;
    };
    CredentialsContainer.prototype.create = function (options) {
        seen.created.push(hex(options.publicKey.extensions.prf.eval.first));
        return create.call(this, options).then(note);
    };
    CredentialsContainer.prototype.get = function (options) {
        const prf = options.publicKey.extensions?.prf;
        seen.asked.push(prf ? hex(prf.eval.first) : 'nothing');
        return get.call(this, options).then(note);
    };
"""


def everything_sent(screen):
    sent = []
    screen.context.on(
        "request", lambda request: sent.append(f"{request.url}\n{request.headers}\n{request.post_data or ''}")
    )
    return sent


# What WebAuthn calls it, as the name of a field or of a part of JSON. Three letters alone turn up in any base64.
NAMES_IT = re.compile(r"""["']prf\\*["']|(?:^|[?&])prf[=\[]""", re.IGNORECASE | re.MULTILINE)
CARELESS = json.dumps({"clientExtensionResults": {"prf": {"enabled": True}}})


@pytest.mark.parametrize(
    "sent",
    [CARELESS, json.dumps({"answer": CARELESS}), "one=1&prf=x", "https://x/?prf[results]=x", "{}\nprf=x"],
)
def test_its_name_is_found_in_whatever_is_sent(sent):
    assert NAMES_IT.search(sent)
    assert NAMES_IT.search(unquote_plus(quote_plus(sent)))


def written_in_any_way(hexadecimal):
    """32 bytes, as they might stand in a request."""
    content = bytes.fromhex(hexadecimal)
    plain = base64.b64encode(content).decode()
    return {
        hexadecimal, plain.rstrip("="), plain.replace("+", "-").replace("/", "_").rstrip("="),
        ",".join(str(byte) for byte in content), _age_identity(content),
    }  # fmt: skip


class TestAPasskeyThatOpens:
    def with_a_device(self, somebody, **options):
        device = somebody.context.new_cdp_session(somebody.page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEYS | options})
        return somebody

    def adds(self, somebody, who):
        somebody.open("/mine/keys/")
        somebody.page.get_by_label("What do you call this device?").fill("my phone")
        somebody.page.get_by_label("Your phrase").fill(PHRASES[who])
        return somebody.press("Add a passkey")

    def test_what_opens_the_key_is_in_no_request(self, chromium, house):
        """Rosa's own phone. Everything it sends is read, as a tapped server would."""
        rosa = self.with_a_device(Screen(chromium, house))
        rosa.sign_in(PHRASES["Rosa"], rest="8 hours")
        rosa.page.add_init_script(WRITES_DOWN_WHAT_A_DEVICE_GIVES)
        sent = everything_sent(rosa)
        self.adds(rosa, "Rosa").sees("It can open what is sealed to you, too").check_accessibility()
        first = rosa.page.evaluate("globalThis.seen")
        rosa.page.evaluate(
            "globalThis.addEventListener('pagehide', () => { sessionStorage.seen = JSON.stringify(seen); })"
        )
        rosa.press("Let it open what is sealed, too").sees("open what is sealed to you.")
        rosa.sees("opens what is sealed, too").check_accessibility()
        seen = json.loads(rosa.page.evaluate("sessionStorage.seen"))
        rosa.page.evaluate("sessionStorage.clear()")

        salt = rosa.page.locator("script[data-salt]").first.get_attribute("data-salt")
        assert seen["asked"] == [hashlib.sha256(f"peerwork/1 open|{salt}".encode()).hexdigest()]
        assert first["created"][0] not in seen["asked"]  # made for bytes that nobody keeps
        assert len(seen["values"]) >= 1  # there is something to leak,
        everything = "\n".join(sent) + unquote_plus("\n".join(sent))
        assert "my phone" in everything
        for value in [*seen["values"], *seen["created"], *seen["asked"]]:
            for written in written_in_any_way(value):
                assert written not in everything  # and it does not
        assert not NAMES_IT.search(everything)  # nor does its name

        # What it gives opens the key, and the key is Rosa's
        told = rosa.page.evaluate("fetch('/v/key/').then((answer) => answer.json())")
        (wrap,) = told["passkeys"]
        opener = _age_identity(bytes.fromhex(seen["values"][-1]))
        key = opens(base64.b64encode(from_armor(wrap["locked"])).decode(), opener).decode().strip()
        assert key == identity_of(rosa, PHRASES["Rosa"])

        # Signing in with it asks for no such value
        rosa.open("/mine/").press("Sign out")
        rosa.open("/sign-in/").press("Use this device's passkey")
        rosa.page.get_by_role("heading", name="Today").wait_for()
        rosa.check_nothing_went_wrong()
        rosa.close()

    def test_signing_in_asks_the_device_for_nothing_more(self, screen):
        sam = self.with_a_device(screen("Sam"))
        self.adds(sam, "Sam").sees("This device can now sign you in")
        sam.open("/mine/").press("Sign out")
        sam.page.add_init_script(WRITES_DOWN_WHAT_A_DEVICE_GIVES)
        sam.open("/sign-in/")
        sam.page.evaluate(
            "globalThis.addEventListener('pagehide', () => { sessionStorage.seen = JSON.stringify(seen); })"
        )
        sam.press("Use this device's passkey").page.get_by_role("heading", name="Today").wait_for()
        assert json.loads(sam.page.evaluate("sessionStorage.seen")) == {
            "created": [],
            "asked": ["nothing"],
            "values": [],
        }

    def test_on_a_shared_phone_it_is_not_offered(self, screen):
        kas = self.with_a_device(screen("Kas"))
        self.adds(kas, "Kas").sees("This device can now sign you in.")
        assert kas.page.locator("#offer").count() == 0

    def test_a_device_that_cannot_is_not_asked(self, screen):
        kas = self.with_a_device(screen(), hasPrf=False)
        kas.sign_in(PHRASES["Bel"], rest="8 hours")
        self.adds(kas, "Bel").sees("This device can now sign you in.")
        kas.sees("my phone")
        assert not kas.page.get_by_text("opens what is sealed, too").is_visible()

    def test_whoever_says_no_has_a_passkey_that_signs_in(self, screen):
        otis = self.with_a_device(screen(viewport=DESK))
        otis.sign_in(PHRASES["Otis"], rest="8 hours")
        self.adds(otis, "Otis").follow("No, it only signs me in").sees("This device can now sign you in.")
        assert otis.page.evaluate("fetch('/v/key/').then((answer) => answer.json())")["passkeys"] == []


def test_the_browser_and_the_server_make_the_same_signing_key(screen):
    vectors = json.loads((Path(vault.__file__).parent / "vectors.json").read_text())
    page = screen().open("/sign-in/").page
    for said in vectors["signing"]:
        made = page.evaluate(
            "async (key) => (await import(document.querySelector('script[data-worker]').dataset.keys)).signerOf(key)",
            said["identity"],
        )
        assert made == said["signer"]
