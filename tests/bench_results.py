"""What the results of a large consultation cost: 40 questions, 5,000 answers. Use: python -m tests.bench_results

Counted as every night does, from slips as they lie after the flush. CPU beside a bare Django page (bench.py).
"""

import statistics
import tempfile
from pathlib import Path

from tests.bench import ROUNDS, bare_page, cost, family, sign_in
from tests.journeys.browser import House
from tests.journeys.consulting import a_consultation, forget_what_was_asked, in_the_house, it_is_over

QUESTIONS, ANSWERS = 40, 5_000
OPTIONS = [{"code": f"o{number}", "text": {"en": f"Answer number {number}"}} for number in range(5)]
FORM = {
    "languages": ["en"],
    "sections": [
        {
            "code": f"s{part}", "title": {"en": f"Part {part}"}, "says": {},
            "questions": [
                {
                    "code": f"q{part}x{number}", "kind": "choose", "most": 1, "options": OPTIONS,
                    "text": {"en": f"Question {part}.{number}?"},
                }
                for number in range(QUESTIONS // 8)
            ],
        }
        for part in range(8)
    ],
}  # fmt: skip
ANSWER = """
import random
from peerwork.ground.postbox.models import Round, Slip, Spent
from peerwork.voice.consultation import form
number, many = said
one = Consultation.objects.get(pk=number)
there = Round.objects.get(pk=consultations.round_of(one))
Round.objects.filter(pk=there.pk).update(roster=many, drawn=many)
chance = random.Random(number)
marks = [Spent(mark=chance.randbytes(32).hex(), round=there) for _each in range(many)]
Spent.objects.bulk_create(marks, batch_size=500)
for question in form.questions(one.form):
    answers = chance.choices([option["code"] for option in question["options"]], weights=(5, 4, 3, 2, 1), k=many)
    slips = [Slip(round=there, question=question["code"], answer=said) for said in answers]
    Slip.objects.bulk_create(slips, batch_size=500)
"""


def two_years(house: House) -> str:
    """One a year ago, and one that is compared with it. Returns the number of the second."""
    forget_what_was_asked(house)
    for opens in (-400, -20):
        number = a_consultation(house, "Large", form=FORM, opens=opens)
        in_the_house(house, ANSWER, number, ANSWERS)
        it_is_over(house, number, days_ago=-opens - 16)
    return number


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        house = House(Path(name) / "data", demo=True)
        house.prepare()
        house.start()
        try:
            number = two_years(house)
            ash, pids = sign_in(house, "Ash"), family(house.process.pid)
            with bare_page(Path(name)) as (bare, bare_pids):
                report(ash, pids, bare, bare_pids, f"/consultations/{number}/results/")
        finally:
            house.stop()


def report(ash, pids, bare, bare_pids, path: str) -> None:
    first = cost(pids, lambda: ash.ask("GET", path))  # every piece is made here
    status, body = ash.ask("GET", path)
    assert status == 200, status
    ours, theirs = [], []
    for _round in range(ROUNDS):
        ours.append(cost(pids, lambda: ash.ask("GET", path)))
        theirs.append(cost(bare_pids, lambda: bare.ask("GET", "/")))
    mine, base = statistics.median(ours), statistics.median(theirs)
    print(f"bare Django, 30 rows      {base:.2f} ms")
    print(
        f"results of {QUESTIONS} × {ANSWERS}    {mine:.2f} ms, {mine / base:.2f} × bare, "
        f"{len(body)} B   (first: {first:.2f} ms)"
    )


if __name__ == "__main__":
    main()
