// The list of shortcuts, with the switch that turns the keys of one letter off.

import { recall, remember } from "../memory";

const SHORTCUTS: ReadonlyArray<readonly [keys: string, meaning: string]> = [
  ["/", "Search"],
  ["?", "Show this list"],
  ["g h", "Go home"],
  ["Esc", "Close what is open"],
];

function row([keys, meaning]: readonly [string, string]): HTMLElement {
  const line = document.createElement("p");
  line.className = "shortcut";
  const caps = keys.split(" ").map((key) => {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    return cap;
  });
  const label = document.createElement("span");
  label.textContent = meaning;
  line.append(label, ...caps);
  return line;
}

function keySwitch(): HTMLElement {
  const label = document.createElement("label");
  label.className = "shortcut";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = recall("keys") !== "off";
  box.addEventListener("change", () => remember("keys", box.checked ? null : "off"));
  label.append("Use these keys on this device", box);
  return label;
}

function build(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  dialog.setAttribute("aria-labelledby", "shortcuts-title");
  const title = document.createElement("h2");
  title.id = "shortcuts-title";
  title.textContent = "Keyboard shortcuts";
  const close = document.createElement("button");
  close.className = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, ...SHORTCUTS.map(row), keySwitch(), close);
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

export function show(): void {
  if (document.querySelector("dialog[open]")) return;
  const dialog = build();
  document.body.append(dialog);
  dialog.showModal();
}
