// The four words of each of us, made of the keys as they stand now, and the press that says they are the same.
import { found, isSame, keep, wordsOf } from "./book.js";
import { apart, onPress, part, piece, trouble } from "./draw.js";

// The words of both, in the same order on both screens.
const drawWords = async (made, here, entry) => {
  const both = [entry, here.me].sort((a, b) => (a.person < b.person ? -1 : 1));
  part(made, "both").replaceChildren(...await Promise.all(both.map(async (one) => {
    const shown = piece("words", one);
    part(shown, "four").textContent = await wordsOf(one);
    return shown;
  })));
};

// A key is looked at anew each time, and trust in the old one is not carried over to another. Returns the key as it stands now.
const look = (made, entry, now) => {
  const [changed, left] = [Boolean(now) && !isSame(now, entry), !now];
  [part(made, "changed").hidden, part(made, "left").hidden, part(made, "standing").hidden] = [!changed, !left, changed];
  const called = part(made, "called");
  [called.hidden, called.textContent] = [!now || now.name === entry.name, called.textContent.replace("{now}", apart(now?.name))];
  if (!changed) return entry;
  part(made, "words").open = true;
  made.classList.remove("mine");
  return { ...entry, recipient: now.recipient, signer: now.signer, checked: false };
};

// "They are the same" is for the words on the screen: off until the server was asked, and it keeps the very key they are made of.
export const comparing = (here, made, entry, again) => {
  const says = part(made, "says"), words = part(made, "words"), same = part(made, "same");
  const stands = found(entry.person).then((now) => ({ now, key: look(made, entry, now) }));
  const drawn = async () => {
    const { now, key } = await stands.catch(() => ({ key: entry }));
    await drawWords(made, here, key);
    same.disabled = !now;
  };
  stands.catch((error) => trouble(says, error));
  words.addEventListener("toggle", () => { if (words.open) drawn().catch((error) => trouble(says, error)); });
  onPress(same, says, async () => {
    await keep(here.vault, { ...(await stands).key, checked: true });
    await again(entry.person);
  });
};
