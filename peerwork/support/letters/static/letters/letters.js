// Letters: the list of talks, what waits for a word from me, and the one talk that is open.
import { whenLocked, whenOpen } from "../vault/open.js";
import { asks } from "./asks.js";
import { beginnings, drawBeginnings } from "./beginnings.js";
import { people } from "./book.js";
import { onTheClock } from "./clock.js";
import { isGroup } from "./counting.js";
import { keepUp, moment, onPress, part, piece, trouble } from "./draw.js";
import { isAsked } from "./groups.js";
import { prepared } from "./here.js";
import { partings } from "./partings.js";
import { sending } from "./sending.js";
import { current, show } from "./talk.js";
import { inIt } from "./talks.js";
import { drawWaiting } from "./waiting.js";

const page = document.querySelector("[data-letters-page]"), says = part(page, "says"), cards = part(page, "talks");

const entry = (here, talk) => {
  const last = talk.letters.at(-1), made = piece(last ? "talk" : "talk-quiet", { when: last ? moment(last.said.said) : "" });
  const button = made.querySelector("button");
  button.textContent = here.title(talk);
  onPress(button, says, () => here.open(talk.key));
  return made;
};

// Somebody new in a group I know waits there, and not as a stranger.
const waits = ({ talks }) => ({ kind, state, said, from }) =>
  state !== "stranger" || (kind === "letter" && !talks.get(`g:${said.talk}`)?.group.asked.includes(from));

const draw = (here) => {
  const all = [...here.talks.values()], mine = all.filter(({ two, group }) => two || inIt(group).includes(here.me.person));
  const newest = ({ letters }) => letters.at(-1)?.said.said ?? "";
  drawWaiting(here, part(page, "waiting"), here.all.filter(waits(here)));
  asks(here, part(page, "asks"), all.filter((talk) => isAsked(talk, here.me)));
  mine.sort((a, b) => (newest(a) < newest(b) ? 1 : -1));
  keepUp(cards, mine.map((talk) => ({ id: `${talk.key} ${newest(talk)}`, talk })), ({ talk }) => entry(here, talk));
  const open = here.key && (here.talks.get(here.key) ?? (isGroup(here.key) ? undefined : { key: here.key, two: true, letters: [] }));
  [part(page, "none").hidden, part(page, "list").hidden] = [mine.length > 0, Boolean(open)];
  drawBeginnings(here);
  show(here, open);
};

whenOpen(async (vault) => {
  const here = await prepared(vault, page.dataset);
  const look = () => here.refresh().then(() => { says.textContent = ""; draw(here); }).catch((error) => trouble(says, error));
  here.again = async () => {
    here.book = await people(vault);
    here.box.judgeAnew();
    await here.refresh();
    draw(here);
  };
  here.open = (key) => { here.key = key; history.pushState({}, ""); draw(here); };
  addEventListener("popstate", () => { here.key = undefined; draw(here); part(page, "heading").focus(); });
  await look();
  beginnings(here);
  partings(here);
  sending(here, current);
  whenLocked(onTheClock(look));
});
