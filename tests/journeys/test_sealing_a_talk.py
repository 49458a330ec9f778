"""What seals a talk, in a real browser: the very modules of the page, asked by themselves."""

import pytest

from tests.journeys.on_the_line import on_call, put_on_duty

BEGIN = """
    const moment = () => new Promise((done) => setTimeout(done, 50));
    const isIt = (name) => (url) => ["line", "tokens"].some((room) => url.includes(`/static/${room}/${name}.`));
    const bring = async (name) => {
        for (;;) {
            const url = performance.getEntriesByType("resource").map((one) => one.name).find(isIt(name));
            if (url) return import(url);
            await moment();
        }
    };
    const { keysOf, newPair, open, pieces, sealer, unpieced } = await bring("sealing");
    const [ash, sam, other] = [await newPair(), await newPair(), await newPair()];
    const asks = await keysOf({ ...ash, theirs: sam.key, side: "asks" });
    const answers = await keysOf({ ...sam, theirs: ash.key, side: "answers" });
    const opens = (key, sealed) => open(key, sealed).then(() => true, () => false);
"""
# Two who compare words, with somebody between them who may change what goes over. `lost`: whose answer gets
# lost, so that it is sent again.
COMPARE = """
    const { compareWords, wordsFrom } = await bring("words");
    const compared = (common, between = (said) => said, lost = () => false) => new Promise((done) => {
        const heard = { asks: [], answers: [] }, shown = {};
        const side = (name, other) => {
            const talk = {
                side: name, common: common[name], on: (_, work) => heard[name].push(work), isOver: () => false,
                send: async (said) => {
                    for (const work of heard[other]) work(between(structuredClone(said)));
                    if (lost(said)) throw Object.assign(new Error(), { why: "offline" });
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
# One of the two, and a server in between that says to them what it likes. It says when what they send has arrived.
BETWEEN = """
    const { compareWords } = await bring("words"), { sumOf } = await bring("bytes");
    const drawn = (sign) => sign.repeat(43), sum = (text) => sumOf(new TextEncoder().encode(text));
    const facing = (side) => {
        const said = [], shown = [], works = [], arrived = [];
        const talk = {
            side, common: asks.common, isOver: () => false, on: (_, work) => works.push(work),
            send: (one) => { said.push(one); return new Promise((done) => arrived.push(done)); },
        };
        compareWords(talk, (words) => shown.push(words ?? "none"), false);
        return {
            shown, of: (step) => said.filter((one) => one.step === step),
            hears: async (one) => { works.forEach((work) => work({ kind: "check", ...one })); await moment(); },
            arrives: async () => { arrived.splice(0).forEach((done) => done()); await moment(); },
        };
    };
"""
# Two ends of a talk, in one page. What one of them sends waits in `sent`, by its box, until somebody carries it over.
TALK = """
    const { talkOf } = await bring("talk"), sent = { ash: [], sam: [] }, real = globalThis.fetch;
    let slow;
    globalThis.fetch = (address, how) => {
        const box = /asks\\/(\\w+)/.exec(address)?.[1];
        if (!box) return Promise.resolve(slow).then(() => real(address, how));
        sent[box].push({ sealed: JSON.parse(how.body).sealed });
        return Promise.resolve(new Response("{}"));
    };
    const ashes = { ...ash, theirs: sam.key, side: "asks", box: "ash" };
    const sams = { ...sam, theirs: ash.key, side: "answers", box: "sam" };
    const hearing = async () => {
        const talk = await talkOf(sams), heard = [];
        for (const kind of ["words", "missing"]) talk.on(kind, ({ text }) => heard.push(text ?? kind));
        return { talk, heard };
    };
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
        const [piece] = pieces({ kind: "words", text: "a long night" }), sealed = await sealer(asks.mine)(piece);
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
        const sealed = await Promise.all(all.flat().map(sealer(asks.mine)));
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


def test_the_words_come_though_every_answer_gets_lost_once_and_the_list_too(page):
    """And what comes back is faster than what says that ours arrived."""
    shown = asked(
        page,
        COMPARE
        + """
        const real = globalThis.fetch, once = new Set();
        globalThis.fetch = (...what) => {
            globalThis.fetch = real;
            return Promise.reject(new TypeError("no network"));
        };
        const honest = { asks: asks.common, answers: answers.common };
        return compared(honest, undefined, ({ step }) => !once.has(step) && once.add(step));
        """,
    )
    assert shown["asks"] == shown["answers"]
    assert len(shown["asks"].split()) == 4


def test_a_draw_is_never_opened_before_its_own_sum_is_answered(page):
    """A server that asks again before it lets our sum arrive, and answers an older one."""
    opened, later, shown = asked(
        page,
        BETWEEN
        + """
        const rosa = facing("answers");
        await moment();
        await rosa.arrives();
        await rosa.hears({ step: "again" });
        await rosa.hears({ step: "again" });
        const [first, second, third] = rosa.of("sum").map(({ sum }) => sum);
        for (const to of [first, second]) await rosa.hears({ step: "draw", draw: drawn("x"), to });
        await rosa.arrives();
        const early = rosa.of("open").length;
        await rosa.hears({ step: "draw", to: third });   // draws nothing, to see what there is
        const peeked = rosa.of("open").length;
        for (const sign of ["y", "z"]) await rosa.hears({ step: "draw", draw: drawn(sign), to: third });
        const [said] = rosa.of("open"), isOfItsSum = await sum(said.draw) === third;
        for (const to of [first, second, third]) await rosa.hears({ step: "draw", draw: drawn("w"), to });
        return [[early, peeked, isOfItsSum, said.to], rosa.of("open").length, rosa.shown.length];
        """,
    )
    assert opened == [0, 0, True, "y" * 43]
    assert (later, shown) == (1, 1)


def test_whoever_asks_takes_what_was_announced_last_and_not_without_end(page):
    shown, last, draws = asked(
        page,
        BETWEEN
        + """
        const ash_ = facing("asks"), many = [..."abcdefghijklmnopqrstuvwxyzABCD"];
        for (const sign of many) await ash_.hears({ step: "sum", sum: await sum(drawn(sign)) });
        const draws = ash_.of("draw");
        for (const [at, { draw }] of draws.entries()) {
            if (at < draws.length - 1) await ash_.hears({ step: "open", draw: drawn(many[at]), to: draw });
        }
        const early = ash_.shown.length, at = draws.length - 1;
        await ash_.hears({ step: "open", draw: drawn(many[at]), to: draws[0].draw });
        await ash_.hears({ step: "open", draw: drawn(many[at]), to: draws[at].draw });
        await ash_.hears({ step: "open", draw: drawn(many[at]), to: draws[at].draw });
        return [early, ash_.shown.map((words) => words.split(" ").length), draws.length];
        """,
    )
    assert shown == 0
    assert last == [4]
    assert draws == 20


def test_what_was_said_to_one_is_not_shown_beside_the_next(page):
    """The words of a talk come late: somebody else is here by then."""
    early, late, kept = asked(
        page,
        TALK
        + """
        const { chatIn } = await bring("chat"), words = document.querySelector("details[data-words]");
        let go;
        slow = new Promise((done) => { go = done; });
        const { compareWords } = await bring("words"), rosas = await talkOf(sams), one = await chatIn(ashes);
        compareWords(rosas, () => {}, false);
        for (let times = 0; times < 4; times += 1) {
            await moment();
            await one.hear(sent.sam.splice(0));
            await moment();
            await rosas.hear(sent.ash.splice(0));
        }
        await moment();
        const early = words.hidden;
        await chatIn({ ...ashes, theirs: other.key });
        go();
        for (let times = 0; times < 10; times += 1) await moment();
        return [early, words.hidden, sessionStorage.getItem("line")];
        """,
    )
    assert (early, late) == (True, True)
    assert kept is None


def test_no_two_pieces_have_one_nonce_though_a_tab_is_doubled(page):
    nonces, heard = asked(
        page,
        TALK
        + """
        const tabs = [await talkOf(ashes), await talkOf(ashes)], { talk, heard } = await hearing();
        const both = () => Promise.all(tabs.map((tab) => tab.send({ kind: "words", text: "me" })));
        for (let at = 0; at < 20; at += 1) await both();
        await talk.hear([...sent.ash, ...sent.ash]);
        return [new Set(sent.ash.map(({ sealed }) => sealed.slice(0, 16))).size, heard.length];
        """,
    )
    assert nonces == 40
    assert heard == 40  # and each of them once


def test_when_it_is_over_nothing_that_waits_to_be_sent_goes_out(page):
    sent, came, kept = asked(
        page,
        TALK
        + """
        const talk = await talkOf(ashes);
        const says = (text) => talk.send({ kind: "words", text }).then(() => "sent", ({ why }) => why);
        const all = [says("one"), says("two"), says("three")];
        await all[0];
        talk.end();
        const came = await Promise.all(all);
        return [sent.ash.length, came, sessionStorage.getItem("line")];
        """,
    )
    assert came[0] == "sent"
    assert came[-1] == "gone"
    assert sent == came.count("sent")
    assert kept is None


def test_where_the_middle_is_taken_out_nothing_is_made_of_the_rest(page):
    whole, cut, after, again = asked(
        page,
        TALK
        + """
        const talk = await talkOf(ashes), text = "\u0633".repeat(3600);
        await talk.send({ kind: "words", text });
        const all = sent.ash.splice(0);
        await talk.send({ kind: "words", text: "after" });
        const [honest, cut] = [await hearing(), await hearing()];
        await honest.talk.hear(all);
        await cut.talk.hear(all.filter((_, at) => at !== 1));
        const heard = [...cut.heard];
        await cut.talk.hear(sent.ash);
        await cut.talk.hear([...all, ...sent.ash]);
        return [honest.heard[0] === text && all.length > 3, heard, cut.heard, honest.heard.length];
        """,
    )
    assert whole
    assert cut == ["missing"]
    assert after == ["missing", "after"]
    assert again == 1
