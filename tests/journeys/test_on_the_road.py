"""A cracked phone, 200 MB left, and no network on the bus."""

import socket
from urllib.parse import urlencode, urlsplit

from peerwork.site.demo.script import phrases
from tests.journeys.conftest import same_person

MOST_BYTES, MOST_REQUESTS = 60_000, 8
PHRASES = phrases()


def first_load(chromium, house, cookies, path):
    """Bytes over the wire and requests of a first visit with an empty cache, as the browser's network counts them."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    context.add_cookies(cookies)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes, asked = [], []
    network.on("Network.loadingFinished", lambda said: sizes.append(said["encodedDataLength"]))
    network.on("Network.requestWillBeSent", lambda said: asked.append(said["request"]["url"]))
    page.goto(house.address + path)
    page.wait_for_load_state("networkidle")
    context.close()
    assert all(url.startswith(house.address) for url in asked)
    return sum(sizes), len(asked)


def test_today_is_light(screen, chromium, house):
    weight, requests = first_load(chromium, house, screen("Ash").context.cookies(), "/")
    print(f"Today: {weight} bytes in {requests} requests")
    assert weight <= MOST_BYTES
    assert requests <= MOST_REQUESTS


def test_every_hot_page_is_light(screen, chromium, house):
    cookies = screen("Jude").context.cookies()
    for path in ("/together/", "/run/", "/mine/", "/held/"):
        weight, requests = first_load(chromium, house, cookies, path)
        print(f"{path}: {weight} bytes in {requests} requests")
        assert weight <= MOST_BYTES
        assert requests <= MOST_REQUESTS


def test_the_door_needs_more_because_keys_are_made_there(screen, chromium, house):
    weight, requests = first_load(chromium, house, [], "/sign-in/")
    print(f"/sign-in/: {weight} bytes in {requests} requests")
    assert weight <= 120_000


def wait_for_the_copy(somebody):
    somebody.page.evaluate("navigator.serviceWorker.ready")
    somebody.page.wait_for_timeout(500)
    somebody.page.reload()
    somebody.page.wait_for_timeout(500)


def three_taps(somebody, *answers):
    for answer in answers or ("Twenty minutes", "Some", "With somebody"):
        somebody.page.get_by_label(answer, exact=True).check()


def visible_options(somebody):
    return [option for option in somebody.page.locator("[data-length]").all() if option.is_visible()]


def test_three_taps_show_a_few_things_to_do_and_nobody_is_told(screen):
    sam = screen("Sam").open("/").follow("What can I do now?").sees("Three taps")
    sam.page.wait_for_load_state("networkidle")
    assert visible_options(sam) == []
    asked = len(sam.requests)
    three_taps(sam, "Five minutes", "Hardly any", "Alone")
    first = [option.inner_text() for option in visible_options(sam)]
    assert len(first) == 3
    sam.press("Show me others")
    assert not set(first) & {option.inner_text() for option in visible_options(sam)}
    sam.check_accessibility()
    assert len(sam.requests) == asked  # nothing was sent,
    assert sam.page.url.endswith("/now/")  # nothing stands in the address,
    assert (
        sam.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []
    )  # or on the phone.


def test_three_taps_work_with_no_javascript_too(screen, chromium):
    with same_person(screen("Sam"), chromium, java_script_enabled=False) as sam:
        sam.open("/now/")
        assert visible_options(sam) == []
        three_taps(sam, "Five minutes", "Hardly any", "With somebody")
        assert len(visible_options(sam)) == 3
        three_taps(sam, "An hour, or so", "Some", "With somebody")
        assert len(visible_options(sam)) > 6


def test_on_my_own_phone_today_and_my_seats_open_with_no_network(screen):
    ash = screen().sign_in(PHRASES["Ash"], rest="14 days")
    wait_for_the_copy(ash)
    ash.context.set_offline(True)
    ash.expected = ["Failed to load resource: net::ERR_INTERNET_DISCONNECTED"]
    ash.page.reload()
    ash.sees("Where I am expected").sees("Your seat")
    ash.follow("What can I do now?").sees("Three taps")
    three_taps(ash)
    assert visible_options(ash)
    ash.open("/mine/").sees("This page is not kept on your phone")
    ash.context.set_offline(False)
    ash.open("/mine/").press("Sign out")
    ash.page.wait_for_timeout(500)
    assert ash.page.evaluate("caches.keys()") == []
    assert ash.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_on_a_shared_phone_nothing_is_kept(screen):
    kas = screen("Kas")
    kas.page.wait_for_timeout(1000)
    assert kas.page.evaluate("caches.keys()") == []
    assert kas.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_it_can_be_put_on_the_first_screen_under_a_neutral_name(screen, house):
    stranger = screen().open("/")
    address = stranger.page.locator("link[rel=manifest]").get_attribute("href")
    said = stranger.context.request.get(house.address + address).json()
    assert (said["name"], said["display"], said["start_url"]) == ("Corner", "standalone", "/")
    assert stranger.context.request.get(house.address + said["icons"][0]["src"]).status == 200


def test_half_a_form_from_a_tunnel_is_not_taken_for_a_whole_one(screen, house):
    """The phone announces a form, sends the first half of it, and is gone."""
    tran = screen("Tran").open("/mine/name/")
    field = 'input[name="csrfmiddlewaretoken"]'
    form = urlencode(
        {"csrfmiddlewaretoken": tran.page.locator(field).last.input_value(), "name": "Tran the Great"}
    )
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in tran.context.cookies())
    where = urlsplit(house.address)
    head = (
        f"POST /mine/name/ HTTP/1.1\r\nHost: {where.netloc}\r\nCookie: {cookies}\r\nOrigin: {house.address}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n"
    )
    with socket.create_connection((where.hostname, where.port), timeout=10) as line:
        line.sendall((head + form[: -len(" the Great")]).encode())
        line.shutdown(socket.SHUT_WR)
        answer = line.recv(400).decode(errors="replace")
    assert not answer.startswith("HTTP/1.1 302")
    assert tran.open("/mine/name/").page.get_by_label("What shall we call you?").input_value() == "Tran"
