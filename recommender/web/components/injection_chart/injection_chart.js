// The injection chart. Its points are kept here and sent to the server, all of them with a number, after each change; what the
// server answers counts once it has that number. Nothing is redrawn while a pointer is down, and elements that stay are reused.
const states = new WeakMap();
const STEP = 2; // units of the drawing that an arrow key moves a point: about a millimetre
const SHAPES = [
  '<circle r="11"/>',
  '<rect x="-11" y="-11" width="22" height="22" rx="3"/>',
  '<path d="M0 -14 L13 0 L0 14 L-13 0 Z"/>',
  '<path d="M-8 -11 L8 -11 L13.5 0 L8 11 L-8 11 L-13.5 0 Z"/>',
  '<path d="M0 -13 L13 -3 L8 12 L-8 12 L-13 -3 Z"/>',
];

export default function ({ data, parentElement, setStateValue }) {
  let state = states.get(parentElement);
  if (!state) {
    state = begin(parentElement, data);
    states.set(parentElement, state);
  }
  watchWindow(state);
  state.data = data;
  relabel(state);
  state.tell = () => setStateValue("told", {
    count: state.count,
    points: state.points.map(({ area, x, y, amount }) => ({ area, x, y, amount })),
    typed: state.points.flatMap(({ typed }, at) => (typed ? [[at + 1, typed]] : [])),
  });
  if (state.pressed) state.waits = true;
  else settle(state);
  return () => {
    state.watch?.abort();
    state.watch = null;
  };
}

function begin(parentElement, data) {
  const root = parentElement.querySelector(".chart");
  const find = (name) => root.querySelector(name);
  const svg = find("svg");
  const state = {
    root, find, svg, data, count: data.count, points: [], made: 0, selected: null, done: [], marks: new Map(), rows: new Map(),
    pressed: false, waits: false, drag: null, later: null,
    size: { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height, middle: svg.viewBox.baseVal.width / 2 },
  };
  state.places = readPlaces(svg, new Set(data.areas.map((area) => area.id)));
  words(state);
  watchStage(state);
  relabel(state);
  panel(state);
  adding(state);
  find(".undo").onclick = () => undo(state);
  find("#next").oninput = () => { if (amountIn(state, find("#next").value)) wrong(state, find("#next"), find("#next-wrong"), ""); };
  return state;
}

// What a place is called may change: whether it is agreed on is part of it.
function relabel(state) {
  state.labels = new Map(state.data.areas.map((area) => [area.id, area.label]));
  for (const option of state.panel?.areas.options ?? []) option.textContent = state.labels.get(option.value);
}

// What is selected, in words below the face.
function caption(state) {
  const point = state.points.find((one) => one.id === state.selected);
  const said = point ? about(state, point) : null;
  state.find(".under").textContent = said ? `${said.number}: ${said.place}, ${said.amount}` : "";
}

// What the server has is taken over unless it is older than the last change here; what is the same keeps its identity.
function settle(state) {
  const { data } = state;
  if (data.count >= state.count) {
    state.count = data.count;
    const known = [...state.points];
    const same = data.points.length === known.length && data.points.every((point, at) => alike(point, known[at]));
    const typed = new Map(data.typed);
    state.points = data.points.map((point, place) => {
      const at = known.findIndex((one) => alike(one, point));
      return { ...point, typed: typed.get(place + 1) ?? "", id: at < 0 ? (state.made += 1) : known.splice(at, 1)[0].id };
    });
    if (!same) state.done = [];
  }
  paint(state);
  if (state.selected !== null && !state.drag) caption(state);
}

function alike(one, other) {
  return one.area === other.area && one.x === other.x && one.y === other.y && one.amount === other.amount;
}

// While a button is held down nothing is drawn anew: what moves between press and release would never be clicked.
// What listens to the whole window is taken off when the chart is.
function watchWindow(state) {
  if (state.watch) return;
  state.watch = new AbortController();
  const { signal } = state.watch;
  window.addEventListener("pagehide", () => hurry(state), { signal });
  state.root.addEventListener("focusout", () => hurry(state), { signal });
  state.root.addEventListener("pointerdown", () => (state.pressed = true), { signal });
  const released = () =>
    setTimeout(() => {
      state.pressed = false;
      if (state.waits) settle(state);
      state.waits = false;
    });
  for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, released, { signal });
}

function say(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function make(name, className, said) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (said) element.textContent = said;
  return element;
}

function button(className, said) {
  const element = make("button", className, said);
  element.type = "button";
  return element;
}

function inUnits(state, point) {
  return { x: point.x * state.size.width, y: point.y * state.size.height };
}

function sideSaid(state, point) {
  const place = state.places.find((one) => one.area === point.area);
  const side = sideOf(place, point.x * state.size.width, state.size.middle);
  return side ? state.data.words[side] : "";
}

function placeSaid(state, point) {
  return [state.labels.get(point.area) ?? point.area, sideSaid(state, point)].filter(Boolean).join(", ");
}

// Amounts are kept as they are written, and added up in thousandths: 0.1 + 0.2 is 0.3 here.
function thousandths(amount) {
  return Math.round(Number(amount) * 1000);
}

// The decimal mark of the language, and a point where it cannot stand for a thousand: what may mean either is never guessed.
function amountIn(state, typed) {
  const text = isTwoWays(state, typed) ? "" : typed.trim().replace(state.data.decimal, ".");
  if (!/^(\d{1,4}(\.\d{1,3})?|\.\d{1,3})$/.test(text)) return null;
  const number = thousandths(text);
  return number > 0 && number <= 1000000 ? String(number / 1000) : null;
}

function isTwoWays(state, typed) {
  return state.data.decimal !== "." && /^[1-9]\d{0,2}\.\d{3}$/.test(typed.trim());
}

function whyNot(state, typed) {
  return isTwoWays(state, typed) ? state.data.words.twoWays : state.data.words.wrongAmount;
}

function written(state, amount) {
  return amount.replace(".", state.data.decimal);
}

function withUnit(state, amount) {
  const [one, several] = state.data.unit;
  return `${written(state, amount)} ${amount === "1" ? one : several}`.trim();
}

function total(state, points = state.points) {
  return withUnit(state, String(points.reduce((sum, point) => sum + thousandths(point.amount), 0) / 1000));
}

// One change: the list before it can be had back, the list after it is told.
function change(state, points, selected, said, { slowly = false } = {}) {
  state.done.push({ points: state.points, selected: state.selected });
  if (state.done.length > 200) state.done.shift();
  state.points = points;
  state.selected = selected;
  noted(state, said, slowly);
}

function undo(state) {
  const before = state.done.pop();
  if (!before) return;
  state.points = before.points;
  state.selected = before.points.some((point) => point.id === before.selected) ? before.selected : null;
  noted(state, state.data.words.undone, false);
}

function noted(state, said, slowly) {
  state.count += 1;
  paint(state);
  caption(state);
  status(state, said);
  clearTimeout(state.later);
  state.later = slowly ? setTimeout(() => hurry(state), 200) : null; // an arrow key held down is one message, not thirty
  if (!slowly) state.tell();
}

function hurry(state) {
  if (state.later === null) return;
  clearTimeout(state.later);
  state.later = null;
  state.tell();
}

function status(state, said) {
  state.find(".status").textContent = said;
  state.find(".status").classList.remove("refused");
}

function refuse(state, said) {
  status(state, said);
  state.find(".status").classList.add("refused");
}

function wrong(state, input, holder, said) {
  holder.textContent = said;
  if (said) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

function about(state, point, points = state.points) {
  return {
    number: points.findIndex((one) => one.id === point.id) + 1,
    place: placeSaid(state, point),
    amount: withUnit(state, point.amount),
    total: total(state, points),
  };
}

function place(state, area, x, y) {
  const { words, most } = state.data;
  const next = state.find("#next");
  const amount = amountIn(state, next.value);
  wrong(state, next, state.find("#next-wrong"), amount ? "" : whyNot(state, next.value));
  if (!amount) {
    next.focus();
    next.select();
    return false;
  }
  if (state.points.length >= most) {
    refuse(state, say(words.full, { most }));
    return false;
  }
  const point = { id: (state.made += 1), area, ...rounded(state, x, y), amount, typed: "" };
  const points = [...state.points, point];
  change(state, points, point.id, say(words.placed, about(state, point, points)));
  return true;
}

function rounded(state, x, y) {
  const share = (value, whole) => Math.round((Math.min(Math.max(value, 0), whole) / whole) * 10000) / 10000;
  return { x: share(x, state.size.width), y: share(y, state.size.height) };
}

function replace(state, id, parts, word, options) {
  const points = state.points.map((point) => (point.id === id ? { ...point, ...parts } : point));
  const point = points.find((one) => one.id === id);
  change(state, points, state.selected, say(state.data.words[word], about(state, point, points)), options);
}

function remove(state, id) {
  const at = state.points.findIndex((point) => point.id === id);
  if (at < 0) return;
  const points = state.points.filter((point) => point.id !== id);
  change(state, points, state.selected === id ? null : state.selected,
    say(state.data.words.removed, { number: at + 1, total: total(state, points) }));
}

// A moved point belongs to the place it comes to; a place that was chosen by hand stays while the point stays in its surroundings.
function move(state, id, x, y, options) {
  const point = state.points.find((one) => one.id === id);
  const from = inUnits(state, point);
  const to = rounded(state, x, y);
  const found = placeAt(state.places, to.x * state.size.width, to.y * state.size.height);
  if (!found) return refuse(state, state.data.words.nowhere);
  const before = placeAt(state.places, from.x, from.y);
  const area = before?.area === found.area ? point.area : found.area;
  replace(state, id, { ...to, area }, "moved", options);
}

function nudge(state, id, across, down, far) {
  const from = inUnits(state, state.points.find((point) => point.id === id));
  const step = far ? 5 * STEP : STEP;
  move(state, id, from.x + across * step, from.y + down * step, { slowly: true });
}

// An amount that is none is told, too: nobody signs over what is typed and not kept. An empty field is the amount as it was.
function enter(state, id, input) {
  const point = state.points.find((one) => one.id === id);
  if (!point) return;
  const text = input.value.trim();
  const amount = amountIn(state, text);
  const typed = amount ? "" : text;
  if (amount && amount !== point.amount) return replace(state, id, { amount, typed }, "changed");
  input.value = typed || written(state, point.amount);
  if (typed === point.typed) return;
  state.points = state.points.map((one) => (one.id === id ? { ...one, typed } : one));
  noted(state, typed ? "" : state.find(".status").textContent, false);
}

// An amount in its field: what was typed and is none stands there with its complaint; what is being typed is left alone.
function paintAmount(state, kept, complaint, point) {
  const now = `${point.id} ${point.amount} ${point.typed}`;
  if (kept.shown === now) return;
  kept.shown = now;
  kept.input.value = point.typed || written(state, point.amount);
  const still = say(state.data.words.keptOld, { amount: withUnit(state, point.amount) });
  wrong(state, kept.input, complaint, point.typed ? `${whyNot(state, point.typed)}. ${still}` : "");
}

function select(state, id, { focus = false } = {}) {
  state.selected = id;
  paint(state);
  caption(state);
  const point = state.points.find((one) => one.id === id);
  if (focus && point) state.marks.get(id).focus({ preventScroll: true });
}

function words(state) {
  const { find, data } = state;
  const said = data.words;
  find(".bar label").textContent = said.next;
  find("#next-hint").textContent = said.hint;
  find(".undo").textContent = said.undo;
  find(".marks").setAttribute("aria-label", said.marks);
  const [right, left] = find(".sides").children;
  right.textContent = said.patientsRight;
  left.textContent = said.patientsLeft;
}

// Taps on the face, and points that are tapped, dragged or moved by keys.
function watchStage(state) {
  const { svg } = state;
  const under = state.find(".under");
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * state.size.width, ((event.clientY - box.top) / box.height) * state.size.height];
  };
  state.at = at;
  const light = (found) => {
    for (const one of state.places) one.group.classList.toggle("pointed", one === found);
  };
  svg.onclick = (event) => {
    const [x, y] = at(event);
    const found = placeAt(state.places, x, y);
    if (!found) refuse(state, state.data.words.nowhere);
    else place(state, found.area, x, y);
  };
  svg.onpointermove = (event) => {
    if (event.pointerType === "touch") return;
    const [x, y] = at(event);
    const found = placeAt(state.places, x, y);
    light(found);
    under.textContent = found ? placeSaid(state, { area: found.area, x: x / state.size.width }) : "";
  };
  svg.onpointerleave = () => { light(null); under.textContent = ""; };
  state.light = light;
}

function mark(state, id) {
  const element = button("mark");
  element.append(symbol(state.data.product, ""));
  element.onpointerdown = (event) => {
    if (event.button !== 0) return;
    state.drag = { id, from: [event.clientX, event.clientY], moved: false };
    element.setPointerCapture(event.pointerId);
  };
  element.onpointermove = (event) => {
    const { drag } = state;
    if (!drag || drag.id !== id) return;
    const far = Math.hypot(event.clientX - drag.from[0], event.clientY - drag.from[1]);
    if (!drag.moved && far < (event.pointerType === "mouse" ? 4 : 8)) return;
    drag.moved = true;
    const [x, y] = state.at(event);
    const to = rounded(state, x, y);
    put(element, to);
    const found = placeAt(state.places, to.x * state.size.width, to.y * state.size.height);
    state.light(found);
    state.find(".under").textContent = found ? placeSaid(state, { ...to, area: found.area }) : "";
    drag.to = [x, y];
  };
  element.onpointerup = () => {
    const { drag } = state;
    state.drag = null;
    if (!drag?.moved) return;
    state.dragged = true; // the click that follows is the end of the drag
    setTimeout(() => (state.dragged = false));
    state.light(null);
    state.selected = id;
    move(state, id, ...drag.to);
    paint(state); // back to where it was, if it could not stay there
  };
  element.onpointercancel = element.onlostpointercapture = () => {
    const cancelled = state.drag?.id === id;
    if (cancelled) state.drag = null;
    if (cancelled) paint(state);
  };
  element.onclick = () => { if (!state.dragged) select(state, id, { focus: true }); };
  element.onkeydown = (event) => keys(state, id, event);
  return element;
}

function keys(state, id, event) {
  const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
  const at = state.points.findIndex((point) => point.id === id);
  const to = { PageUp: at - 1, PageDown: at + 1, Home: 0, End: state.points.length - 1 }[event.key];
  if (across || down) {
    state.selected = id;
    nudge(state, id, across, down, event.shiftKey);
  } else if (event.key === "Delete" || event.key === "Backspace") {
    removeAndStay(state, id, (one) => state.marks.get(one));
  } else if (to !== undefined) {
    const next = state.points[Math.min(Math.max(to, 0), state.points.length - 1)];
    select(state, next.id, { focus: true });
  } else if (event.key === "Escape") {
    select(state, null);
  } else return;
  event.preventDefault();
}

// The focus goes on to the point that follows, or to the amount where none is left.
function removeAndStay(state, id, control) {
  const at = state.points.findIndex((point) => point.id === id);
  remove(state, id);
  const next = state.points[Math.min(at, state.points.length - 1)];
  (next ? control(next.id) : state.find("#next")).focus({ preventScroll: true });
}

function put(element, point) {
  element.style.left = `${point.x * 100}%`;
  element.style.top = `${point.y * 100}%`;
}

function symbol(product, text) {
  const holder = make("span", "symbol");
  holder.style.setProperty("--product", product.colour);
  holder.innerHTML = `<svg viewBox="-15 -15 30 30" aria-hidden="true">${SHAPES[product.shape]}<text y="4.6" text-anchor="middle"></text></svg>`;
  holder.querySelector("text").textContent = text;
  return holder;
}

// The selected point: its amount, its place, and buttons that do what dragging does.
function panel(state) {
  const said = state.data.words;
  const holder = state.find(".panel");
  const title = make("p", "title");
  title.id = "panel-title";
  const amount = make("label", "field", said.amount);
  const input = amountInput("of-selected");
  const unit = make("span", "with-unit");
  unit.append(input, make("span", "unit"));
  amount.append(unit);
  const choice = make("label", "field", said.place);
  const areas = make("select");
  areas.append(...state.data.areas.map((area) => new Option(area.label, area.id)));
  choice.append(areas);
  const complaint = make("p", "wrong");
  complaint.id = "selected-wrong";
  complaint.setAttribute("role", "alert");
  input.setAttribute("aria-describedby", complaint.id);
  const pad = make("div", "pad");
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", said.move);
  for (const [name, sign, across, down] of [["toLeft", "←", -1, 0], ["up", "↑", 0, -1], ["down", "↓", 0, 1], ["toRight", "→", 1, 0]]) {
    const arrow = button("", sign);
    arrow.setAttribute("aria-label", said[name]);
    arrow.onclick = () => nudge(state, state.selected, across, down, false);
    pad.append(arrow);
  }
  const away = button("remove", said.remove);
  away.onclick = () => {
    remove(state, state.selected);
    state.find(".undo").focus({ preventScroll: true });
  };
  const close = button("plain", said.done);
  close.onclick = () => {
    const id = state.selected;
    select(state, null);
    state.rows.get(id)?.show.focus({ preventScroll: true });
  };
  const actions = make("div", "actions");
  actions.append(away, close);
  const fields = make("div", "fields");
  fields.append(amount, choice);
  const moves = make("div", "moves");
  moves.append(make("span", "label", said.move), pad);
  holder.append(title, fields, complaint, moves, actions);
  input.onchange = () => enter(state, state.selected, input);
  areas.onchange = () => replace(state, state.selected, { area: areas.value }, "changed");
  state.panel = { holder, title, input, areas, complaint, away, shown: null };
}

function amountInput(className) {
  const input = make("input", className);
  input.inputMode = "decimal";
  input.autocomplete = "off";
  input.maxLength = 12;
  return input;
}

// A point without a tap: in the middle of a place, or beside the points that are there already.
function adding(state) {
  const said = state.data.words;
  const holder = state.find(".adding");
  const label = make("label", "field", said.addAt);
  const choice = make("select");
  choice.append(new Option(said.choose, ""));
  for (const [region, ids] of Object.entries(state.data.regions)) {
    const group = make("optgroup");
    group.label = region;
    for (const found of ids.map((id) => state.places.find((one) => one.area === id)).filter(Boolean)) {
      const label = state.labels.get(found.area);
      if (found.sides < 2) group.append(new Option(label, found.area));
      else group.append(...["right", "left"].map((side) => new Option(`${label}, ${said[side]}`, `${found.area} ${side}`)));
    }
    if (group.children.length) choice.append(group);
  }
  label.append(choice);
  const add = button("", said.add);
  const hint = make("p", "hint", said.addHint);
  const complaint = make("p", "wrong");
  hint.id = "add-hint";
  complaint.id = "add-wrong";
  complaint.setAttribute("role", "alert");
  choice.setAttribute("aria-describedby", `${complaint.id} ${hint.id}`);
  choice.onchange = () => wrong(state, choice, complaint, "");
  add.onclick = () => {
    wrong(state, choice, complaint, choice.value ? "" : said.wrongPlace);
    if (!choice.value) return choice.focus();
    const [area, side] = choice.value.split(" ");
    const found = state.places.find((one) => one.area === area);
    const spot = freeSpot(found, side, state.points.map((point) => inUnits(state, point)), state.size.middle);
    place(state, area, spot.x, spot.y);
  };
  const line = make("div", "line");
  line.append(label, add);
  holder.append(line, complaint, hint);
}

function paint(state) {
  const { data, find, points, root } = state;
  const said = data.words;
  const focused = root.getRootNode().activeElement;
  const anchor = focused?.closest?.("tr");
  const before = anchor?.getBoundingClientRect().top;
  if (!points.some((point) => point.id === state.selected)) state.selected = null;
  find(".problem").hidden = !data.problem;
  if (find(".problem").textContent !== data.problem) find(".problem").textContent = data.problem;
  find("svg").setAttribute("aria-label", say(said.drawing, { product: data.product.name }));
  const summed = find(".total");
  const counted = points.length === 1 ? said.inOnePoint : say(said.inPoints, { number: points.length });
  summed.replaceChildren(make("span", "", `${said.total} `), make("strong", "", total(state)), make("span", "", ` ${counted}`));
  find(".undo").hidden = !state.done.length;
  if (focused === find(".undo") && !state.done.length) find("#next").focus({ preventScroll: true });
  paintMarks(state);
  paintTable(state);
  paintPanel(state);
  paintOthers(state);
  for (const unit of root.querySelectorAll(".unit")) unit.textContent = data.unit[1];
  if (anchor?.isConnected) {
    const moved = anchor.getBoundingClientRect().top - before;
    if (moved) document.querySelector('[data-testid="stMain"]')?.scrollBy({ top: moved, behavior: "instant" });
  }
}

function keep(map, points) {
  const ids = new Set(points.map((point) => point.id));
  for (const id of [...map.keys()]) if (!ids.has(id)) map.delete(id);
}

function fill(holder, wanted) {
  const stay = new Set(wanted);
  for (const child of [...holder.children]) if (!stay.has(child)) child.remove();
  let at = holder.firstElementChild;
  for (const one of wanted) {
    if (one === at) at = at.nextElementSibling;
    else holder.insertBefore(one, at);
  }
}

function paintMarks(state) {
  keep(state.marks, state.points);
  const reachable = state.selected ?? state.points[0]?.id; // one stop for the Tab key, whichever it is
  const marks = state.points.map((point, at) => {
    if (!state.marks.has(point.id)) state.marks.set(point.id, mark(state, point.id));
    const element = state.marks.get(point.id);
    const said = about(state, point);
    put(element, point);
    element.querySelector("text").textContent = at + 1;
    element.classList.toggle("many", at >= 99);
    element.setAttribute("aria-label", `${say(state.data.words.point, said)}: ${said.place}, ${said.amount}`);
    element.setAttribute("aria-pressed", point.id === state.selected ? "true" : "false");
    element.tabIndex = point.id === reachable ? 0 : -1;
    return element;
  });
  fill(state.find(".marks"), marks);
}

function paintTable(state) {
  const { data, points } = state;
  const said = data.words;
  keep(state.rows, points);
  if (!state.table) {
    state.table = make("table");
    const head = make("tr");
    for (const name of ["number", "place", "amount", "actions"]) {
      const cell = make("th");
      cell.scope = "col";
      cell.append(make("span", name === "actions" ? "unseen" : "", said[name]));
      if (name === "amount") cell.append(" ", make("span", "unit"));
      head.append(cell);
    }
    const top = make("thead");
    top.append(head);
    state.table.append(make("caption"), top, make("tbody"));
    state.empty = make("p", "hint", said.none);
    state.find(".list").append(state.table, state.empty);
  }
  state.table.caption.textContent = say(said.table, { product: data.product.name });
  state.table.hidden = !points.length;
  state.empty.hidden = points.length > 0;
  fill(state.table.tBodies[0], points.map((point) => row(state, point)));
}

function row(state, point) {
  const said = state.data.words;
  let kept = state.rows.get(point.id);
  if (!kept) {
    kept = { box: make("tr"), show: button("show"), place: make("td", "place"), input: amountInput(""), wrong: make("p", "wrong"), away: button("remove", "×") };
    const number = make("th");
    number.scope = "row";
    kept.show.append(symbol(state.data.product, ""));
    number.append(kept.show);
    const amount = make("td");
    kept.wrong.id = `wrong-${point.id}`;
    kept.wrong.setAttribute("role", "alert");
    kept.input.setAttribute("aria-describedby", kept.wrong.id);
    amount.append(kept.input, kept.wrong);
    const actions = make("td");
    actions.append(kept.away);
    kept.box.append(number, kept.place, amount, actions);
    kept.show.onclick = () => select(state, point.id);
    kept.input.onchange = () => enter(state, point.id, kept.input);
    kept.away.onclick = () => removeAndStay(state, point.id, (id) => state.rows.get(id).away);
    state.rows.set(point.id, kept);
  }
  const told = about(state, point);
  kept.box.classList.toggle("selected", point.id === state.selected);
  kept.show.querySelector("text").textContent = told.number;
  kept.show.setAttribute("aria-pressed", point.id === state.selected ? "true" : "false");
  kept.show.setAttribute("aria-label", say(said.show, told));
  const side = sideSaid(state, point);
  if (kept.place.dataset.said !== told.place) {
    kept.place.replaceChildren(make("span", "", state.labels.get(point.area) ?? point.area), ...(side ? [make("small", "", side)] : []));
    kept.place.dataset.said = told.place;
  }
  kept.input.setAttribute("aria-label", say(said.amountOf, told));
  kept.away.setAttribute("aria-label", say(said.removeOf, told));
  paintAmount(state, kept, kept.wrong, point);
  return kept.box;
}

function paintPanel(state) {
  const { panel: kept, data } = state;
  const said = data.words;
  const point = state.points.find((one) => one.id === state.selected);
  kept.holder.hidden = !point;
  if (!point) return;
  const told = about(state, point);
  kept.title.textContent = `${say(said.point, told)}: ${told.place}`;
  kept.input.setAttribute("aria-label", say(said.amountOf, told));
  kept.areas.setAttribute("aria-label", say(said.placeOf, told));
  kept.areas.value = point.area;
  kept.away.setAttribute("aria-label", say(said.removeOf, told));
  paintAmount(state, kept, kept.complaint, point);
}

function paintOthers(state) {
  const { data, find } = state;
  const shown = JSON.stringify([data.product, data.others]);
  if (state.shownOthers === shown) return;
  state.shownOthers = shown;
  find(".others").replaceChildren(
    ...data.others.flatMap((other) =>
      other.points.map((point) => {
        const one = symbol(other, other.letter);
        put(one, point);
        return one;
      })
    )
  );
  const entry = (product, note) => {
    const line = make("p");
    line.append(symbol(product, product.letter), make("span", "", product.name), make("small", "", note));
    return line;
  };
  const counted = (number) => (number === 1 ? data.words.inOnePoint : say(data.words.inPoints, { number }));
  const edited = entry(data.product, data.words.edited);
  edited.className = "edited";
  find(".legend").replaceChildren(edited, ...data.others.map((other) => entry(other, counted(other.points.length))));
}
