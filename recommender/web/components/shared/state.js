// @ts-check

/**
 * A component's own state, begun with its first data and kept as long as its element is there.
 * @template State, Data
 * @param {(parentElement: HTMLElement | ShadowRoot, data: Data) => State} begin
 * @returns {(parentElement: HTMLElement | ShadowRoot, data: Data) => State}
 */
export function stateOf(begin) {
  /** @type {WeakMap<HTMLElement | ShadowRoot, State>} */
  const states = new WeakMap();
  return (parentElement, data) => {
    const state = states.get(parentElement) ?? begin(parentElement, data);
    states.set(parentElement, state);
    return state;
  };
}
