"""Take the pictures in the README, from a running demo network. Use: make pictures"""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from peerwork.site.demo.script import phrases
from tests.journeys.browser import CHROMIUM, DESK, PHONE, QUIETLY, House, a_house

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
PHRASES = phrases()
PICTURES = (
    ("today-phone-light", "Ash", PHONE, "light", "/", None),
    ("gathering-phone-dark", "Ash", PHONE, "dark", "/", "Friday group"),
    ("quarter-desk-light", "Kim", DESK, "light", "/run/quarters/", None),
)


def take(browser, house: House, name, who, size, theme, path, link) -> None:
    context = browser.new_context(
        viewport=size, color_scheme=theme, locale="en-AU", timezone_id="Australia/Melbourne"
    )
    page = context.new_page()
    page.goto(f"{house.address}/sign-in/")
    page.get_by_label("Your phrase").fill(PHRASES[who])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Today").wait_for()
    page.goto(house.address + path)
    if link:
        page.get_by_role("link", name=link).first.click()
    elif path.endswith("quarters/"):
        page.get_by_role("main").get_by_role("link").first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        a_house(Path(folder) / "data") as house,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        for picture in PICTURES:
            take(browser, house, *picture)
        browser.close()


if __name__ == "__main__":
    main()
