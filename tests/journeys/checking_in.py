"""What somebody does who checks in, and what they see then."""

from tests.journeys.vaults import open_as_before

ADDRESS = "/mine/check-in/"
HARD = {"I was paid fairly": "A little", "I was safe": "Very much", "I have something left": "Not at all"}
GOOD = {
    "I was paid fairly": "Quite a lot",
    "I have something left": "Very much",
    "The work has felt heavy": "Not at all",
}
MET = "Failed to load resource: the server responded with a status of 412 (Precondition Failed)"
# The module a page has loaded, whatever name it is served under.
MODULE = """(name) => import(performance.getEntriesByType("resource").map(({ name }) => name)
    .find((url) => url.includes(`/${name}.`)))"""


def opened(somebody, who):
    return ready(open_as_before(somebody, who, at=ADDRESS))


def ready(somebody):
    """What is kept has been read, and something can be added to it."""
    somebody.page.locator("#check button:enabled", has_text="Keep it").wait_for()
    return somebody


def answer(somebody, answers):
    for question, said in answers.items():
        group = somebody.page.get_by_role("group", name=question)
        group.get_by_label(said, exact=True).check()
    return somebody


def check_in(somebody, answers):
    return answer(somebody, answers).press("Keep it").sees("It is kept")


def dots(somebody, question):
    """How many points the line of a question has."""
    line = somebody.page.locator(".check-in-line", has_text=question)
    return sum(path.get_attribute("d").count("M") for path in line.locator(".dots, .newest").all())


def table(somebody, name):
    """The rows of the table of a group, as it is read."""
    group = somebody.page.locator(
        "[data-groups] > section", has=somebody.page.get_by_role("heading", name=name)
    )
    group.locator("details").evaluate("(details) => { details.open = true; }")
    rows = group.get_by_role("row").all()
    return [[cell.inner_text() for cell in row.locator("th, td").all()] for row in rows]


def kept_by(somebody):
    """What is in the vault, as its owner can read it."""
    somebody.page.evaluate(f"async () => {{ window.vaults = await ({MODULE})('open'); }}")
    return somebody.page.evaluate(
        """async () => {
            const vault = await new Promise(vaults.whenOpen), pages = await vault.readAll("checkins");
            return [...pages].flatMap(([section, { body }]) => body.checks.map((check) => ({ section, ...check })));
        }"""
    )


def stands_in(somebody, place):
    return somebody.page.locator(f"{place} #people").count() == 1
