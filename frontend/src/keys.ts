// Shortcuts: / searches, ? lists them, g then h goes home. Keys of one letter can be turned off
// in the list (WCAG 2.2, 2.1.4), for those whose speech or hands would press them by accident.

import { recall } from "./memory";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

/** Puts the cursor into the first search box on show, or goes to the page that has one. */
function search(): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("input[type=search]")];
  const box = boxes.find((one) => one.offsetParent !== null);
  if (box) box.select();
  else document.querySelector<HTMLAnchorElement>("a.to-search")?.click();
}

const showList = (): void => void import("./islands/shortcuts").then((island) => island.show());

export function listenForKeys(): void {
  let before = "";
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (recall("keys") === "off") return;
    const pressed = before + event.key;
    before = event.key === "g" ? "g" : "";
    const act = { "/": search, "?": showList, gh: () => location.assign("/") }[pressed];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.querySelector("[data-shortcuts]")?.addEventListener("click", showList);
  document.querySelector("[data-shortcuts]")?.removeAttribute("hidden");
}
