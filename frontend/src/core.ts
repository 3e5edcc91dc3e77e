// The one script every page has: it finds what on the page can be more than HTML and loads only
// that. Everything here is an addition; without it every page reads and every form works.

import { followFragments } from "./fragments";
import { listenForKeys } from "./keys";
import { mountSheet } from "./sheet";
import { mountTimes } from "./times";

/** An island: the module that brings one kind of element to life. */
interface Island {
  mount(elements: HTMLElement[]): void;
}

/** What to look for, and what to load once when there is any of it. */
const ISLANDS: ReadonlyArray<readonly [selector: string, load: () => Promise<Island>]> = [
  [".code pre, [data-copy]", () => import("./islands/copy")],
  ["[data-island=suggest]", () => import("./islands/suggest")],
  ["[data-island=theme]", () => import("./islands/theme")],
  ["[data-island=progress]", () => import("./islands/progress")],
  ["[data-island=toc]", () => import("./islands/toc")],
  ["figure.file", () => import("./islands/lines")],
  ["[data-island=compare]", () => import("./islands/compare")],
  ["a.picture[data-src]", () => import("./islands/pictures")],
  ["[data-island=passkey]", () => import("./islands/passkey")],
  ["figure.diagram", () => import("./islands/diagrams")],
];

for (const [selector, load] of ISLANDS) {
  const elements = [...document.querySelectorAll<HTMLElement>(selector)];
  if (elements.length > 0) void load().then((island) => island.mount(elements));
}
mountTimes();
mountSheet();
followFragments();
listenForKeys();
