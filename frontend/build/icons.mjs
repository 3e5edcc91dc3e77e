// Joins icons/*.svg into one sprite. An icon is drawn on a grid of 24, with strokes only, so
// that it takes the colour and the weight of the words beside it.

import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

const BODY = /<svg[^>]*>([\s\S]*)<\/svg>/;

/** The sprite's source and the names in it, from a folder of drawings. */
export async function sprite(folder) {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".svg")).sort();
  const names = files.map((file) => basename(file, ".svg"));
  const drawings = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const symbols = drawings.map((drawing, at) => {
    const body = BODY.exec(drawing)?.[1]?.replace(/\s*\n\s*/g, "");
    if (!body) throw new Error(`${files[at]} is not a drawing`);
    return `<symbol id="${names[at]}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  return { names, source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>` };
}
