import { derive, newKey, open } from "../vault/keys.js";
import { because, put, said, send, working } from "../vault/working.js";
import { fill, publish, show } from "./make-keys.js";

const form = document.getElementById("keys"), friend = document.getElementById("friend"), none = document.getElementById("none");
show(form);

// With the code a friend keeps, somebody who comes back keeps their key, and all that was sealed to it.
const theOldKey = async () => {
  const { door, identity } = await derive(friend.value), body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("door", door);
  const { locked } = await said(await send(form.dataset.friend, { method: "POST", body }));
  put(form, "friend_door", door);
  return (await open(locked, identity)).trim();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    const isFriend = Boolean(friend?.value.trim());
    if (friend && isFriend === none.checked) throw because("either");   // the old key is given up by nobody unasked
    put(form, "friend_door", "");
    const key = isFriend ? await theOldKey() : await newKey();
    await publish(form, key);
    await fill(form, key);
    form.submit();
  });
});
