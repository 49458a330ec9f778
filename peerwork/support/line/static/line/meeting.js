// Two meet: what they write, and where there is a relay what they say aloud. A new key is a new talk, also with the same call.
import { aloud } from "./aloud.js";
import { chatIn, note } from "./chat.js";
import { kept } from "./kept.js";
import { isAt } from "./page.js";

// `isAnew`: the page was made anew in the middle of it. `isNext`: there was somebody else before.
export const meet = async (call, { isAnew, isNext, relay }) => {
  if (!isAnew) kept.add({ theirs: call.theirs, words: undefined });
  const talk = await chatIn(call, { isAnew });
  // Another key in the middle of a talk may be the same person, who went on elsewhere.
  if (!isAnew) note(!isNext ? "met" : isAt("talk") ? "screen" : "other");
  aloud(talk, relay);
  return talk;
};
