// The board, for whoever is signed in: asked for without a cookie and whole, once somebody wants to look.
import { board } from "./nameless.js";

const show = async (place) => {
  const marks = [...await board(place.dataset.board)].filter(Boolean), list = place.querySelector("[data-marks]");
  list.value = marks.join("\n");
  list.hidden = !marks.length;
};

for (const place of document.querySelectorAll("[data-board]")) {
  place.addEventListener("toggle", () => { if (place.open) show(place).catch(() => {}); });
}
