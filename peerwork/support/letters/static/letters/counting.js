// Which letters count, and in which talk. A talk of two is known by the other one, a group by "g:" and its number: no letter
// to a group ever finds a talk with a person, whatever number somebody gave it.
import { isNumber, TWO } from "./taken.js";

export const isGroup = (key) => key.startsWith("g:") && isNumber(key.slice(2));
export const keyOf = ({ said }, me) => said.talk === TWO ? said.with.find((one) => one !== me) : `g:${said.talk}`;
export const talkOf = (key) => isGroup(key) ? key.slice(2) : TWO;

// A letter goes within two weeks. What says it stays for longer is not believed.
const AHEAD = 15, LATE = 3;
const after = (day, days) => new Date(Date.parse(`${day}T12:00Z`) + days * 864e5).toISOString().slice(0, 10);
export const isInTime = ({ gone }, today) => gone > after(today, -LATE) && gone <= after(today, AHEAD);

// A letter from somebody who may have written it, to me, and not past its day.
export const fits = ({ state, kind, from, said }, me, today) =>
  state === "known" && kind === "letter" && said.with.includes(me) && said.with.includes(from) && said.gone > today && isInTime(said, today) &&
  (said.talk === TWO ? said.with.length === 2 : isNumber(said.talk));
