// Bundles each widget twice: as a self-contained ES module for anywidget (which imports it from a blob:
// URL, where relative imports fail), and as a classic script for the book (modules do not run on file://).
import { build } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "coldwar_lessons", "static");
const kinds = (await readdir(join(here, "src", "widgets"))).filter((name) => name.endsWith(".ts")).map((name) => name.slice(0, -3));

await mkdir(out, { recursive: true });

const common = { bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none", logLevel: "warning" };

for (const kind of kinds) {
  await build({ ...common, format: "esm", entryPoints: [join(here, "src", "widgets", `${kind}.ts`)], outfile: join(out, `${kind}.js`) });
  const page = `import widget from "./widgets/${kind}.ts"; import { mountAll } from "./base/page.ts"; mountAll(${JSON.stringify(kind)}, widget);`;
  await build({
    ...common,
    format: "iife",
    stdin: { contents: page, resolveDir: join(here, "src"), loader: "ts" },
    outfile: join(out, `${kind}.page.js`),
  });
}

// One style sheet for the book; for anywidget, the shared part with each kind's own.
const sheets = (await readdir(join(here, "css"))).filter((name) => name.endsWith(".css"));
const read = (name) => readFile(join(here, "css", name), "utf8");
const minify = async (contents, outfile) =>
  build({ stdin: { contents, loader: "css" }, minify: true, outfile: join(out, outfile), logLevel: "warning" });
const base = await read("base.css");
const own = sheets.filter((name) => name !== "base.css").sort();
await minify(base + (await Promise.all(own.map(read))).join("\n"), "widgets.css");
for (const kind of kinds) {
  await minify(base + (own.includes(`${kind}.css`) ? await read(`${kind}.css`) : ""), `${kind}.css`);
}
await writeFile(join(out, "kinds.json"), JSON.stringify(kinds));
// Licences of what is bundled travel with it.
await copyFile(join(here, "THIRD-PARTY.txt"), join(out, "THIRD-PARTY.txt"));

// What is left from before goes last: whoever reads the folder meanwhile misses nothing.
const current = new Set(["widgets.css", "kinds.json", "THIRD-PARTY.txt", ...kinds.flatMap((kind) => [`${kind}.js`, `${kind}.page.js`, `${kind}.css`])]);
for (const name of await readdir(out)) {
  if (!current.has(name)) await rm(join(out, name), { recursive: true, force: true });
}
