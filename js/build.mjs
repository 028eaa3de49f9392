// Bundles each widget twice: as a self-contained ES module for anywidget (which imports it from a blob:
// URL, where relative imports fail), and as a classic script for the book (modules do not run on file://).
import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "coldwar_lessons", "static");
const scripts = async (folder) => (await readdir(join(here, "src", folder))).filter((name) => name.endsWith(".ts")).map((name) => name.slice(0, -3));
const kinds = await scripts("widgets");
const book = await scripts("book");

await mkdir(out, { recursive: true });

const common = { bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none", logLevel: "warning" };

for (const kind of kinds) {
  await build({ ...common, define: { IN_BOOK: "false" }, format: "esm", entryPoints: [join(here, "src", "widgets", `${kind}.ts`)], outfile: join(out, `${kind}.js`) });
  if (book.includes(kind)) continue;
  const page = `import widget from "./widgets/${kind}.ts"; import { mountAll } from "./base/page.ts"; mountAll(${JSON.stringify(kind)}, widget);`;
  const { outputFiles } = await build({ ...common, define: { IN_BOOK: "true" }, format: "iife", stdin: { contents: page, resolveDir: join(here, "src"), loader: "ts" }, write: false });
  // The book's scripts come over the web, and terser takes off 4 % that esbuild leaves. By the line before it Chromium
  // compiles a script while it arrives, beside the main thread, and not function by function.
  const { code } = await minify(outputFiles[0].text, { ecma: 2020, format: { preamble: "//# allFunctionsCalledOnLoad" } });
  await writeFile(join(out, `${kind}.page.js`), code);
}
// What only the book has, or has in another way than notebooks.
for (const name of book) {
  await build({ ...common, format: "iife", entryPoints: [join(here, "src", "book", `${name}.ts`)], outfile: join(out, `${name}.page.js`) });
}

// One style sheet for the book; for anywidget, the shared part with each kind's own. What two kinds share stands in
// css/shared and is imported by both; the bundle holds it once.
const css = join(here, "css");
const own = (await readdir(css)).filter((name) => name.endsWith(".css") && name !== "base.css").sort();
const style = (sheets, outfile) => {
  const contents = ["base.css", ...sheets].map((name) => `@import "./${name}";`).join("\n");
  return build({ stdin: { contents, resolveDir: css, loader: "css" }, bundle: true, minify: true, outfile: join(out, outfile), logLevel: "warning" });
};
await style(own, "widgets.css");
// What only the pages about student work need stays out of the sheet for all.
await build({ entryPoints: [join(css, "book", "work.css")], minify: true, outfile: join(out, "work.css"), logLevel: "warning" });
for (const kind of kinds) {
  await style(own.filter((name) => name === `${kind}.css`), `${kind}.css`);
}
// Pages that are programs of their own, each with its style sheet.
const pages = await scripts("pages");
for (const page of pages) {
  await build({ ...common, format: "iife", entryPoints: [join(here, "src", "pages", `${page}.ts`)], outfile: join(out, `${page}.js`) });
  await style([`pages/${page}.css`], `${page}.css`);
}
await writeFile(join(out, "kinds.json"), JSON.stringify(kinds));
// Licences of what is bundled travel with it.
await copyFile(join(here, "THIRD-PARTY.txt"), join(out, "THIRD-PARTY.txt"));

// What is left from before goes last: whoever reads the folder meanwhile misses nothing.
const current = new Set([
  ...["widgets.css", "work.css", "kinds.json", "messages.json", "THIRD-PARTY.txt"],
  ...book.map((name) => `${name}.page.js`),
  ...pages.flatMap((page) => [`${page}.js`, `${page}.css`]),
  ...kinds.flatMap((kind) => [`${kind}.js`, `${kind}.page.js`, `${kind}.css`]),
]);
for (const name of await readdir(out)) {
  if (!current.has(name)) await rm(join(out, name), { recursive: true, force: true });
}
