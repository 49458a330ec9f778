// Two meet: what they write, and where there is a relay what they say aloud. A new key is a new talk, also with the same call.
import { aloud } from "./aloud.js";
import { chatIn, note } from "./chat.js";
import { kept } from "./kept.js";

// `isAnew`: the page was made anew in the middle of it. `isNext`: there was somebody else before.
export const meet = async (call, { isAnew, isNext, relay }) => {
  const talk = await chatIn(call, { isAnew });
  kept.set({ ...kept.get(), theirs: call.theirs, words: isAnew ? kept.get()?.words : undefined });
  if (!isAnew) note(isNext ? "other" : "met");
  await aloud(talk, relay);
  return talk;
};
