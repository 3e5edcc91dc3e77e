// Turns the tokens as they are written (OKLCH pairs in light-dark()) into what old phones read.

import { contrast, hex } from "./colour.mjs";

const PAIR = /(--[\w-]+):\s*light-dark\(\s*oklch\(([^)]*)\)\s*,\s*oklch\(([^)]*)\)\s*\);/g;
const PROMISE = /@pair ([\w-]+) ([\w-]+) ([\d.]+)/g;

const triple = (text) => text.trim().split(/\s+/).map(Number);

/** The colour tokens of a style sheet: name to { day, night } in `#rrggbb`. */
export function colours(css) {
  const found = {};
  for (const [, name, day, night] of css.matchAll(PAIR)) {
    found[name] = { day: hex(triple(day)), night: hex(triple(night)) };
  }
  return found;
}

/** The pairs whose contrast is below what the style sheet promises, as sentences. */
export function unreadable(css) {
  const known = colours(css);
  const faults = [];
  for (const [, words, ground, least] of css.matchAll(PROMISE)) {
    for (const time of ["day", "night"]) {
      const ratio = contrast(known[`--${words}`][time], known[`--${ground}`][time]);
      if (ratio < Number(least)) {
        faults.push(`${words} on ${ground} by ${time}: ${ratio.toFixed(2)}, not ${least}`);
      }
    }
  }
  return faults;
}

const block = (known, time) =>
  Object.entries(known)
    .map(([name, colour]) => `${name}: ${colour[time]};`)
    .join("");

/** The same style sheet with plain colours: the day's, the device's night, the chosen night.
 * On paper it is always day. */
export function plain(css) {
  const known = colours(css);
  const night = `color-scheme: dark;${block(known, "night")}`;
  return `:root { color-scheme: light;${block(known, "day")} }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${night} } }
@media screen { :root[data-theme="dark"] { ${night} } }
${css.replaceAll(PAIR, "")}`;
}

/** The esbuild plugin: checks the promises, then hands over the plain tokens. */
export const tokens = {
  name: "tokens",
  setup(build) {
    build.onLoad({ filter: /tokens\.css$/ }, async ({ path }) => {
      const { readFile } = await import("node:fs/promises");
      const css = await readFile(path, "utf8");
      const errors = unreadable(css).map((text) => ({ text }));
      return errors.length > 0 ? { errors } : { contents: plain(css), loader: "css" };
    });
  },
};
