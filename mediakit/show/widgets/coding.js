// Coding: one text, its questions, one key for each answer. What is shown comes from
// the kernel, which sends the next text only when the answer is on disk.

const TOO_SOON = 150; // ms in which nobody can have read a new text
const LATE = 4000; // ms after which an answer is said to be unsaved

// Seconds in which the text could be seen.
function stopwatch() {
  let seen = 0, since = performance.now(), started = since;
  const turn = () => {
    if (document.hidden) seen += performance.now() - since;
    since = performance.now();
  };
  document.addEventListener("visibilitychange", turn);
  return {
    restart() { seen = 0; since = started = performance.now(); },
    seconds() {
      return (seen + (document.hidden ? 0 : performance.now() - since)) / 1000;
    },
    isNew() { return performance.now() - started < TOO_SOON; },
    stop() { document.removeEventListener("visibilitychange", turn); },
  };
}

function coding({ model, el }) {
  const page = `${Date.now()}-${Math.random()}`;
  const book = model.get("book");
  const clock = stopwatch();
  const root = element("div", { class: "mk-coding", tabindex: "-1" });
  region(root, `Coding: ${book.title}`, model.get("live"));
  const opened = new Set();
  let number = 0, waiting = null, later = [], chosen = {}, at = null, unit, timer;

  const parts = {
    top: element("div", { class: "mk-top" }),
    status: statusLine(),
    alert: errorLine({ hidden: true }),
    body: element("div"),
    questions: element("div"),
    note: element("textarea", { rows: "2", maxlength: "5000", onblur: saveNote,
      oninput: noteSoon }),
    noteField: element("div"),
  };
  parts.noteField.append(labelled("Note ( / to write, Escape to leave )", parts.note));
  root.append(element("h3", {}, isolated(book.title)), parts.top, parts.status,
    parts.alert, parts.body, parts.questions, parts.noteField, foot());
  root.addEventListener("keydown", keyed);
  el.append(root);

  function view() { return model.get("view"); }

  function foot() {
    return element("div", { class: "mk-row" },
      element("button", { type: "button", onclick: () => go(view().place - 1) },
        element("kbd", { "aria-hidden": "true" }, "←"), "Text before"),
      element("button", { type: "button", onclick: () => go(view().place + 1) },
        element("kbd", { "aria-hidden": "true" }, "→"), "Next text"),
      element("button", { type: "button", onclick: () => say({ kind: "open" }) },
        "Next text not coded"));
  }

  function say(message) {
    number += 1;
    model.send({ ...message, page, number });
    return number;
  }

  function go(place) {
    saveNote();
    say({ kind: "go", place });
  }

  function answer(question, codes) {
    if (waiting !== null) return;
    saveNote();
    const seconds = Math.round(clock.seconds() * 10) / 10;
    waiting = say({ kind: "code", unit, question: question.name, codes, seconds });
    parts.status.textContent = "Saving …";
    timer = setTimeout(() => warn("This answer is not on disk yet, so the next text is "
      + "held back. Is the kernel running? If it is busy, wait; if it has stopped, "
      + "restart it, run the cell again and answer this text once more."), LATE);
  }

  function warn(text) {
    parts.alert.textContent = text;
    parts.alert.hidden = !text;
  }

  let noteTimer;
  function noteSoon() {
    clearTimeout(noteTimer);
    noteTimer = setTimeout(saveNote, 800);
  }

  function saveNote() {
    clearTimeout(noteTimer);
    const said = parts.note.value;
    if (!unit || said === parts.note.dataset.saved) return;
    parts.note.dataset.saved = said;
    say({ kind: "note", unit, note: said });
  }

  function asked() {
    return book.questions.filter((one) => (view().asked ?? []).includes(one.name));
  }

  function current() {
    const open = asked().find((one) => !(one.name in view().answers));
    return asked().find((one) => one.name === at) ?? open ?? asked()[0];
  }

  function pick(question, category) {
    at = question.name;
    if (!question.many) return answer(question, [category.code]);
    const said = new Set(chosen[question.name] ?? view().answers[question.name] ?? []);
    said.delete(category.code) || said.add(category.code);
    chosen[question.name] = [...said];
    drawQuestions(true);
  }

  function confirm(question) {
    const said = chosen[question.name] ?? view().answers[question.name] ?? [];
    const order = question.categories.map((one) => one.code);
    answer(question, order.filter((code) => said.includes(code)));
  }

  function keyed(event) {
    if (held(event)) return;
    if (event.target === parts.note) {
      if (event.key === "Escape") { saveNote(); rest(); event.preventDefault(); }
      return;
    }
    if (event.repeat || !unit) return;
    const moves = { ArrowLeft: -1, ArrowRight: 1 };
    if (moves[event.key]) {
      event.preventDefault();
      if (waiting === null) go(view().place + moves[event.key]);
      return;
    }
    const onButton = event.target.closest("button, summary");
    if (event.key === "Enter" && onButton) return;
    if (event.key === "/") { event.preventDefault(); return parts.note.focus(); }
    if (event.key.length > 1 && event.key !== "Enter") return;
    if (event.key === " ") return;
    event.preventDefault();
    if (waiting !== null) { later.push([unit, event.key]); return; }
    if (!clock.isNew()) press(event.key);
  }

  function press(key) {
    const question = current();
    if (key === "Enter") return question.many ? confirm(question) : null;
    const category = question.categories.find((one) => one.key === key.toLowerCase());
    if (category) pick(question, category);
  }

  function rest() {
    (parts.body.querySelector(".mk-text") ?? root).focus({ preventScroll: true });
  }

  function drawTop() {
    const { place, of, done, coder, round } = view();
    const kind = round === "final" ? "Decided" : "Coded";
    parts.top.replaceChildren(
      element("strong", {}, of ? `Text ${place + 1} of ${of}` : "No text"),
      element("span", {}, `${kind}: ${done} of ${of}`),
      element("progress", { max: of || 1, value: done, "aria-label": kind }),
      element("span", {}, "Coder: ", isolated(coder)));
  }

  function drawText() {
    const { unit: id, title, text, more, others } = view();
    const same = JSON.stringify([id, more, others]);
    if (parts.body.dataset.shown === same) return;
    parts.body.dataset.shown = same;
    const [before, match, after] = text;
    parts.body.replaceChildren(
      title ? element("h3", {}, isolated(title)) : "",
      element("div", { class: "mk-text", tabindex: "-1", dir: "auto", role: "group",
        "aria-label": `Text ${view().place + 1}` },
        before, match ? element("mark", {}, match) : "", after),
      more ? element("button", { type: "button", onclick: () => say({ kind: "more" }) },
        `Show more (${counted(more, "character")} left)`) : "",
      others.length ? drawOthers(others) : "");
  }

  function drawOthers(others) {
    const rows = others.map(({ coder, answers, note }) => element("li", {},
      `Coder ${coder}: `,
      isolated(book.questions.filter((one) => one.name in answers)
        .map((one) => answers[one.name].map((code) => one.categories
          .find((kind) => kind.code === code).label).join(", ") || "none")
        .join("; ")),
      note ? isolated(` – ${note}`) : ""));
    return element("div", { class: "mk-others" },
      element("strong", {}, "What was said first"), element("ul", {}, ...rows));
  }

  function drawQuestions(keep = false) {
    const focused = keep ? document.activeElement?.dataset?.pick : null;
    parts.questions.replaceChildren(...asked().map((one) => drawQuestion(one)));
    const again = focused && [...parts.questions.querySelectorAll("button")]
      .find((button) => button.dataset.pick === focused);
    if (again) again.focus();
  }

  function drawQuestion(question) {
    const now = current() === question;
    const said = chosen[question.name] ?? view().answers[question.name] ?? [];
    const buttons = question.categories.map((one) => element("button", {
      type: "button",
      "aria-pressed": String(said.includes(one.code)),
      "data-pick": `${question.name} ${one.code}`,
      "aria-keyshortcuts": one.key,
      onclick: () => pick(question, one),
    }, element("kbd", { "aria-hidden": "true" }, one.key), isolated(one.label)));
    const done = question.many ? element("button", { type: "button",
      "data-pick": `${question.name} enter`, onclick: () => confirm(question) },
      element("kbd", { "aria-hidden": "true" }, "Enter"),
      said.length ? "Keep these" : "None of these") : "";
    return element("fieldset", { class: now ? "mk-now" : null,
      onfocusin: () => turnTo(question) },
      element("legend", {}, element("span", { class: "mk-mark" }, now ? "▸ " : ""),
        isolated(question.ask)),
      element("div", { class: "mk-answers" }, ...buttons, done), drawHelp(question));
  }

  // The question that has the focus is the one that keys answer.
  function turnTo(question) {
    at = question.name;
    asked().forEach((one, place) => {
      const box = parts.questions.children[place];
      box.classList.toggle("mk-now", one === question);
      box.querySelector(".mk-mark").textContent = one === question ? "▸ " : "";
    });
  }

  function drawHelp(question) {
    const meanings = question.categories.flatMap((one) => [
      element("dt", {}, isolated(one.label)),
      element("dd", {}, isolated(one.definition), ...one.examples.map((text) =>
        element("em", {}, " “", isolated(text), "”"))),
    ]);
    const ontoggle = (event) => {
      opened[event.target.open ? "add" : "delete"](question.name);
    };
    return element("details", { class: "mk-note", ontoggle,
      open: opened.has(question.name) },
      element("summary", {}, "What the answers mean"),
      element("p", {}, isolated(question.definition)), element("dl", {}, ...meanings));
  }

  function settle() {
    if (waiting === null || (view().heard[page] ?? 0) < waiting) return;
    clearTimeout(timer);
    waiting = null;
    at = null;
    chosen = {};
    warn(view().said);
  }

  function draw(first = false) {
    const answered = waiting !== null;
    settle();
    if (view().said) warn(view().said);
    const fresh = view().unit !== unit;
    if (fresh) saveNote();
    unit = view().unit;
    const { done, of, place, note } = view();
    drawTop();
    const free = of && !fresh ? "" : `Text ${place + 1} of ${of}. `;
    const all = of && done === of ? "All texts are done; left and right go back. " : "";
    parts.status.textContent = of
      ? `${answered && !view().said ? "Saved. " : ""}${all || free}`
      : "Nothing to decide: first answers do not differ, or nobody has coded yet.";
    parts.questions.hidden = parts.noteField.hidden = !unit;
    if (!unit) return;
    const inside = root.contains(document.activeElement);
    if (fresh) {
      chosen = {};
      at = null;
      clock.restart();
      parts.note.value = parts.note.dataset.saved = note;
    }
    drawText();
    drawQuestions(true);
    if (!first && inside && document.activeElement !== parts.note) rest();
    const again = later.filter(([of]) => of === unit);
    later = [];
    again.forEach(([, key]) => press(key));
  }

  const changed = () => draw();
  model.on("change:view", changed);
  draw(true);
  return () => {
    saveNote();
    clearTimeout(timer);
    clock.stop();
    model.off("change:view", changed);
  };
}

export default { render: coding };
