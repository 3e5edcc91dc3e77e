// OKLCH to sRGB, and the contrast of two colours.
//
// The matrices are those of https://www.w3.org/TR/css-color-4/#color-conversion-code (through
// Oklab); contrast is https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.

/** @typedef {[number, number, number]} Triple */

/** Linear-light sRGB of an OKLCH colour; channels leave 0..1 when it is out of gamut.
 * @param {Triple} colour lightness 0..1, chroma, hue in degrees
 * @returns {Triple}
 */
function linear([lightness, chroma, hue]) {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const encode = (value) =>
  value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;

const decode = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** An OKLCH colour as `#rrggbb`.
 * @param {Triple} colour
 * @throws when a screen cannot show it: a token should say what is seen
 */
export function hex(colour) {
  const channels = linear(colour);
  if (channels.some((value) => value < -0.002 || value > 1.002)) {
    throw new Error(`oklch(${colour.join(" ")}) lies outside sRGB: lower its chroma`);
  }
  const byte = (value) => Math.round(encode(Math.min(1, Math.max(0, value))) * 255);
  return "#" + channels.map((value) => byte(value).toString(16).padStart(2, "0")).join("");
}

/** How bright `#rrggbb` is, 0 to 1. */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => decode(parseInt(colour.slice(at, at + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast ratio of two colours given as `#rrggbb`: 1 to 21. */
export function contrast(first, second) {
  const [dark, light] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
