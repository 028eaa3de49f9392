// A lesson in JupyterLite: it runs by itself, says how far it is, and can be handed in or begun afresh.

import { h } from "../base/dom.ts";
import { t } from "../base/language.ts";
import { type App, offer, openNotebook, type Panel, runCells } from "./host.ts";
import { handIn } from "./hand-in.ts";
import { STYLE } from "./style.ts";

const WORDS = {
  region: t("This lesson in your browser"),
  starting: t("Starting Python in this browser. Read on meanwhile; the first time takes longest."),
  running: (done: number, all: number) => t("Bringing the lesson to life: {done} of {all}.", { done, all }),
  ready: t("Ready. Your answers are kept in this browser."),
  failed: (problem: string) => t("Python could not be started here: {problem}. The same lesson works without it in the book.", { problem }),
  slow: t("Python is slow to start here, or this browser keeps it from starting. The same lesson works without it in the book."),
  book: t("To the book"),
  handIn: t("Hand in"),
  afresh: t("Begin afresh"),
  sure: t("Take back every change you made to the text of this lesson? Your answers stay."),
};
const PATIENCE = 90_000;

function activate(app: App): void {
  const said = h("span", { role: "status" });
  const bar = h("progress", { "aria-label": WORDS.starting });
  const tools = h("div", { class: "cwl-lite", role: "region", "aria-label": WORDS.region }, h("div", { class: "cwl-lite-state" }, bar, said));
  void app.restored.then(async () => {
    document.head.append(h("style", {}, STYLE));
    document.body.append(tools);
    // JupyterLab gives its parts their places when the window changes.
    dispatchEvent(new Event("resize"));
    said.textContent = WORDS.starting;
    const panel = await openNotebook(app);
    if (panel) {
      addTools(app, panel, tools);
      await bringToLife(panel, said, bar);
    } else {
      tools.remove();
    }
  });
}

function addTools(app: App, panel: Panel, tools: HTMLElement): void {
  const lesson = (panel.context.path.split("/").pop() ?? "").replace(/\.ipynb$/, "");
  const give = h("button", { type: "button" }, WORDS.handIn);
  give.addEventListener("click", () => handIn(panel));
  const afresh = h("button", { type: "button" }, WORDS.afresh);
  afresh.addEventListener("click", () => void beginAfresh(app, panel));
  tools.append(h("div", { class: "cwl-lite-buttons" }, give, afresh, h("a", { href: `../../notebooks/${lesson}.html` }, WORDS.book)));
}

async function bringToLife(panel: Panel, said: HTMLElement, bar: HTMLProgressElement): Promise<void> {
  const cells = panel.content.widgets.filter(({ model }) => model.type === "code");
  const begun = Date.now();
  const watch = setInterval(() => {
    const done = cells.filter(({ model }) => typeof model.executionCount === "number").length;
    bar.max = cells.length;
    if (done) bar.value = done;
    said.textContent = done ? WORDS.running(done, cells.length) : Date.now() - begun > PATIENCE ? WORDS.slow : WORDS.starting;
  }, 250);
  try {
    await runCells(panel, cells);
    said.textContent = WORDS.ready;
  } catch (problem) {
    said.textContent = WORDS.failed((problem as Error).message);
  }
  clearInterval(watch);
  bar.remove();
  // Nobody changed anything: were it kept, it would hide the lesson's next version.
  panel.context.model.dirty = false;
}

/** Forget this browser's copy of the lesson, so that the site's own is opened again. The workbook is another file. */
async function beginAfresh(app: App, panel: Panel): Promise<void> {
  if (!confirm(WORDS.sure)) return;
  panel.context.model.dirty = false;
  await app.serviceManager.contents.delete(panel.context.path).catch(() => undefined);
  location.reload();
}

offer("coldwar-lessons", { id: "coldwar-lessons:lesson", autoStart: true, activate });
