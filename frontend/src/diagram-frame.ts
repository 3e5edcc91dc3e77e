// Runs inside the sandboxed frame /embed/diagram: takes a diagram's source, hands back an SVG.

import mermaid from "mermaid";

import type { Drawing, Order } from "./islands/diagrams";

/** A source longer than this is not drawn: it would hold up an old phone for too long. */
const LONGEST = 50_000;

function setUp(dark: boolean): void {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    maxTextSize: LONGEST,
    theme: dark ? "dark" : "neutral",
    fontFamily: "system-ui, sans-serif",
    // text in SVG, not HTML: a picture shows no HTML in some browsers
    htmlLabels: false,
    flowchart: { htmlLabels: false },
  });
}

/** The drawing's own size in its attributes, so that a picture of it has one. */
function sized(svg: string): string {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  const root = parsed.documentElement;
  const [, , width, height] = (root.getAttribute("viewBox") ?? "").split(/\s+/);
  if (!width || !height) return svg;
  root.setAttribute("width", width);
  root.setAttribute("height", height);
  return new XMLSerializer().serializeToString(root);
}

function titleOf(svg: string, source: string): string {
  const title = new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("title");
  const kind = /^\s*(\w+)/m.exec(source.replace(/^---[\s\S]*?---/, ""))?.[1] ?? "";
  return title?.textContent?.trim() || `Diagram (${kind}); its source follows`;
}

async function draw({ id, source, dark }: Order): Promise<Drawing> {
  try {
    setUp(dark);
    const { svg } = await mermaid.render(`drawing-${id}`, source);
    return { id, svg: sized(svg), title: titleOf(svg, source) };
  } catch (fault) {
    return { id, fault: String(fault) };
  }
}

// mermaid draws one at a time
let queue: Promise<unknown> = Promise.resolve();

addEventListener("message", (event: MessageEvent<Order>) => {
  if (event.source !== parent) return;
  queue = queue
    .then(() => draw(event.data))
    .then((drawing) => parent.postMessage(drawing, "*"));
});
parent.postMessage("ready", "*");
