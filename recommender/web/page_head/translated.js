// @ts-check
// A browser that translates the page puts an element of its own in the place of each text. Streamlit's page would go on changing
// the text that nobody sees, and break where it takes it away: here the text comes back when it changes, to be translated anew.
(() => {
  const OWN = "FONT"; // what translators put there
  /** @type {WeakMap<Node, ChildNode>} */
  const standIns = new WeakMap(); // a text → what stands in its place
  const { insertBefore, removeChild } = Node.prototype;

  const shown = (/** @type {Node} */ parent, /** @type {Node} */ node) => {
    if (node.parentNode === parent) return node;
    let found = standIns.get(node) ?? node;
    while (found.parentNode && found.parentNode !== parent && found.parentNode.nodeName === OWN) found = found.parentNode;
    return found.parentNode === parent ? found : node;
  };
  Node.prototype.removeChild = function (child) {
    removeChild.call(this, shown(this, child));
    return child;
  };
  Node.prototype.insertBefore = function (node, before) {
    insertBefore.call(this, node, before && shown(this, before));
    return node;
  };

  const changed = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const found = standIns.get(target);
      if (!target.isConnected && found?.isConnected) found.replaceWith(target);
    }
  });
  new MutationObserver((changes) => {
    for (const box of document.querySelectorAll('[class*="st-key-people-"]:not([translate])')) box.setAttribute("translate", "no"); // names stay
    for (const { addedNodes, removedNodes, previousSibling, nextSibling } of changes) {
      const near = /** @type {(ChildNode | null)[]} */ ([...addedNodes, previousSibling, nextSibling]);
      const found = near.find((one) => one?.nodeName === OWN);
      if (!found) continue;
      for (const text of removedNodes) {
        if (text.nodeType !== Node.TEXT_NODE || text.isConnected) continue;
        standIns.set(text, found);
        changed.observe(text, { characterData: true });
      }
    }
  }).observe(document, { childList: true, subtree: true });
})();
