import assert from "node:assert/strict";
import { test } from "node:test";

import { contrast, hex } from "../build/colour.mjs";
import { colours, plain, unreadable } from "../build/tokens.mjs";

test("converts the colours that the CSS specification converts", () => {
  assert.equal(hex([1, 0, 0]), "#ffffff");
  assert.equal(hex([0, 0, 0]), "#000000");
  assert.equal(hex([0.627955, 0.257683, 29.2339]), "#ff0000");
  assert.equal(hex([0.51975, 0.17686, 142.495]), "#008000");
});

test("refuses a colour that no screen shows as it is written", () => {
  assert.throws(() => hex([0.6, 0.4, 150]), /outside sRGB/);
});

test("measures contrast as WCAG does", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#777777"), 1);
  assert.equal(contrast("#767676", "#ffffff").toFixed(2), "4.54");
});

const SHEET = `:root { --ink: light-dark(oklch(0.2 0 0), oklch(0.5 0 0));
  --paper: light-dark(oklch(1 0 0), oklch(0.4 0 0)); --gap: 4px; }
/* @pair ink paper 4.5 */`;

test("writes a pair once for the day and twice for the night", () => {
  const css = plain(SHEET);
  const { "--ink": ink } = colours(SHEET);
  assert.equal(css.split(ink.day).length - 1, 1);
  assert.equal(css.split(ink.night).length - 1, 2);
  assert.match(css, /--gap: 4px/);
  assert.doesNotMatch(css, /oklch|light-dark/);
});

test("names the pair that cannot be read, and when", () => {
  assert.equal(unreadable(SHEET).length, 1);
  assert.match(unreadable(SHEET)[0], /^ink on paper by night: 1\.\d\d, not 4\.5$/);
});
