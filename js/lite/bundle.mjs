// Bundles the extension for JupyterLite:  node bundle.mjs FOLDER
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
await build({
  entryPoints: [join(here, "..", "src", "lite", "extension.ts")],
  outfile: join(process.argv[2], "remoteEntry.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  logLevel: "warning",
});
