// The words of each code, as this page has them. A code of an older pack has none, and is kept all the same.
const library = document.getElementById("library").content;
const pieces = [document, library].flatMap((root) => [...root.querySelectorAll("[data-code]")]);
const words = new Map(pieces.map((piece) => [piece.dataset.code, piece.textContent]));

// Everything in a part, as it is read: first what was written, then what was picked. Each is {id, text}.
export const thingsIn = ({ lines = [], options = [] } = {}) =>
  [...lines, ...options.filter((code) => words.has(code)).map((code) => ({ id: code, text: words.get(code) }))];
export const textsOf = (body) => thingsIn(body).map(({ text }) => text);
