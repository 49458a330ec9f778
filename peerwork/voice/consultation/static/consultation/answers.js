// What was answered on a sheet, and the pieces it is cut into. What is skipped is not there.
// The pieces stand in the order of the form and as every browser writes them: an order of one's own could be a sign.
const oneLine = (text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
// The second: ground/postbox/sheaf.py.
const LONGEST = 200, MOST_BYTES = 3500;

const values = (code, said) => said.map(([, value]) => [code, value]);
const CUT = {
  choose: values, scale: values, rank: values,
  words: (code, said) => said.map(([name, value]) => [name, [...oneLine(value)].slice(0, LONGEST).join("")]),
  statements: (code, said) => said.length === 0 ? [] :
    [[code, JSON.stringify(Object.fromEntries(said.map(([name, value]) => [name.slice(code.length + 1), Number(value)])))]],
};

export const answersOf = (sheet, tell) => {
  const questions = [...sheet.querySelectorAll("[data-question]")];
  const said = () => [...new FormData(sheet)].filter(([name, value]) => name !== "read-in" && oneLine(value));
  const isOf = (code) => ([name]) => name === code || name.startsWith(`${code}/`) || name === `${code}:words`;

  const pieces = () => {
    const all = said();
    return questions.flatMap(({ dataset: { question, kind } }) => CUT[kind](question, all.filter(isOf(question))));
  };
  // The trouble with sending it, if there is one.
  const trouble = () => {
    const all = pieces();
    if (!all.length) return "nothing";
    return new TextEncoder().encode(JSON.stringify(all)).length > MOST_BYTES ? "long" : undefined;
  };

  // What was typed before, put back. What the form no longer asks is let go.
  const put = (all) => {
    const had = new Set(all.map(([name, value]) => `${name} ${value}`)), typed = new Map(all);
    for (const field of sheet.querySelectorAll("[data-question] :is(input, textarea)")) {
      if (field.type === "textarea") field.value = typed.get(field.name) ?? "";
      else if (field.value) field.checked = had.has(`${field.name} ${field.value}`);
      else field.checked = !typed.has(field.name);
    }
  };

  // One tick too many is taken back at once, and said.
  sheet.addEventListener("change", ({ target }) => {
    const question = target.closest("[data-question]");
    if (!question) return;
    const tooMany = target.type === "checkbox" && question.querySelectorAll(":checked").length > Number(question.dataset.most);
    if (tooMany) target.checked = false;
    tell(question, tooMany ? "most" : "");
  });

  return { questions, said, pieces, trouble, put };
};
