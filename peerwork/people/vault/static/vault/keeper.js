// The page's side of vault.worker.js, which keeps the key: one question, one answer.
import { trusted } from "./trusted.js";

const here = document.querySelector("script[data-vault]").dataset;
const asked = new Map();
let worker, last = 0;

const start = () => {
  worker = new Worker(trusted.createScriptURL(here.vault), { type: "module" });
  worker.onmessage = ({ data: { id, done, failed } }) => {
    const { yes, no } = asked.get(id);
    asked.delete(id);
    if (failed) no(new Error("the keeper could not")); else yes(done);
  };
};

export const keeper = (what, said) => new Promise((yes, no) => {
  if (!worker) start();
  asked.set(last += 1, { yes, no });
  worker.postMessage({ id: last, what, said });
});

// With the worker goes the key.
export const dismiss = () => {
  worker?.terminate();
  worker = undefined;
};
