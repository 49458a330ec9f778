// What every page with a key on it shares: how it asks, how it opens the key, and what it says when it cannot.
import { derive, open } from "./keys.js";

// Names the sentence to say: it stands beside the form, as data-offline, data-closed, data-wrong, data-failed.
export const because = (why) => Object.assign(new Error(why), { why });

export const send = async (address, options) => {
  try { return await fetch(address, { ...options, redirect: "manual" }); } catch { throw because("offline"); }
};

// Who is signed out is led to the door. Here that would be a page in place of what was asked for.
export const ask = async (address, options) => {
  const answer = await send(address, options);
  if (answer.type === "opaqueredirect") throw because("closed");
  if (!answer.ok) throw because("failed");
  return answer;
};

// What an answer holds, or the sentence it gives instead.
export const said = async (answer) => {
  const content = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(content.says), content);
  return content;
};

// The owner's key, opened with the phrase as it is now, and what that phrase shows at the door.
export const opened = async (address, typed) => {
  const { locked, recipient } = await (await ask(address)).json();
  const { door, identity } = await derive(typed);
  try { return { key: (await open(locked, identity)).trim(), door, recipient }; } catch { throw because("wrong"); }
};

export const put = (form, name, value) => { form.elements[name].value = value; };

export const tell = (place, why) => {
  place.className = "errors";
  place.textContent = why.says ?? place.dataset[why.why] ?? place.dataset.failed;
};

// A button that says it is working, and gives the form back with a sentence when it cannot.
export const working = async (form, work) => {
  const button = form.querySelector("[type=submit], button:not([type])");
  const trouble = form.querySelector("[data-trouble]");
  button.disabled = true;
  [trouble.className, trouble.textContent] = ["quiet", trouble.dataset.working];
  try { await work(); } catch (error) {
    tell(trouble, error);
    button.disabled = false;
  }
};
