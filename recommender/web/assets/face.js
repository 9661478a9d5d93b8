// The face to point at and the list: two views of one choice, kept here and sent to the server after each change.
const states = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let state = states.get(parentElement);
  if (!state) {
    state = { chosen: new Set(data.chosen), count: data.count };
    states.set(parentElement, state);
    build(parentElement, data);
  } else if (data.count >= state.count) {
    state.chosen = new Set(data.chosen);
    state.count = data.count;
  } // an older answer than the last click here: keep what was clicked

  const toggle = (area) => {
    if (!state.chosen.delete(area)) state.chosen.add(area);
    state.count += 1;
    paint();
    setStateValue("choice", { places: [...state.chosen], count: state.count });
  };
  const paint = () => {
    for (const shape of parentElement.querySelectorAll("[data-area]")) {
      shape.setAttribute("aria-checked", state.chosen.has(shape.dataset.area) ? "true" : "false");
    }
    for (const box of parentElement.querySelectorAll("input[value]")) box.checked = state.chosen.has(box.value);
    const names = data.areas.filter((area) => state.chosen.has(area.id)).map((area) => area.label);
    parentElement.querySelector(".chosen").textContent = names.length ? `${data.words.chosen}: ${names.join(", ")}` : data.words.nothing;
  };
  for (const inset of parentElement.querySelectorAll("[data-inset]")) inset.onclick = () => toggle(inset.dataset.inset);
  const name = parentElement.querySelector(".name");
  for (const shape of parentElement.querySelectorAll("[data-area]")) {
    const label = data.areas.find((area) => area.id === shape.dataset.area).label;
    shape.onclick = () => toggle(shape.dataset.area);
    shape.onkeydown = (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      toggle(shape.dataset.area);
    };
    shape.onpointerenter = shape.onfocus = () => { name.textContent = label; };
    shape.onpointerleave = shape.onblur = () => { name.textContent = ""; };
  }
  for (const box of parentElement.querySelectorAll("input[value]")) {
    box.onchange = () => toggle(box.value);
    const row = box.closest("label");
    const shape = parentElement.querySelector(`[data-area="${box.value}"]`);
    row.onpointerenter = () => shape.classList.add("pointed");
    row.onpointerleave = () => shape.classList.remove("pointed");
  }
  paint();
}

function build(root, data) {
  root.querySelector(".picker").classList.toggle("dense", data.dense);
  for (const shape of root.querySelectorAll("[data-area]")) {
    shape.setAttribute("aria-label", data.areas.find((area) => area.id === shape.dataset.area).label);
  }
  for (const inset of root.querySelectorAll("[data-inset]")) {
    inset.textContent = data.areas.find((area) => area.id === inset.dataset.inset).label;
  }
  root.querySelector("svg").setAttribute("aria-label", data.words.drawing);
  const skip = root.querySelector(".skip");
  skip.textContent = data.words.skip;
  const details = root.querySelector("details");
  details.querySelector("summary").textContent = data.words.list;
  details.open = root.querySelector(".picker").clientWidth > 560;
  skip.onclick = () => {
    details.open = true;
    details.querySelector("input").focus();
  };
  details.querySelector(".regions").replaceChildren(
    ...Object.entries(data.regions).map(([region, ids]) => {
      const group = document.createElement("fieldset");
      const legend = document.createElement("legend");
      legend.textContent = region;
      group.append(legend, ...ids.map((id) => row(data.areas.find((area) => area.id === id))));
      return group;
    })
  );
}

function row(area) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.value = area.id;
  const text = document.createElement("span");
  text.textContent = area.label;
  if (area.hint) {
    const hint = document.createElement("small");
    hint.textContent = area.hint;
    text.append(hint);
  }
  label.append(box, text);
  return label;
}
