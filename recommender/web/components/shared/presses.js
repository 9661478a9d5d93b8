// @ts-check
// Lists that are drawn anew while somebody presses, reads and types in them.

/**
 * While a button is held down nothing is drawn anew: what moves between press and release would never be clicked.
 */
export class Presses {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.held = false;
    /** @type {(() => void) | null} */
    this.waiting = null;
    /** @type {AbortController | null} */
    this.listening = null;
  }

  /**
   * Listen, until `leave`; the signal is for what else listens as long.
   * @returns {AbortSignal | null} null where it listens already
   */
  watch() {
    if (this.listening) return null;
    this.listening = new AbortController();
    const { signal } = this.listening;
    const released = () => {
      setTimeout(() => {
        const { waiting } = this;
        this.held = false;
        this.waiting = null;
        waiting?.();
      });
    };
    this.root.addEventListener("pointerdown", () => (this.held = true), { signal });
    for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, released, { signal });
    return signal;
  }

  /** What listens to the whole window is taken off when the component is. */
  leave() {
    this.listening?.abort();
    this.listening = null;
  }

  /**
   * Draw now, or once nothing is held down.
   * @param {() => void} draw
   */
  whenFree(draw) {
    if (this.held) this.waiting = draw;
    else draw();
  }
}

/**
 * Draw without what is looked at moving away under it.
 * @param {Element | null | undefined} anchor
 * @param {() => void} draw
 */
export function inPlace(anchor, draw) {
  const before = anchor?.isConnected ? anchor.getBoundingClientRect().top : null;
  draw();
  if (before === null || !anchor?.isConnected) return;
  const moved = anchor.getBoundingClientRect().top - before;
  if (moved) document.querySelector('[data-testid="stMain"]')?.scrollBy({ top: moved, behavior: "instant" });
}

/**
 * What an element holds, in this order. What stays in its place is never taken out: a click on it would be lost.
 * @param {Element} holder
 * @param {readonly Element[]} wanted
 */
export function fill(holder, wanted) {
  const stay = new Set(wanted);
  for (const child of [...holder.children]) if (!stay.has(child)) child.remove();
  let at = holder.firstElementChild;
  for (const one of wanted) {
    if (one === at) at = at.nextElementSibling;
    else holder.insertBefore(one, at);
  }
}
