// Builds the front end: `node build.mjs OUTPUT_FOLDER`.
//
// Out come files named by their content, each with a .br and a .gz beside it, and manifest.json,
// which says what each is called. Python runs this through scripts/build_frontend.py.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import * as esbuild from "esbuild";

import { sprite } from "./build/icons.mjs";
import { tokens } from "./build/tokens.mjs";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;

/** What a cold page may weigh, compressed: the rest of its 30 KB belongs to the words. */
const BUDGET = { "core.css": 9 * 1024, "core.js": 3 * 1024, "theme.js": 512 };

/** The oldest browsers that get the whole design: the first with cascade layers. */
const TARGET = ["chrome99", "firefox97", "safari15.4"];

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
  target: TARGET,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
};

/** Runs esbuild; gives { "core.css": "core-ABC.css" } for its entry points. */
async function bundle(options) {
  const { metafile } = await esbuild.build({ ...common, ...options });
  const entries = Object.entries(metafile.outputs).filter(([, output]) => output.entryPoint);
  const wanted = new Set(options.entryPoints);
  return Object.fromEntries(
    entries
      .filter(([, output]) => wanted.has(output.entryPoint))
      .map(([path, output]) => [
        basename(output.entryPoint).replace(/\.ts$/, ".js"),
        basename(path),
      ]),
  );
}

/** Writes `source` under a name that holds its hash; gives that name. */
async function writeHashed(outdir, name, source) {
  const hash = createHash("sha256").update(source).digest("hex").slice(0, 8).toUpperCase();
  const extension = extname(name);
  const hashed = `${basename(name, extension)}-${hash}${extension}`;
  await writeFile(join(outdir, hashed), source);
  return hashed;
}

/** Lays a .br and a .gz beside every file; gives each file's size in brotli. */
async function compress(outdir) {
  const sizes = {};
  for (const name of await readdir(outdir)) {
    const bytes = await readFile(join(outdir, name));
    const brotli = brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    await writeFile(join(outdir, `${name}.br`), brotli);
    await writeFile(join(outdir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    sizes[name] = brotli.length;
  }
  return sizes;
}

/** Fails when a file of the cold page has grown past its budget. */
function checkBudget(files, sizes) {
  for (const [name, most] of Object.entries(BUDGET)) {
    const size = sizes[files[name]];
    console.log(`${name}: ${size} bytes in brotli (at most ${most})`);
    if (size > most) throw new Error(`${name} is too heavy`);
  }
}

async function main(outdir) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const sheets = (await readdir(join(here, "css"))).filter((name) => name.startsWith("page-"));
  const files = {
    ...(await bundle({
      entryPoints: ["css/core.css", ...sheets.map((name) => `css/${name}`)],
      plugins: [tokens],
      outdir,
    })),
    ...(await bundle({ entryPoints: ["src/theme.ts"], format: "iife", outdir })),
    ...(await bundle({
      entryPoints: ["src/core.ts", "src/diagram-frame.ts"],
      format: "esm",
      splitting: true,
      outdir,
    })),
  };
  const { names, source } = await sprite(join(here, "icons"));
  files["icons.svg"] = await writeHashed(outdir, "icons.svg", source);
  files["favicon.svg"] = await writeHashed(
    outdir,
    "favicon.svg",
    await readFile(join(here, "favicon.svg"), "utf8"),
  );
  const sizes = await compress(outdir);
  await writeFile(join(outdir, "manifest.json"), JSON.stringify({ files, icons: names }, null, 1));
  checkBudget(files, sizes);
}

await main(process.argv[2]);
