"""Two devices that talk aloud: each with cookies of its own, under the house's rules, with a microphone that beeps."""

import json
import re
import secrets
import time
from dataclasses import replace

from django.conf import settings
from django.template.loader import render_to_string
from django.test import override_settings

from peerwork.support.line import relay
from peerwork.support.line.pages import MAY_HEAR
from tests.journeys.browser import PHONE, QUIETLY, WHOLE_CHROMIUM, House, free_port

A_MICROPHONE = [
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
# No other thing on this machine has it, so every other address in what is said is one too many.
RELAY = "127.77.0.1"
PATIENCE = 60
AN_ADDRESS = re.compile(
    r"(?:\d{1,3}\.){3}\d{1,3}|[\w-]+\.local|(?:[\da-f]{1,4}:){3,7}[\da-f]{1,4}|::[\da-f]{1,4}\b",
    re.IGNORECASE,
)
A_FINGERPRINT = re.compile(r"(?:[\dA-F]{2}:){31}[\dA-F]{2}")

# Every connection a page makes, to be looked at from outside.
WATCHED = """
window.lines = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...how) { super(...how); window.lines.push(this); }
};
"""
BEGIN = """async (polite) => {
  const { startVoice } = await import("/static/line/voice.js");
  const listeners = [];
  window.hear = (said) => listeners.forEach((work) => work(said, false));
  const talk = { send: async (said) => window.carry(JSON.stringify(said)), on: (_kind, work) => listeners.push(work) };
  const mount = document.querySelector("[data-voice]");
  window.voice = startVoice(talk, { relay: () => window.letIn(), mount, polite });
}"""
STATS = """async () => {
  const line = window.lines.at(-1), all = line ? [...(await line.getStats()).values()] : [];
  const some = (one, names) => Object.fromEntries(names.map((name) => [name, one[name]]));
  const only = (type, ...names) => all.filter((one) => one.type === type).map((one) => some(one, names));
  return {
    state: line?.connectionState, sdp: line?.localDescription?.sdp ?? "", theirs: line?.remoteDescription?.sdp ?? "",
    out: only("outbound-rtp", "packetsSent", "bytesSent", "headerBytesSent"),
    in: only("inbound-rtp", "packetsReceived", "totalAudioEnergy"),
    local: only("local-candidate", "candidateType", "address", "url", "relatedAddress"),
    remote: only("remote-candidate", "candidateType", "address"),
    used: only("candidate-pair", "state", "nominated").filter(({ nominated }) => nominated),
  };
}"""


def addresses(text):
    """All that looks like an address. A fingerprint has colons too, and every SDP begins with the same word."""
    return set(AN_ADDRESS.findall(A_FINGERPRINT.sub("", text).replace("IN IP4 127.0.0.1", "")))


def talking_house(folder):
    """A house with a relay on this machine, and on no network."""
    house = House(folder, demo=True, PEERWORK_RELAY=f"{RELAY}:{free_port()}")
    house.start()
    return house


def credentials(house):
    memory = type(settings.OPTIONS.memory)(house.environment["PEERWORK_MEMORY"])
    with override_settings(
        OPTIONS=replace(settings.OPTIONS, relay=house.environment["PEERWORK_RELAY"], memory=memory)
    ):
        return relay.credentials(secrets.token_hex())


def with_a_microphone(chromium):
    return chromium.browser_type.launch(executable_path=WHOLE_CHROMIUM, args=[*QUIETLY, *A_MICROPHONE])


class Side:
    """One of two. What it says is kept, and carried to the other by whoever waits for something."""

    def __init__(self, browser, house, *, may_hear=True, changed=None):
        self.context = browser.new_context(viewport=PHONE)
        self.context.add_init_script(WATCHED)
        self.page, self.said, self.carried, self.troubles = self.context.new_page(), [], 0, []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on(
            "console", lambda said: self.troubles.append(said.text) if said.type == "error" else None
        )
        self.page.expose_function("carry", self._say)
        self.let_in = lambda: credentials(house)
        self.page.expose_function("letIn", self._let_in)
        self.page.route("**/sign-in/", lambda route: self._with_a_voice(route, may_hear=may_hear))
        if changed:
            self.page.route("**/voice-words.js", lambda route: self._with_other_words(route, *changed))
        self.page.goto(f"{house.address}/sign-in/")

    def _say(self, said):
        self.said.append(said)

    def _let_in(self):
        return self.let_in()

    def _with_a_voice(self, route, *, may_hear):
        """A page of the house, with its rules, and the piece for talking in it."""
        answer = route.fetch()
        body = answer.text().replace("</main>", f"{render_to_string('line/voice.html')}</main>")
        said = {"permissions-policy": MAY_HEAR} if may_hear else {}
        route.fulfill(response=answer, body=body, headers=answer.headers | said)

    def _with_other_words(self, route, plain, changed):
        text = route.fetch().text()
        assert plain in text
        route.fulfill(body=text.replace(plain, changed), content_type="text/javascript")

    def begins(self, *, polite):
        self.page.evaluate(BEGIN, polite)
        return self

    def press(self, name):
        self.page.get_by_role("button", name=name).click()

    def says(self):
        return self.page.locator("[data-voice] [data-says]").inner_text()

    def stats(self):
        return self.page.evaluate(STATS)


class Two:
    def __init__(self, one, other):
        self.both = (one, other)

    def carry(self):
        """What each said since, to the other."""
        for side, other in (self.both, self.both[::-1]):
            while side.carried < len(side.said):
                said = side.said[side.carried]
                side.carried += 1
                other.page.evaluate("(said) => window.hear(JSON.parse(said))", said)

    def until(self, true):
        until = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < until, [
                (side.says(), side.stats()["state"], side.troubles) for side in self.both
            ]
            self.carry()
            self.both[0].page.wait_for_timeout(50)

    def both_say(self, words):
        self.until(lambda: all(side.says() == words for side in self.both))

    def talk(self):
        for side in self.both:
            side.press("Talk aloud")
        self.both_say("You can hear each other.")

    def all_said(self):
        return [json.loads(said) for side in self.both for said in side.said]
