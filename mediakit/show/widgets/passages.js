// The passage explorer: the kernel sends one page of lines, the reader asks by keys.

const PAGE = 50, PATIENCE = 8000;

function render({ model, el }) {
  const facts = model.get("facts");
  const view = newId("view");
  let asked = model.get("query").asked ?? 0, waiting = null;
  let goal = null; // the line that gets the focus once it is drawn

  // What is asked
  const pattern = element("input", {
    type: "search", class: "mk-pattern", autocomplete: "off", spellcheck: "false",
  });
  const error = errorLine({ hidden: true });
  const sort = choice(ORDERS, "text", { onchange: () => ask() });
  const outlets = severalOf("Outlets", facts.outlets, () => ask());
  const [first, last] = [0, 1].map(() => element("input", {
    type: "date", min: facts.days[0], max: facts.days[1], onchange: () => ask(),
  }));
  const layer = choice(facts.layers, "", { onchange: () => ask() });
  const blind = element("input", { type: "checkbox", onchange: () => ask() });
  const search = facts.searches === "pattern" ? "Word, phrase or pattern"
    : "Show lines that hold";
  const form = element("form", { role: "search", onsubmit: (event) => {
    event.preventDefault();
    ask();
  } },
    element("div", { class: "mk-row" },
      labelled(search, pattern),
      element("button", { type: "submit" }, "Search"),
      element("button", { type: "button", onclick: startOver }, "Start over")),
    error,
    facts.searches === "pattern" ? patternHelp() : null,
    element("div", { class: "mk-row" },
      labelled("Sort by", sort), outlets.field,
      labelled("From", first), labelled("To", last), labelled("Where", layer),
      checked("Hide outlet, date and title", blind)));

  // What is found
  const status = statusLine();
  const notes = element("div", { class: "mk-note" });
  const body = element("tbody");
  const table = element("table", { role: "grid", "aria-label": "Passages" },
    element("thead", {}, element("tr", {},
      ...HEADS.map((name) => element("th", { scope: "col" }, name)))),
    body);
  const list = element("div", { class: "mk-list", hidden: true }, table);
  const lines = rover(body, () => [...body.rows]);
  const pager = element("nav", { "aria-label": "Pages of passages", class: "mk-row" });
  const where = element("span");
  const turns = [
    ["First", () => 0], ["Previous", (at) => at - PAGE],
    ["Next", (at) => at + PAGE], ["Last", () => Infinity],
  ].map(([name, to]) => element("button", {
    type: "button", onclick: () => turn(to(model.get("page").start)),
  }, name));
  pager.append(turns[0], turns[1], where, turns[2], turns[3]);
  const keys = element("p", { class: "mk-note" }, KEYS);

  // What is read and copied
  const said = statusLine();
  const box = element("textarea", { readonly: true, rows: 6, class: "mk-copied" });
  const copied = element("div", { hidden: true, class: "mk-pane" },
    labelled("Copied", box),
    element("button", { type: "button", onclick: () => closePane(copied) }, "Close"));
  const article = element("article", { hidden: true, class: "mk-pane" });
  for (const pane of [copied, article]) {
    pane.addEventListener("keydown", (event) => {
      if (event.key === "Escape") closePane(pane);
    });
  }

  region(el, "Passage explorer", model.get("live"));
  el.append(form, status, notes, list, pager, keys, said, copied, article);

  function fill(query) {
    pattern.value = query.pattern;
    sort.value = query.sort;
    outlets.choose(query.outlets);
    first.value = query.first;
    last.value = query.last;
    layer.value = query.layer;
    blind.checked = query.blind;
  }

  function ask(start = 0) {
    asked += 1;
    model.set("query", {
      pattern: pattern.value, sort: sort.value, outlets: outlets.chosen(),
      first: first.value, last: last.value, layer: layer.value,
      blind: blind.checked, start, asked,
    });
    model.save_changes();
    status.textContent = "Searching …";
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = "No answer yet. The kernel may be busy with another cell; "
        + "if it was started anew, run this cell again.";
    }, PATIENCE);
  }

  function startOver() {
    fill({ pattern: "", sort: "text", outlets: [], first: "", last: "", layer: "",
      blind: false });
    ask();
    pattern.focus();
  }

  function turn(start) {
    const { total, start: now } = model.get("page");
    const ends = Math.max(0, Math.ceil(total / PAGE) - 1) * PAGE;
    const to = Math.max(0, Math.min(start, ends));
    if (to === now) return;
    if (body.contains(el.getRootNode().activeElement)) goal = to;
    ask(to);
  }

  function draw() {
    const page = model.get("page");
    clearTimeout(waiting);
    setError(pattern, error, page.error);
    const rows = page.lines.map((line) => lineRow(line, facts.articles, {
      read, cite, reveal, whole, key: (event) => onRow(event, line),
    }));
    const last = page.start + rows.length;
    status.textContent = rows.length
      ? `${page.status} Lines ${(page.start + 1).toLocaleString("en-GB")} to `
        + `${last.toLocaleString("en-GB")} are shown.`
      : page.status;
    notes.replaceChildren(...page.notes.map((one) => element("p", {}, one)));
    table.setAttribute("aria-rowcount", page.total + 1);
    body.replaceChildren(...rows);
    list.hidden = pager.hidden = keys.hidden = !rows.length;
    const pages = Math.ceil(page.total / PAGE);
    where.textContent = `Page ${(page.start / PAGE + 1).toLocaleString("en-GB")} of `
      + pages.toLocaleString("en-GB");
    turns.forEach((button, number) => {
      const end = number < 2 ? page.start === 0 : last >= page.total;
      button.setAttribute("aria-disabled", String(end));
    });
    lines.turn(0);
    list.scrollTop = 0;
    if (goal !== null && rows.length) goTo(goal);
    goal = null;
  }

  function onRow(event, line) {
    if (held(event)) return;
    const act = {
      Enter: () => read(line.number),
      c: () => cite(line.number),
      s: () => {
        if (line.hidden) reveal(line.number);
        else if (line.cut && !line.whole) whole(line.number);
      },
      "/": () => pattern.focus(),
      PageDown: () => turn(model.get("page").start + PAGE),
      PageUp: () => turn(model.get("page").start - PAGE),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || (event.key === "Enter" && event.target !== event.currentTarget)) return;
    event.preventDefault();
    act();
  }

  const read = (at, long = false) => model.send({ ask: "article", at, long, view });
  const cite = (at) => model.send({ ask: "cite", at, view });
  const more = (kind, at) => {
    goal = at;
    model.send({ ask: kind, at, view });
  };
  const reveal = (at) => more("reveal", at);
  const whole = (at) => more("whole", at);

  function goTo(number) {
    const place = [...body.rows].findIndex((one) => Number(one.dataset.number) === number);
    lines.go(Math.max(0, place));
  }

  function closePane(pane) {
    pane.hidden = true;
    goTo(Number(pane.dataset.at));
  }

  function drawArticle(answer) {
    const title = fillArticle(article, answer, {
      more: () => read(answer.at, true), close: () => closePane(article),
    });
    article.dataset.at = answer.at;
    article.hidden = false;
    title.focus();
    const match = article.querySelector("mark");
    if (match) match.parentElement.scrollTop = match.offsetTop - 60;
  }

  async function heard(answer) {
    if (answer.view !== view) return;
    said.textContent = answer.error || "";
    if (answer.error) {
      goal = null;
      return;
    }
    if (answer.ask === "article") drawArticle(answer);
    if (answer.ask === "cite") {
      copied.hidden = false;
      copied.dataset.at = answer.at;
      const done = await copyText(answer.text, box);
      said.textContent = done ? "Copied." : "Press Ctrl+C (or ⌘C) to copy.";
    }
  }

  function changed() {
    const page = model.get("page");
    if (page.asked < asked) return;
    if (page.asked > asked) fill(model.get("query"));
    asked = page.asked;
    draw();
  }

  fill(model.get("query"));
  draw();
  model.on("change:page", changed);
  model.on("msg:custom", heard);
  return () => {
    clearTimeout(waiting);
    model.off("change:page", changed);
    model.off("msg:custom", heard);
  };
}

export default { render };
