// Makes Python ready for browsers: boots it as a student's browser will, runs every lesson, and keeps what was
// imported on the way as bytecode, so that no browser has to compile it again.
//
//   node prepare.mjs SITE LESSONS WHEEL…
//
// SITE holds Pyodide, all wheels and their pyodide-lock.json; LESSONS the notebooks; the WHEELs (names in SITE, or
// python_stdlib.zip) are rewritten. Ends with 1 and says so when a lesson does not run.
import { join, resolve } from "node:path";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [site, lessons, ...wheels] = process.argv.slice(2).map((argument, index) => (index < 2 ? resolve(argument) : argument));
const { loadPyodide } = await import(pathToFileURL(join(site, "pyodide.mjs")).href);
const { packages } = JSON.parse(await readFile(join(site, "pyodide-lock.json"), "utf8"));

// Pyodide's own stack traces are its whole source on one line: only the message is of use.
process.on("uncaughtException", (error) => {
  process.stderr.write(`${String(error.message).trim().slice(-4000)}\n`);
  process.exit(1);
});

const pyodide = await loadPyodide({ indexURL: `${site}/`, packages: Object.keys(packages), checkIntegrity: false });
pyodide.mountNodeFS("/site", site);
pyodide.mountNodeFS("/lessons", lessons);
pyodide.FS.writeFile("/prepare.py", await readFile(new URL("prepare.py", import.meta.url)));
pyodide.globals.set("wheels", pyodide.toPy(wheels));
const said = await pyodide.runPythonAsync("import sys; sys.path.insert(0, '/'); import prepare; await prepare.main(wheels)");
process.stdout.write(`${said}\n`);
