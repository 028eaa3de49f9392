"""Run functions of the browser half in node, to hold them against their twins in Python."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from build_browser import node_commands

ROOT = Path(__file__).resolve().parents[1]


class Module:
    """A TypeScript module, bundled once.

    Parameters
    ----------
    source
        The module, from the checkout's root.
    folder
        Where the bundle goes.
    messages
        What a page in another language says, as :func:`coldwar_lessons.language.browser_messages` has it.
    """

    def __init__(self, source: str, folder: Path, messages: dict[str, Any] | None = None) -> None:
        self.node = node_commands()[0]
        bundle = folder / "module.mjs"
        build = (
            f'import {{ build }} from "esbuild"; await build({{entryPoints: [{json.dumps(source)}], bundle: true,'
            f' charset: "utf8", format: "esm", outfile: {json.dumps(str(bundle))}}});'
        )
        subprocess.run([*self.node, "--input-type=module", "-e", build], cwd=ROOT, check=True)
        language = f"globalThis.COLDWAR_MESSAGES = {json.dumps(messages)};" if messages else ""
        (folder / "language.mjs").write_text(language, encoding="utf-8")
        self.runner = folder / "run.mjs"
        self.runner.write_text(
            'import "./language.mjs"; import * as module from "./module.mjs"; import { readFileSync } from "node:fs";'
            'const [name, calls] = JSON.parse(readFileSync(0, "utf8"));'
            "const results = calls.map((given) => { try { return module[name](...given); }"
            " catch (error) { return {error: error.message}; } });"
            "process.stdout.write(JSON.stringify(results));",
            encoding="utf-8",
        )

    def call(self, name: str, calls: list[list[Any]]) -> list[Any]:
        """Call a function once for each list of arguments; an error comes back as ``{"error": message}``."""
        done = subprocess.run(
            [*self.node, self.runner], input=json.dumps([name, calls]), capture_output=True, text=True, check=True
        )
        return list(json.loads(done.stdout))
