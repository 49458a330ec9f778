"""What seals a talk, in a real browser: the very modules of the page, asked by themselves."""

import pytest

from tests.journeys.on_the_line import on_call, put_on_duty

BEGIN = """
    const moment = () => new Promise((done) => setTimeout(done, 50));
    const isIt = (name) => (url) => url.includes(`/line/${name}.`);
    const bring = async (name) => {
        for (;;) {
            const url = performance.getEntriesByType("resource").map((one) => one.name).find(isIt(name));
            if (url) return import(url);
            await moment();
        }
    };
    const { keysOf, newPair, open, pieces, seal, unpieced } = await bring("sealing");
    const [ash, sam, other] = [await newPair(), await newPair(), await newPair()];
    const asks = await keysOf({ ...ash, theirs: sam.key, side: "asks" });
    const answers = await keysOf({ ...sam, theirs: ash.key, side: "answers" });
    const opens = (key, sealed) => open(key, sealed).then(() => true, () => false);
"""
# Two who compare words, with somebody between them who may change what goes over.
COMPARE = """
    const { compareWords } = await bring("words");
    const compared = (common, between = (said) => said) => new Promise((done) => {
        const heard = { asks: [], answers: [] }, shown = {};
        const side = (name, other) => {
            const talk = {
                side: name, common: common[name], on: (_, work) => heard[name].push(work),
                send: async (said) => {
                    for (const work of heard[name]) work(said, true);
                    for (const work of heard[other]) work(between(structuredClone(said)), false);
                },
            };
            const show = (words) => {
                shown[name] = words ?? "none";
                if (Object.keys(shown).length === 2) done(shown);
            };
            return () => compareWords(talk, show, false);
        };
        const [one, two] = [side("asks", "answers"), side("answers", "asks")];
        one();
        two();
    });
"""


@pytest.fixture
def page(screen, house):
    put_on_duty(house, "Rosa")
    rosa = on_call(screen("Rosa"))
    return rosa.page


def asked(page, code):
    return page.evaluate(f"async () => {{ {BEGIN} {code} }}")


def test_only_the_other_side_opens_it_and_only_whole(page):
    found = asked(
        page,
        """
        const between = await keysOf({ ...other, theirs: ash.key, side: "answers" });
        const [piece] = pieces({ kind: "words", text: "a long night" }), sealed = await seal(asks.mine, 1, piece);
        const bent = sealed.slice(0, 40) + (sealed[40] === "A" ? "B" : "A") + sealed.slice(41);
        const keys = [answers.theirs, between.theirs, answers.mine];
        return [...await Promise.all(keys.map((key) => opens(key, sealed))), await opens(answers.theirs, bent)];
        """,
    )
    assert found == [True, False, False, False]


def test_all_pieces_are_of_one_size_and_come_together_again(page):
    sizes, text = asked(
        page,
        """
        const words = ["", "short", "über ".repeat(900)].map((text) => ({ kind: "words", text }));
        const all = words.map(pieces);
        const sealed = await Promise.all(all.flat().map((piece, at) => seal(asks.mine, at, piece)));
        const last = all[2].map(unpieced), bytes = new Uint8Array(last.flatMap(({ said }) => [...said]));
        return [[...new Set(sealed.map(({ length }) => length))], JSON.parse(new TextDecoder().decode(bytes)).text];
        """,
    )
    assert len(sizes) == 1
    assert text == "über " * 900


def test_the_words_are_the_same_unless_somebody_stands_between(page):
    same, apart, changed = asked(
        page,
        COMPARE
        + """
        const stranger = (await keysOf({ ...other, theirs: ash.key, side: "answers" })).common;
        const honest = { asks: asks.common, answers: answers.common };
        const turned = (text) => text.split("").reverse().join("");
        const change = (said) => said.step === "open" ? { ...said, draw: turned(said.draw) } : said;
        const apart = { asks: stranger, answers: answers.common };
        return [await compared(honest), await compared(apart), await compared(honest, change)];
        """,
    )
    assert same["asks"] == same["answers"]
    assert len(same["asks"].split()) == 4
    assert apart["asks"] != apart["answers"]
    assert changed["asks"] == "none"
