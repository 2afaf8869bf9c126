// What every widget of mediakit shares. Text from outside is only ever a text node:
// nothing here, and nothing in the widgets, reads HTML.

const SAFE_LINK = new Set(["http:", "https:"]);

// element("button", { class: "x", "aria-label": "y", onclick: f }, "text", child)
// Attributes that are null or false are left out; functions become listeners.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (name.startsWith("on")) throw new Error(`${name} must be a function`);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// Text of unknown direction: it cannot reorder what stands around it.
function isolated(text, attributes = {}) {
  return element("bdi", { dir: "auto", ...attributes }, text);
}

// A link, or plain text where the address is not one of the web.
function webLink(address, text) {
  let scheme = "";
  try {
    scheme = new URL(address).protocol;
  } catch {
    scheme = "";
  }
  if (!SAFE_LINK.has(scheme)) return isolated(text);
  const attributes = { href: address, target: "_blank", rel: "noopener noreferrer" };
  return element("a", { ...attributes, referrerpolicy: "no-referrer" }, text);
}

let numbered = 0;
function newId(stem) {
  numbered += 1;
  return `mk-${stem}-${numbered}`;
}

// A control with its label: labelled("Outlet", select)
function labelled(label, control) {
  control.id = control.id || newId("control");
  return element("span", { class: "mk-field" },
    element("label", { for: control.id }, label), control);
}

// A select of [value, text] pairs.
function choice(pairs, chosen, attributes = {}) {
  const select = element("select", attributes,
    ...pairs.map(([value, text]) => element("option", { value }, text)));
  select.value = chosen;
  return select;
}

// Make `root` a named region whose keys are its own: the notebook's one-letter
// shortcuts (which copy or delete cells) never see them. `live` hides its still picture.
function region(root, name, live) {
  root.dataset.mkLive = live;
  root.classList.add("mk-widget");
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", name);
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const kind of ["keydown", "keypress", "keyup"]) {
    root.addEventListener(kind, (event) => event.stopPropagation());
  }
}

// A line that screen readers read out when it changes.
function statusLine(attributes = {}) {
  return element("p", { role: "status", "aria-live": "polite", ...attributes });
}

function errorLine(attributes = {}) {
  return element("p", { role: "alert", class: "mk-error", ...attributes });
}

// Say what is wrong with a control, beside it; "" takes it back.
function setError(control, line, message) {
  line.textContent = message ? `Not possible: ${message}` : "";
  line.hidden = !message;
  if (message) {
    line.id = line.id || newId("error");
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", line.id);
  } else {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
}

// One stop for Tab in a list: arrows, Home and End move within it. `items` gives
// the elements as they are now; the buttons in the one that has its turn are stops
// too. Returns { go(number), at() }.
function rover(list, items) {
  let place = 0;
  const turn = (number) => {
    const all = items();
    place = Math.max(0, Math.min(number, all.length - 1));
    all.forEach((item, index) => {
      const stop = index === place ? "0" : "-1";
      item.setAttribute("tabindex", stop);
      for (const inner of item.querySelectorAll("button, a")) {
        inner.setAttribute("tabindex", stop);
      }
    });
    return all[place];
  };
  const go = (number) => turn(number)?.focus();
  const steps = {
    ArrowDown: () => place + 1,
    ArrowUp: () => place - 1,
    Home: () => 0,
    End: () => items().length - 1,
  };
  list.addEventListener("keydown", (event) => {
    if (!steps[event.key] || held(event)) return;
    event.preventDefault();
    go(steps[event.key]());
  });
  list.addEventListener("focusin", (event) => {
    const number = items().findIndex((item) => item.contains(event.target));
    if (number >= 0 && number !== place) turn(number);
  });
  return { go, turn, at: () => place };
}

// Whether a key that changes the meaning of another is held.
function held(event) {
  return event.ctrlKey || event.metaKey || event.altKey;
}

// Copy text; where the browser does not allow it, it stays selected in `box`.
async function copyText(text, box) {
  box.value = text;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    box.focus();
    box.select();
    return false;
  }
}

function counted(number, one, several = `${one}s`) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : several}`;
}
