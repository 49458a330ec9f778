"""Rosa lets her own phone ring though the page is closed.

The last step is the maker's: no browser here reaches a push service. So what a service would give and deliver is put in
its place by the browser's own tools, and everything else is real: the permission, the worker, the house, what shows.
"""

import pytest

from tests.journeys.browser import QUIETLY, WHOLE_CHROMIUM
from tests.journeys.conftest import PHRASES
from tests.journeys.on_the_line import unfolds
from tests.journeys.test_themes import in_the_house
from tests.test_kept_running import wait_until

CLOSED = "When this page is closed"
PLACE = "https://fcm.googleapis.com/fcm/send/a-place-to-knock-at"
NO_SERVICE = (
    "Chrome currently does not support the Push API in incognito mode (https://crbug.com/41124656). There is "
    "deliberately no way to feature-detect this, since incognito mode needs to be undetectable by websites."
)
# As a browser that reaches its service would answer.
A_SERVICE = """(place) => {
  let bell = null;
  const made = () => ({ endpoint: place, unsubscribe: async () => { bell = null; return true; } });
  PushManager.prototype.getSubscription = async () => bell;
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    if (applicationServerKey.length !== 87) throw new Error("no key");
    return bell = made();
  };
}"""
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({ title, body, tag, data, icon }) => ({ title, body, tag, data, icon }))"""
TAPPED = """async () => {
  const [shown] = await registration.getNotifications(), opened = [];
  Object.defineProperty(clients, "openWindow", { value: async (where) => opened.push(where), configurable: true });
  const tap = new NotificationEvent("notificationclick", { notification: shown });
  dispatchEvent(tap);
  for (let tries = 0; !opened.length && tries < 50; tries += 1) await new Promise((done) => setTimeout(done, 20));
  return { opened, left: (await registration.getNotifications()).length };
}"""
LISTENS = """() => {
  const real = registration.showNotification.bind(registration);
  self.shown = [];
  Object.defineProperty(registration, "showNotification", {
    value: async (name, how) => { await real(name, how); self.shown.push(how); },
  });
}"""
BELLS = """
from peerwork.support.line.roster.models import Bell
print(sorted((bell.person.name, bell.endpoint) for bell in Bell.objects.all()))
"""


@pytest.fixture(scope="module")
def chromium(chromium):
    """The whole browser: the other has no notices to show."""
    whole = chromium.browser_type.launch(executable_path=WHOLE_CHROMIUM, args=QUIETLY)
    yield whole
    whole.close()


@pytest.fixture
def rosa(screen):
    rosa = screen()
    rosa.context.grant_permissions(["notifications"], origin=rosa.house.address)
    return rosa


def on_her_own_phone(rosa):
    rosa.sign_in(PHRASES["Rosa"], rest="14 days").page.evaluate(
        "navigator.serviceWorker.ready.then(() => true)"
    )
    return rosa


class Knocks:
    """What the service would do with an empty knock of ours."""

    def __init__(self, somebody):
        self.at, self.there = somebody.house.address, somebody.context.new_cdp_session(somebody.page)
        self.workers = []
        self.there.on(
            "ServiceWorker.workerRegistrationUpdated", lambda said: self.workers.extend(said["registrations"])
        )
        self.there.send("ServiceWorker.enable")

    def knock(self):
        worker = self.workers[-1]["registrationId"]
        self.there.send(
            "ServiceWorker.deliverPushMessage", {"origin": self.at, "registrationId": worker, "data": ""}
        )


def shown(somebody, many=1):
    for _tries in range(50):
        found = somebody.page.evaluate(SHOWN)
        if len(found) == many:
            break
        somebody.page.wait_for_timeout(100)
    return found


def test_rosa_lets_her_own_phone_ring_and_lets_it_be_again(rosa):
    rosa.page.add_init_script(f"({A_SERVICE})({PLACE!r})")
    on_her_own_phone(rosa).open("/line/on/")
    unfolds(rosa, CLOSED).press("Ring this device even when the page is closed")
    rosa.sees("This device rings while you are on.").check_accessibility()
    assert in_the_house(rosa.house, BELLS).strip() == f"[('Rosa', '{PLACE}')]"
    rosa.press("Do not ring this device any more").page.get_by_role(
        "button", name="Ring this device even when the page is closed"
    ).wait_for()
    assert in_the_house(rosa.house, BELLS).strip() == "[]"


def test_where_no_service_is_reached_rosa_is_told_and_nothing_is_kept(rosa):
    rosa.expected = [NO_SERVICE]
    on_her_own_phone(rosa).open("/line/me/")
    unfolds(rosa, CLOSED).press("Ring this device even when the page is closed")
    rosa.sees("Your browser gave us no place to knock at.").check_accessibility()
    assert in_the_house(rosa.house, BELLS).strip() == "[]"


def test_on_a_shared_phone_it_is_not_offered(screen):
    rosa = unfolds(screen("Rosa").open("/line/on/"), CLOSED).sees(
        "Only on a phone you said is yours when you signed in."
    )
    assert not rosa.page.get_by_role("button", name="Ring this device even").is_visible()


def test_a_knock_shows_the_name_of_the_network_and_nothing_else_and_opens_the_page(rosa):
    on_her_own_phone(rosa).page.wait_for_timeout(300)
    phone = Knocks(rosa)
    rosa.page.wait_for_timeout(300)
    assert shown(rosa, 0) == []
    phone.knock()
    (one,) = shown(rosa)
    name = rosa.page.locator(".top-name").inner_text()
    assert one == {"title": name, "body": "", "tag": "knock", "data": None, "icon": ""}
    phone.knock()
    assert len(shown(rosa)) == 1  # the second takes the place of the first
    (worker,) = rosa.context.service_workers
    assert worker.evaluate(TAPPED) == {"opened": ["/line/on/"], "left": 0}


def test_where_the_page_is_open_that_rings_and_the_notice_goes_at_once(rosa):
    """A knock that shows nothing is counted against us: after three, Apple's service takes the bell away."""
    on_her_own_phone(rosa).open("/line/on/").page.locator("[data-duty].when").wait_for()
    phone = Knocks(rosa)
    rosa.page.wait_for_timeout(300)
    (worker,) = rosa.context.service_workers
    worker.evaluate(LISTENS)
    phone.knock()
    assert wait_until(lambda: rosa.page.wait_for_timeout(50) or worker.evaluate("self.shown.length"))
    assert worker.evaluate("self.shown") == [{"tag": "knock", "renotify": True, "silent": True}]
    assert shown(rosa, 0) == []
    rosa.open("/")
    phone.knock()
    assert len(shown(rosa)) == 1
    rosa.open("/line/on/").page.locator("[data-bell]").wait_for()
    assert shown(rosa, 0) == []  # whoever is there has heard it
