// A code for a friend to keep, made like the one on paper, and how it reaches the friend.
export { newCode as newFriendsCode } from "../vault/keys.js";

// Read out, printed, or shown to one of my people: then it waits in this tab for the page that seals it (letters/handing.js).
export const hand = (form, code) => {
  if (form.elements.sealed.checked) sessionStorage.setItem("to-show", JSON.stringify({ title: form.dataset.title, text: code }));
};
