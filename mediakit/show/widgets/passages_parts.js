// The passage explorer's parts that know nothing of its state; all text is text nodes.

const ORDERS = [
  ["text", "as in the corpus"],
  ["left", "words before, nearest first"],
  ["right", "words after"],
  ["date", "date"],
  ["mixed", "random order"],
];
const LANGUAGE = [
  ["war", "the word, in upper or lower case"],
  ["sanction*", "any ending; ? stands for one letter"],
  ["civil war", "a phrase"],
  ["(war|conflict)", "one or the other"],
  ["troops [0-3] in", "up to three words between"],
  ["=US", "upper and lower case as written"],
  ["lemma:go", "every form of a verb or noun"],
];
const KEYS = "Keys on a line: ↑ ↓ move, Page Up and Page Down turn pages, Enter reads the "
  + "article, C copies with the source, S shows what is hidden or left out, / goes to "
  + "the search box. Escape closes the article.";
const HEADS = ["Before", "Match", "After", "Source", "Do"];

function checked(label, box) {
  const field = labelled(label, box);
  field.classList.add("mk-check");
  return field;
}

// Boxes to tick, folded away: none ticked is no filter. Returns the field, and how to
// read and set what is ticked.
function severalOf(label, pairs, changed) {
  const boxes = pairs.map(([value]) => element("input", {
    type: "checkbox", value, onchange: () => { tell(); changed(); },
  }));
  const told = element("summary");
  const list = element("div", { class: "mk-several", role: "group", "aria-label": label },
    ...pairs.map(([, text], place) => checked(text, boxes[place])));
  const field = element("details", { class: "mk-field mk-fold" }, told, list);
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const tell = () => {
    const many = chosen().length;
    told.textContent = `${label}: ${many ? `${many} of ${boxes.length}` : "all"}`;
  };
  const turns = rover(list, () => boxes);
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    field.open = false;
    told.focus();
  });
  const choose = (values) => {
    boxes.forEach((box) => { box.checked = values.includes(box.value); });
    tell();
  };
  turns.turn(0);
  tell();
  return { field, chosen, choose };
}

function patternHelp() {
  const rows = LANGUAGE.map(([sign, means]) => element("tr", {},
    element("th", { scope: "row" }, element("code", {}, sign)),
    element("td", {}, means)));
  return element("details", {}, element("summary", {}, "How to write a pattern"),
    element("table", {}, element("tbody", {}, ...rows)));
}

// One line of passages; `act` has what its buttons and keys do.
function lineRow(line, readable, act) {
  const number = line.number;
  const does = (name, text, action) => element("button", {
    type: "button", "aria-label": `${name} line ${number + 1}`,
    onclick: () => action(number),
  }, text);
  const source = line.hidden ? ["source hidden"] : [line.outlet, line.date];
  source.push(line.layers && `in ${line.layers}`, line.about);
  const cut = counted(line.cut, "sign");
  const buttons = [
    readable ? does("Read the article of", "Read", act.read) : null,
    line.hidden ? does("Show the source of", "Show source", act.reveal)
      : does("Copy with its source", "Copy", act.cite),
    line.cut && !line.whole ? does(`Show ${cut} more of`, "Show all", act.whole) : null,
    line.cut && line.whole ? element("span", {}, `${cut} not shown`) : null,
  ];
  const words = `${line.left}${line.match}${line.right}`;
  const made = element("tr", {
    tabindex: "-1", "aria-rowindex": number + 2, onkeydown: act.key,
    "aria-label": `Line ${number + 1}: ${words} – ${source.filter(Boolean).join(", ")}`,
  },
    element("td", { class: "mk-before" }, isolated(line.left)),
    element("td", {}, element("mark", {}, isolated(line.match))),
    element("td", {}, isolated(line.right)),
    element("td", { class: "mk-source" },
      ...source.filter(Boolean).map((one) => isolated(one))),
    element("td", { class: "mk-do" }, ...buttons));
  made.dataset.number = number;
  return made;
}

// Fill the pane of an article; returns its heading.
function fillArticle(pane, answer, act) {
  const known = answer.outlet !== undefined;
  const title = element("h3", { tabindex: "-1" },
    known ? isolated(answer.title) : "Source hidden");
  const left = (number, side) => (number
    ? element("p", { class: "mk-note" }, `${counted(number, "sign")} ${side} not shown.`)
    : null);
  const source = known ? element("p", {}, isolated(answer.outlet), `, ${answer.date}, `,
    isolated(answer.article_id), answer.url ? ", " : null,
    answer.url ? webLink(answer.url, answer.url) : null) : null;
  const text = element("div", { class: "mk-text", dir: "auto", tabindex: "0",
    role: "group", "aria-label": "Text of the article" },
    ...answer.parts.map(([one, match]) => (match ? element("mark", {}, one) : one)));
  const more = answer.before + answer.after && !answer.long ? element("button", {
    type: "button", onclick: act.more,
  }, `Show up to ${counted(answer.most, "sign")}`) : null;
  const close = element("button", { type: "button", onclick: act.close },
    "Close the article");
  pane.replaceChildren(...[title, source, left(answer.before, "before this"), text,
    left(answer.after, "after this"), more, close].filter(Boolean));
  return title;
}
