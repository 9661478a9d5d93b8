// @ts-check

/**
 * HTML of the server's, every text in it escaped there, unless it is shown already.
 * @param {HTMLElement} holder
 * @param {string} id
 * @param {() => void} write
 */
export function writeOnce(holder, id, write) {
  if (holder.dataset.shown === id) return;
  holder.dataset.shown = id;
  write();
}
