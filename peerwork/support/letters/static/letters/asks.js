// Asked into a group: come in, or put it away. Not answering is fine too, and it goes by itself.
import { keepUp, list, onPress, part, piece } from "./draw.js";
import { putAway, sayYes } from "./groups.js";
import { everybody } from "./talks.js";

const asked = (here, talk) => {
  const by = talk.letters.find(({ said }) => said.step === "ask"), others = everybody(talk.group).filter((one) => one !== here.me.person);
  const made = piece("asked", { name: here.nameOf(by?.from), names: list(others.map(here.nameOf)), title: talk.group.name });
  onPress(part(made, "yes"), part(made, "says"), async () => { await sayYes(here, talk); await here.again(); here.open(talk.key); });
  onPress(part(made, "no"), part(made, "says"), async () => { await putAway(here, talk); await here.again(); });
  return made;
};

export const asks = (here, box, talks) =>
  keepUp(box, talks.map((talk) => ({ id: `${talk.key} ${everybody(talk.group)}`, talk })), ({ talk }) => asked(here, talk));
