// A way on, offered by whoever answers. It comes as a code, and this page has the words and the link: nothing is copied from the
// talk, nobody is told whether it is followed, and an address the page does not know is not shown.
import { part } from "./page.js";

const room = document.querySelector("[data-step=talk]"), known = document.querySelector("template[data-ways]");

export const ways = (talk) => {
  const list = part(room, "ways-here");
  talk.on("step", ({ code }) => {
    const way = [...known.content.children].find(({ dataset }) => dataset.code === code);
    if (!way || list.querySelector(`[data-code="${CSS.escape(code)}"]`)) return;
    const item = document.createElement("li");
    item.append(way.cloneNode(true));
    list.append(item);
    part(room, "offered").hidden = false;
  });
};
