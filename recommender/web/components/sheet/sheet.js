// The nurse's checklist: rows to answer in place. An answered row moves to the folded list with the next answer, so that nothing
// moves under the finger. Each change has a number and is sent to the server until the server has it.
const states = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let state = states.get(parentElement);
  if (!state) {
    state = { count: data.applied, pending: [], latest: null, rows: new Map(), parts: new Map(), root: parentElement.querySelector(".sheet") };
    states.set(parentElement, state);
  }
  watchPointer(state);
  state.data = data;
  state.count = Math.max(state.count, data.applied);
  state.pending = state.pending.filter(([number]) => number > data.applied);
  state.change = (row, value) => {
    if (!row.stays && valueOf(state, row) === null) state.latest = row.key;
    state.count += 1;
    state.pending.push([state.count, row.key, value]);
    paint(state, row.key);
    setStateValue("changes", [...state.pending]);
  };
  // what is no answer is told too: nobody signs over what stands in a field and is not saved
  state.refuse = (row, typed) => {
    state.count += 1;
    state.pending.push([state.count, row.key, { typed }]);
    setStateValue("changes", [...state.pending]);
  };
  if (state.pressed) state.waits = true;
  else paint(state, state.latest);
  return () => {
    state.watch?.abort();
    state.watch = null;
  };
}

// While a button is held down nothing is drawn anew: what moves between press and release would never be clicked.
// What listens to the whole window is taken off when the sheet is.
function watchPointer(state) {
  if (state.watch) return;
  state.watch = new AbortController();
  const { signal } = state.watch;
  state.root.addEventListener("pointerdown", () => (state.pressed = true), { signal });
  const released = () =>
    setTimeout(() => {
      state.pressed = false;
      if (state.waits) paint(state, state.latest);
      state.waits = false;
    });
  for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, released, { signal });
}

function valueOf(state, row) {
  const told = state.pending.findLast(([, key, value]) => key === row.key && !value?.typed);
  return told ? told[2] : row.value;
}

function paint(state, anchorKey) {
  const { data, root } = state;
  const words = data.words;
  const anchor = state.rows.get(anchorKey)?.box;
  const before = anchor?.isConnected ? anchor.getBoundingClientRect().top : null;
  const focused = root.getRootNode().activeElement;
  const lists = { seen: [], open: [], answered: [] };
  let left = 0;
  let atPlaces = 0;
  let answered = 0;
  for (const part of data.parts) {
    const found = { seen: [], open: [], answered: [] };
    let under = "";
    for (const plain of part.rows) {
      const row = { ...plain, stays: part.stays };
      const value = valueOf(state, row);
      const list = part.stays ? "seen" : value === null || row.key === state.latest ? "open" : "answered";
      if (value === null && row.open) part.stays ? (atPlaces += 1) : (left += 1);
      if (list === "answered") answered += 1;
      if (row.under && row.under !== under) found[list].push(text(state, `${row.key}:under`, "h4", row.under));
      under = row.under;
      found[list].push(drawn(state, row, value));
    }
    for (const [name, rows] of Object.entries(found)) {
      if (rows.length) lists[name].push(section(state, `${name}:${part.id}`, part, name === "answered" ? [] : [part.lead], rows));
    }
  }
  root.querySelector(".open-title").textContent = left ? `${words.open} (${left})` : words.open;
  root.querySelector(".open-lead").textContent = left || atPlaces ? words.openLead : words.openNone;
  const more = root.querySelector(".open-more");
  more.hidden = !atPlaces;
  more.textContent = words.atPlaces.replace("{number}", atPlaces);
  root.querySelector(".answered").hidden = !answered;
  root.querySelector(".answered h2").textContent = `${words.answered} (${answered})`;
  for (const [name, list] of Object.entries(lists)) fill(root.querySelector(`.list-${name}`), list);
  if (focused && focused.isConnected && root.contains(focused)) focused.focus({ preventScroll: true });
  if (before !== null && anchor.isConnected) {
    const moved = anchor.getBoundingClientRect().top - before;
    if (moved) document.querySelector('[data-testid="stMain"]')?.scrollBy({ top: moved, behavior: "instant" });
  }
}

function fill(holder, wanted) {
  const stay = new Set(wanted);
  for (const child of [...holder.children]) if (!stay.has(child)) child.remove();
  let at = holder.firstElementChild;
  for (const one of wanted) {
    if (one === at) at = at.nextElementSibling;
    else holder.insertBefore(one, at); // what stays in its place is never taken out: a click on it would be lost
  }
}

function make(name, className, said) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (said) element.textContent = said;
  return element;
}

function text(state, id, name, said) {
  let element = state.parts.get(id);
  if (!element) state.parts.set(id, (element = make(name)));
  element.textContent = said;
  return element;
}

function section(state, id, part, leads, rows) {
  let element = state.parts.get(id);
  if (!element) {
    element = make("section");
    element.append(make("h3"), make("p", "lead"), make("div", "rows"));
    state.parts.set(id, element);
  }
  const [title, lead, holder] = element.children;
  title.textContent = part.title;
  lead.textContent = leads.filter(Boolean).join(" ");
  lead.hidden = !lead.textContent;
  fill(holder, rows);
  return element;
}

function drawn(state, row, value) {
  const shape = JSON.stringify([row.ask, row.kind, row.options, row.most]);
  let kept = state.rows.get(row.key);
  if (!kept || kept.shape !== shape) {
    kept = build(state, row, shape);
    state.rows.set(row.key, kept);
  }
  kept.row = row;
  const given = row.kind === "several" ? value.length > 0 : value !== null;
  kept.box.classList.toggle("given", given);
  kept.box.classList.toggle("quiet", !given && !row.open);
  // nothing in a row that was just answered moves: what has gone keeps its space until the row moves to the folded list
  const keepsSpace = given && (row.stays || row.key === state.latest);
  if (!keepsSpace || row.note) kept.note.textContent = given && !keepsSpace ? "" : row.note;
  kept.note.classList.toggle("gone", keepsSpace);
  kept.theirs.textContent = row.given;
  kept.theirs.hidden = !row.given;
  kept.theirs.classList.toggle("differs", row.differs);
  if (row.differs) kept.theirs.append(" ", make("b", "", `(${state.data.words.differs})`));
  kept.box.classList.toggle("beside", Boolean(row.given));
  kept.back.hidden = row.kind === "several" || row.kind === "known";
  kept.back.classList.toggle("gone", !given);
  if (kept.input) {
    if (kept.shown !== value) kept.input.value = row.typed || (value ?? "");
    if (kept.shown === undefined && row.typed) kept.check();
    kept.shown = value;
  }
  if (kept.told) kept.told.textContent = value;
  const chosen = kept.chips.findIndex((chip) => chip.dataset.value === value);
  kept.chips.forEach((chip, place) => {
    const on = row.kind === "several" ? value.includes(chip.dataset.value) : place === chosen;
    chip.setAttribute("aria-checked", on ? "true" : "false");
    if (row.kind === "one" && document.activeElement !== chip) chip.tabIndex = place === Math.max(chosen, 0) ? 0 : -1;
  });
  return kept.box;
}

function build(state, row, shape) {
  const box = make("div", `row ${row.kind}`);
  const said = make("div", "said");
  const note = make("span", "note");
  said.append(make("span", "ask", row.ask), note);
  if (row.hint) said.append(make("span", "hint", row.hint));
  const answer = make("div", "answer");
  const back = make("button", "back", state.data.words.takeBack);
  back.type = "button";
  back.setAttribute("aria-label", `${state.data.words.takeBack}: ${row.name}`);
  const theirs = make("div", "theirs");
  const kept = { shape, box, note, theirs, back, chips: [], input: null, row };
  back.onclick = () => {
    const inAnswered = box.closest(".answered");
    state.change(kept.row, null);
    (inAnswered ? inAnswered.querySelector("summary") : (kept.chips[0] ?? kept.input)).focus({ preventScroll: true });
  };
  if (row.kind === "number") number(state, kept, answer, row);
  else if (row.kind === "known") answer.append((kept.told = make("span", "told")));
  else chips(state, kept, answer, row);
  box.append(said, theirs, answer);
  answer.append(back);
  return kept;
}

function chips(state, kept, answer, row) {
  const group = make("div", "chips");
  group.setAttribute("role", row.kind === "one" ? "radiogroup" : "group");
  group.setAttribute("aria-label", row.name);
  for (const [value, label] of row.options) {
    const chip = make("button", "chip", label);
    chip.type = "button";
    chip.dataset.value = value;
    chip.setAttribute("role", row.kind === "one" ? "radio" : "checkbox");
    let toggledAt = -1000;
    chip.onclick = (event) => {
      if (row.kind === "several" && event.detail && event.timeStamp - toggledAt < 400) return; // a double tap is one answer
      toggledAt = event.timeStamp;
      state.change(kept.row, row.kind === "one" ? value : toggled(valueOf(state, kept.row), value));
    };
    kept.chips.push(chip);
    group.append(chip);
  }
  if (row.kind === "one") group.onkeydown = (event) => walk(kept.chips, event);
  answer.append(group);
}

function toggled(values, value) {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

function walk(chips, event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const to = chips[(chips.indexOf(event.target) + step + chips.length) % chips.length];
  for (const chip of chips) chip.tabIndex = chip === to ? 0 : -1;
  to.focus(); // chosen with Space or Enter: an arrow alone gives no answer
}

function number(state, kept, answer, row) {
  const input = make("input");
  input.inputMode = "numeric";
  input.autocomplete = "off";
  input.maxLength = 6;
  input.setAttribute("aria-label", row.name);
  const wrong = make("span", "wrong");
  wrong.setAttribute("role", "alert");
  wrong.id = `wrong-${row.key.replace(/\W/g, "-")}`;
  kept.check = () => {
    const typed = input.value.trim();
    const right = typed === "" || (/^\d+$/.test(typed) && Number(typed) <= row.most);
    const isYear = row.key === "person.age" && /^(19|20)\d\d$/.test(typed);
    wrong.textContent = right ? "" : isYear ? state.data.words.year : state.data.words.whole.replace("{most}", row.most);
    input.toggleAttribute("aria-invalid", !right);
    if (right) return true;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", wrong.id);
    return false;
  };
  input.onchange = () => {
    const typed = input.value.trim();
    if (kept.check()) state.change(kept.row, typed === "" ? null : Number(typed));
    else state.refuse(kept.row, typed);
  };
  kept.input = input;
  answer.append(input, wrong);
}
