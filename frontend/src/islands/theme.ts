// Light, dark, or as the device has it.

import { recall, remember } from "../memory";

function apply(choice: string): void {
  const root = document.documentElement;
  if (choice === "device") delete root.dataset["theme"];
  else root.dataset["theme"] = choice;
  remember("theme", choice === "device" ? null : choice);
  dispatchEvent(new Event("nexus:theme"));
}

export function mount(elements: HTMLElement[]): void {
  for (const element of elements) {
    const buttons = [...element.querySelectorAll<HTMLButtonElement>("button[data-theme-choice]")];
    const press = (choice: string): void => {
      for (const button of buttons) {
        button.ariaPressed = String(button.dataset["themeChoice"] === choice);
      }
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const choice = button.dataset["themeChoice"] ?? "device";
        apply(choice);
        press(choice);
      });
    }
    press(recall("theme") ?? "device");
    element.hidden = false;
  }
}
