// Take all of it with you, sealed with your phrase. Any age program opens the file.
import { plain } from "./keys.js";
import { whenOpen } from "./open.js";
import { working } from "./working.js";

export const WHAT = "sealed pages";
export const typed = (form) => plain(form.querySelector("[data-phrase]").value);
const out = document.getElementById("take");

const save = (content, name) => {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([content])), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

const everything = async (vault) => {
  const docs = [...new Set((await vault.list()).map(([doc]) => doc))], sections = [];
  let troubles = 0;
  for (const doc of docs) {
    const all = await vault.readAll(doc);
    troubles += all.troubles.length;
    for (const [section, { body }] of all) sections.push({ doc, section, body });
  }
  return { sections, troubles };
};

whenOpen((vault) => out.addEventListener("submit", (event) => {
  event.preventDefault();
  working(out, async () => {
    const { sections, troubles } = await everything(vault), content = { what: WHAT, v: 1, sections };
    save(await vault.pack(JSON.stringify(content, null, 1), typed(out)), out.dataset.name);
    out.querySelector("[data-phrase]").value = "";
    out.querySelector("[data-trouble]").textContent = troubles ? out.dataset.partly : out.dataset.done;
    out.querySelector("button").disabled = false;
  });
}));
