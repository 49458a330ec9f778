"""What may be asked, and what may be answered. An answer has no room for a sign of whoever gave it."""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from peerwork.voice.consultation import form as forms
from peerwork.voice.consultation import lacking, languages, questions, sections
from peerwork.voice.consultation.form import NotGood, check_pieces
from peerwork.voice.consultation.tests.written import FORM

# A busy machine is no reason to fail.
in_its_own_time = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
OPTIONS = ["pay", "time", "van", "tea"]


def compact(votes):
    return json.dumps(votes, separators=(",", ":"))


@pytest.mark.parametrize(
    "pieces",
    [
        [("paid", "yes")],
        [("safe", "5"), ("paid", "no")],
        [("next", "pay"), ("next", "tea"), ("next", "van")],
        [("said", '{"s1":1,"s2":-1}')],
        [("said", '{"s2":0}')],
        [("else:words", "More tea.")],
        [("else:words", "ش" * 200)],
    ],
)
def test_an_answer_may_leave_out_whatever_it_likes(pieces):
    check_pieces(FORM, pieces)


@pytest.mark.parametrize(
    ("pieces", "where"),
    [
        ([], ""),
        ([("other", "yes")], ""),
        ([("paid", "maybe")], "paid"),
        ([("paid", "yes"), ("paid", "no")], "paid"),
        ([("safe", "0")], "safe"),
        ([("safe", "05")], "safe"),
        ([("next", "pay")] * 2, "next"),
        ([("next", option) for option in OPTIONS], "next"),
        ([("else", "words under the wrong name")], ""),
        ([("paid:words", "words where none are asked")], ""),
        ([("else:words", "x" * 201)], "else"),
        ([("else:words", " ")], "else"),
        ([("else:words", "one\ntwo")], "else"),
        ([("else:words", "\ud800")], "else"),
        ([("said", "{}")], "said"),
        ([("said", "[]")], "said"),
        ([("said", "not json")], "said"),
        ([("said", '{"s1":2}')], "said"),
        ([("said", '{"s1":true}')], "said"),
        ([("said", '{"s1":1.0}')], "said"),
        ([("said", '{"s3":1}')], "said"),
        ([("said", '{"s1":1,"s1":1}')], "said"),
        ([("said", "[" * 2000)], "said"),
    ],
)
def test_anything_else_is_no_answer_and_says_where(pieces, where):
    with pytest.raises(NotGood) as refused:
        check_pieces(FORM, pieces)
    assert refused.value.question == where


@pytest.mark.parametrize(
    "sign", ['{"s2":-1,"s1":1}', '{"s1": 1,"s2":-1}', '{"s1":1,"s2":-1} ', '{"s1":1,"s2":-1,"s1":1}']
)
def test_the_same_votes_are_always_the_same_bytes(sign):
    """An order or a space of one's own would be as good as a name."""
    with pytest.raises(NotGood):
        check_pieces(FORM, [("said", sign)])


words = some.text(
    alphabet=some.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=200
)
an_answer = some.fixed_dictionaries(
    {},
    optional={
        "paid": some.sampled_from(["yes", "no"]).map(lambda one: [one]),
        "safe": some.sampled_from(list("12345")).map(lambda one: [one]),
        "next": some.lists(some.sampled_from(OPTIONS), unique=True, min_size=1, max_size=3),
        "said": some.lists(some.sampled_from([1, 0, -1]), min_size=1, max_size=2).map(
            lambda votes: [compact(dict(zip(["s1", "s2"], votes, strict=False)))]
        ),
        "else:words": words.filter(str.strip).map(lambda one: [one]),
    },
).filter(bool)


@in_its_own_time
@given(an_answer, some.randoms())
def test_whatever_can_be_ticked_is_taken_in_any_order_and_fits_into_its_place(answer, chance):
    pieces = [(name, one) for name, all_ in answer.items() for one in all_]
    chance.shuffle(pieces)
    check_pieces(FORM, pieces)
    written = json.dumps(pieces, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(written) <= lacking.largest_answer(FORM) + 2


@in_its_own_time
@given(some.lists(some.tuples(some.text(max_size=12), some.text(max_size=40)), max_size=8))
def test_whatever_else_is_sent_is_refused_and_breaks_nothing(pieces):
    with pytest.raises(NotGood):
        check_pieces(FORM, pieces)


@in_its_own_time
@given(some.sampled_from(["paid", "safe", "next", "said", "else:words"]), some.text(max_size=300))
def test_any_text_under_a_name_that_is_asked_is_taken_or_refused_and_breaks_nothing(name, answer):
    with suppress(NotGood):
        check_pieces(FORM, [(name, answer)])


class TestCodes:
    def test_a_code_is_no_word_and_names_nothing_else(self):
        drawn = {forms.new_code() for _time in range(500)}
        assert len(drawn) > 490
        assert all(forms.CODE.fullmatch(code) and not set(code) & set("aeiou") for code in drawn)

    def test_other_words_leave_the_codes_as_they_are(self):
        options = [{"code": "yes", "text": {"en": "Always"}}, {"code": "", "text": {"en": "Sometimes"}}]
        new = questions.change(FORM, "paid", text={"en": "Are meetings paid?"}, options=options, most=2)
        asked = questions.find(new, "paid")
        assert asked["options"][0] == {"code": "yes", "text": {"en": "Always"}}
        assert asked["options"][1]["code"] not in {"", "no"}
        assert questions.find(FORM, "paid")["text"]["en"] == "Are you paid for meetings?"

    def test_what_asks_for_something_else_is_a_new_question(self):
        options = FORM["sections"][0]["questions"][0]["options"]
        new = questions.change(
            FORM, "paid", is_new=True, text={"en": "Are you paid?"}, options=options, most=1
        )
        assert "paid" not in {question["code"] for question in forms.questions(new)}
        assert len(forms.questions(new)) == len(forms.questions(FORM))


class TestMoving:
    def test_a_question_moves_past_the_end_of_its_part_into_the_next(self):
        down = questions.move(FORM, "next", by=1)
        assert [question["code"] for question in down["sections"][1]["questions"]] == ["next", "said", "else"]
        assert questions.move(down, "next", by=-1) == FORM

    @pytest.mark.parametrize(("code", "by"), [("paid", -1), ("else", 1)])
    def test_at_the_very_end_it_stays(self, code, by):
        assert questions.move(FORM, code, by=by) == FORM

    def test_a_part_moves_with_all_that_is_in_it(self):
        assert [section["code"] for section in sections.move(FORM, "think", by=-1)["sections"]] == [
            "think",
            "work",
        ]
        assert sections.move(FORM, "work", by=-1) == FORM

    @in_its_own_time
    @given(
        some.lists(
            some.tuples(
                some.sampled_from(["paid", "safe", "next", "said", "else"]), some.sampled_from([1, -1])
            )
        )
    )
    def test_moving_loses_nothing(self, moves):
        form = FORM
        for code, by in moves:
            form = questions.move(form, code, by=by)
        assert sorted(map(compact, forms.questions(form))) == sorted(map(compact, forms.questions(FORM)))


class TestLanguages:
    def test_a_language_runs_its_own_way(self):
        assert [(tongue.name, tongue.dir) for tongue in languages.of(FORM)] == [
            ("English", "ltr"),
            ("العربيّة", "rtl"),
        ]

    def test_where_a_language_is_missing_the_first_one_speaks(self):
        assert forms.text({"en": "Tea", "ar": "شاي"}, "ar") == "شاي"
        assert forms.text({"en": "Tea", "ar": ""}, "ar") == "Tea"
        assert forms.text({}, "ar") == ""

    def test_a_language_that_goes_takes_its_texts_along_and_the_last_one_stays(self):
        english = languages.remove(FORM, "ar")
        assert english["languages"] == ["en"]
        assert '"ar"' not in compact(english)
        assert languages.remove(english, "en") == english

    def test_four_are_the_most(self):
        form = FORM
        for code in ("vi", "tr"):
            form = languages.add(form, code)
        with pytest.raises(sections.NoRoom):
            languages.add(form, "so" if "so" in languages.all_known() else "pl")


class TestWhatIsLacking:
    def test_a_whole_one_lacks_nothing(self):
        assert lacking.before_opening(FORM) == []

    def test_nothing_asked_is_nothing_to_open(self):
        assert [lack.says for lack in lacking.before_opening(forms.EMPTY)] == ["There is no question yet."]

    def test_what_is_said_in_one_language_is_said_in_all(self):
        third = languages.add(FORM, "vi")
        assert {lack.code for lack in lacking.before_opening(third)} == {
            "work", "think", "paid", "safe", "next", "said", "else",
        }  # fmt: skip

    def test_one_answer_is_nothing_to_choose_from(self):
        one = questions.change(
            FORM,
            "paid",
            text={"en": "Paid?", "ar": "؟"},
            most=1,
            options=[{"code": "yes", "text": {"en": "Y", "ar": "ن"}}],
        )
        assert [lack.code for lack in lacking.before_opening(one)] == ["paid"]

    def test_nobody_is_asked_for_more_than_fits(self):
        form = FORM
        for _time in range(4):
            form = questions.add(form, "think", kind="words", text={"en": "And?", "ar": "و؟"})
        assert "too much to answer" in lacking.before_opening(form)[0].says

    def test_a_stiff_question_is_pointed_out_and_a_plain_one_is_not(self):
        stiff = (
            "Which organisational supervision opportunities do addicts in your employment currently utilise?"
        )
        assert len(lacking.hints_for({"en": stiff})) == 2
        assert lacking.hints_for({"en": "Are you paid for meetings?"}) == []
        assert lacking.hints_for({"ar": "هل يُدفع لك؟"}) == []
