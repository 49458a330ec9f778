// One part of a plan on the screen: read, written, and shown twice when another screen wrote here too.
import { tell } from "../vault/working.js";
import { meetingOf } from "./plan_conflict.js";
import { editorOf } from "./plan_editor.js";
import { keepingOf } from "./plan_keeping.js";
import { viewOf } from "./plan_view.js";

export const partOf = (place) => {
  const code = place.dataset.section, line = place.querySelector("[data-says]"), write = place.querySelector("[data-write]");
  const isHere = () => place.contains(document.activeElement) || document.activeElement === document.body;

  const say = (what) => { [line.className, line.textContent] = ["quiet", line.dataset[what] ?? ""]; };
  const says = (what) => (what.why ? tell(line, what) : say(what));
  const view = viewOf(place, { code, title: place.querySelector("h3").textContent, trouble: says });
  const editor = editorOf(place, {
    changed: () => says(keeping.isNew() ? "unkept" : "nothing"),
    left: () => keeping.keep(),
    done: async () => {
      const hadNews = keeping.isNew();
      await keeping.keep();
      if (meeting.isChoosing() || keeping.isNew()) return;
      close();
      if (!hadNews) says("kept");
    },
  });
  const close = () => {
    const wasHere = isHere();
    editor.hide();
    view.draw(keeping.kept);
    if (wasHere) write.focus();
  };
  const meeting = meetingOf({ place, view, editor, says, isHere, close });
  const keeping = keepingOf(code, { read: () => (editor.isOpen() ? editor.read() : undefined), says, met: (...two) => meeting.met(keeping, ...two) });

  write.addEventListener("click", () => {
    view.hide();
    says("nothing");
    editor.open(keeping.kept, true);
  });

  const fill = (vault, found, trouble) => {
    keeping.begin(vault, found);
    view.draw(keeping.kept);
    if (found?.waits) says("waits");
    if (found && "mine" in found) meeting.met(keeping, found.mine, found, true);
    if (trouble) says(trouble);
    write.disabled = Boolean(trouble);   // nobody writes over what was not read yet
  };
  // What waited on this phone was sent, or met something written elsewhere meanwhile.
  const catchUp = async (vault) => {
    if (line.textContent !== line.dataset.waits) return;
    const found = await vault.read("plan", code) ?? {};
    if ("mine" in found) return meeting.met(keeping, found.mine, found, true);
    keeping.see(found);
    says(keeping.isNew() ? "unkept" : found.waits ? "waits" : "kept");
  };
  const settle = async () => { await meeting.settle(); await keeping.keep(); };
  const isUnkept = () => place.checkVisibility() && (meeting.isChoosing() || keeping.isNew());
  return { code, fill, catchUp, settle, isUnkept, keep: () => keeping.keep() };
};
