// What is measured of a page as it is drawn, looking into the components as well. Each check gives the list of what is wrong.
window.measured = (() => {
  const inside = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? inside(one.shadowRoot) : [])]);
  const all = () => inside(document.querySelector("#opening") ?? document.querySelector(".stApp") ?? document.body);
  const above = (one) => one.assignedSlot ?? one.parentElement ?? (one.getRootNode().host || null);
  const chain = (one) => (one ? [one, ...chain(above(one))] : []);
  const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.getClientRects().length > 0;
  const said = (one) => {
    const words = one.getAttribute("aria-label") || one.innerText || one.textContent || one.labels?.[0]?.innerText || one.className?.baseVal || "";
    return `${one.tagName.toLowerCase()} “${words.trim().replace(/\s+/g, " ").slice(0, 60)}”`;
  };

  // colours: red, green, blue and alpha of whatever a computed style says
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((value, at) => value * a + below[at] * (1 - a));
  const behind = (one) => {
    if (!one) return [255, 255, 255];
    const own = rgba(getComputedStyle(one).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, behind(above(one)));
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [least, most] = [light(one), light(other)].sort((a, b) => a - b);
    return (most + 0.05) / (least + 0.05);
  };

  // what shows where a control is: its own box, or the one that is drawn for it
  const BOXES = "[data-testid=stRadioOption], .stCheckbox label, [data-testid=stTextInputRootElement], [data-testid=stTextAreaRootElement], .stSelectbox [role=group], [data-testid=stDateInputField], [data-testid=stExpander] details";
  const CONTROLS = "button, input:not([type=radio], [type=file]), textarea, select";
  const borders = () => all().filter(shown).flatMap((one) => {
    if (one.matches("label input, [data-testid] input, [data-testid] textarea") && one.closest(BOXES)) return [];
    if (!one.matches(`${BOXES}, ${CONTROLS}`)) return [];
    const style = getComputedStyle(one);
    const outside = behind(above(one));
    const sides = ["Top", "Right", "Bottom", "Left"].filter((side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0);
    const edges = sides.map((side) => contrast(over(rgba(style[`border${side}Color`]), outside), outside)).filter((ratio) => ratio > 1.01);
    const filled = contrast(behind(one), outside);
    if (!edges.length && filled < 1.02) return one.matches("button") ? [] : [`${said(one)} has no border`]; // a button of words alone
    const best = Math.max(filled, edges.length >= 3 ? Math.min(...edges) : 0);
    return best >= 3 ? [] : [`${said(one)} is ${best.toFixed(2)} : 1 against what is around it`];
  });

  // what is pressed; a link in a sentence and a place of the drawing, which the list has too, may be smaller
  const PRESSED = "button, a[href], input, textarea, select, summary, [role=button], [role=radio], [role=checkbox], [role=tab], [role=switch]";
  const inSentence = (one) => one.matches("a") && chain(one).slice(1, 4).some((up) => up.matches?.("p, li, td, th, dd, span, div") && up.textContent.trim().length > one.textContent.trim().length + 2);
  const targets = () => all().filter((one) => one.matches(PRESSED) && shown(one)).flatMap((one) => {
    if (one.disabled || one.closest("svg") || inSentence(one)) return [];
    const box = (one.closest("label") ?? one.closest(BOXES) ?? one).getBoundingClientRect();
    if (one.tabIndex < 0 || box.bottom < 0 || box.right < 0) return []; // nothing that a finger could reach: shown to the keyboard alone
    const small = Math.min(box.width, box.height);
    return small >= 43.9 ? [] : [`${said(one)} is ${Math.round(box.width)} × ${Math.round(box.height)} pixels`];
  });

  // what is wider than the screen, and words that are cut off
  const main = () => document.querySelector("#opening") ?? document.querySelector("[data-testid=stMain]") ?? document.scrollingElement;
  const remembered = (found) => {
    const known = new Map();
    const look = (one) => {
      if (!one || ["HTML", "BODY"].includes(one.tagName) || one.matches("#opening, .stApp, [data-testid=stAppViewContainer], [data-testid=stMain]")) return null;
      if (!known.has(one)) known.set(one, found(one) ? one : look(above(one)));
      return known.get(one);
    };
    return look;
  };
  const cuts = (one) => {
    const style = getComputedStyle(one);
    if (style.display === "inline" || one.clientWidth <= 1) return false;
    const across = one.scrollWidth > one.clientWidth + 1 && (/hidden|clip/.test(style.overflowX) || style.textOverflow === "ellipsis");
    return across || (/hidden|clip/.test(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
  };
  const isHidden = (one) => one.getAttribute("aria-hidden") === "true" || /inset\(50%\)|rect\(0px/.test(getComputedStyle(one).clipPath + getComputedStyle(one).clip);
  const cut = () => {
    const clipping = remembered(cuts), hidden = remembered(isHidden);
    const wide = main().scrollWidth > innerWidth ? [`the page is ${main().scrollWidth} pixels wide, the screen ${innerWidth}`] : [];
    const words = all().filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) && shown(one));
    const off = words.filter((one) => !one.closest("svg") && !hidden(one)).flatMap((one) => {
      const box = one.getBoundingClientRect();
      if (box.right < 0 || box.width <= 1 || one.closest("[role=region][tabindex]")) return []; // a wide table scrolls by itself
      if (box.right > innerWidth + 1) return [`${said(one)} ends at ${Math.round(box.right)} of ${innerWidth} pixels`];
      const by = clipping(one);
      return by ? [`${said(one)} is cut off by ${by.tagName.toLowerCase()}.${by.className}`] : [];
    });
    return [...wide, ...new Set(off)];
  };

  // what moves although less movement is asked for
  const moving = () => [
    ...document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).map((one) => `${one.animationName ?? one.transitionProperty} moves ${said(one.effect.target)}`),
    ...all().flatMap((one) => {
      const style = getComputedStyle(one);
      const slow = Math.max(...style.transitionDuration.split(",").map(parseFloat), style.animationName === "none" ? 0 : parseFloat(style.animationDuration));
      return slow > 0.001 || style.scrollBehavior === "smooth" ? [`${said(one)} takes ${slow} s (${style.transitionProperty})`] : [];
    }),
  ];

  const focused = () => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };

  // what does not show that it has the focus; a shadow is nothing in forced colours
  const unseen = () => {
    const forced = matchMedia("(forced-colors: active)").matches;
    const marks = (one) => chain(one).slice(0, 6).map((up) => {
      const style = getComputedStyle(up);
      const hit = up.querySelector?.(".hit"); // a place of the drawn face
      const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 ? style.outline : "";
      return [outline, forced ? "" : style.boxShadow, style.borderColor, style.transform, style.top, style.opacity, style.clip, hit ? getComputedStyle(hit).stroke : ""].join();
    }).join(";");
    const active = focused();
    const scroller = main(), top = scroller.scrollTop;
    active?.blur();
    const reached = all().filter((one) => one.tabIndex >= 0 && one.matches(`${PRESSED}, [tabindex]`) && one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !one.matches("section, main, [data-testid=stMain]"));
    const before = reached.map(marks);
    const found = reached.flatMap((one, at) => {
      one.focus({ focusVisible: true, preventScroll: true });
      return marks(one) === before[at] ? [said(one)] : [];
    });
    active?.focus({ preventScroll: true });
    scroller.scrollTop = top;
    return found;
  };

  // what has the focus and lies wholly behind the bar that stays in view; backwards, as Shift and Tab go
  const covered = () => {
    const bar = document.querySelector(".st-key-bar");
    if (!bar) return [];
    const found = all().filter((one) => one.tabIndex >= 0 && one.matches(PRESSED) && one.checkVisibility({ visibilityProperty: true }) && !bar.contains(one)).reverse().flatMap((one) => {
      one.focus({ focusVisible: true });
      const [box, over] = [one.getBoundingClientRect(), bar.getBoundingClientRect()];
      return box.height && box.top >= over.top && box.bottom <= over.bottom && box.left >= over.left && box.right <= over.right ? [said(one)] : [];
    });
    main().scrollTop = 0;
    return found;
  };

  const spaced = (on) => {
    const rule = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rule);
    for (const root of [document, ...all().map((one) => one.shadowRoot).filter(Boolean)]) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((one) => !one.spaced), ...(on ? [Object.assign(sheet, { spaced: true })] : [])].filter((one) => root === document || one !== sheet);
      if (root !== document && on) {
        const own = Object.assign(new CSSStyleSheet(), { spaced: true });
        own.replaceSync(rule);
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, own];
      }
    }
  };
  // what stands above the page takes a twelfth of a small screen at most, but for the first page; enlarged to 400 %, the question is in sight
  const above_all = () => {
    main().scrollTop = 0;
    if ([...document.querySelectorAll("div.phase")].some(shown)) return [];
    const head = document.querySelector(".head, .st-key-head")?.getBoundingClientRect().bottom ?? 0;
    const heading = [...document.querySelectorAll("h1")].find(shown).getBoundingClientRect().bottom;
    if (innerHeight > 480) return head <= innerHeight / 12 ? [] : [`begins after ${Math.round(head)} of ${innerHeight} pixels`];
    const told = document.querySelector(".st-key-menu, .st-key-nothing-now"); // that nothing can be offered now comes before any question
    return heading <= innerHeight || told ? [] : [`shows its heading down to ${Math.round(heading)} of ${innerHeight} pixels`];
  };
  return { borders, targets, cut, moving, unseen, covered, spaced, focused, top: above_all };
})();
