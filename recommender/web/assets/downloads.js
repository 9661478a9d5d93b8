// Files made in the browser from what the page already holds: nothing of them stays on the server.
export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".files");
  const pressed = (said) => {
    const button = document.createElement("button");
    button.type = "button";
    const label = document.createElement("span");
    label.textContent = said.label;
    const hint = document.createElement("small");
    hint.textContent = said.hint;
    button.append(label, " ", hint);
    return button;
  };
  list.replaceChildren(
    ...data.files.map((file) => {
      const button = pressed(file);
      button.className = file.main ? "main" : "";
      button.onclick = () => {
        const bytes = Uint8Array.from(atob(file.content), (character) => character.charCodeAt(0));
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
        link.download = file.name;
        document.body.append(link);
        link.click();
        link.remove();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      };
      return button;
    })
  );
  if (data.print) {
    const button = pressed(data.print);
    button.onclick = () => window.print();
    list.append(button);
  }
}
