// What the extension uses of JupyterLite, and the door by which JupyterLite calls it in.

import { t } from "../base/language.ts";

/** One version of a shared package, as webpack's module federation keeps it. */
interface Shared {
  get(): Promise<() => unknown>;
}
export type ShareScope = Record<string, Record<string, Shared>>;

export interface Future {
  onIOPub: (message: { header: { msg_type: string }; content: Record<string, unknown> }) => void;
  done: Promise<unknown>;
}
export interface Kernel {
  status: string;
  requestExecute(content: { code: string; store_history: boolean }): Future;
}
export interface Panel {
  context: { path: string; isReady: boolean; model: { dirty: boolean } };
  sessionContext: { session: { kernel: Kernel | null } | null };
  content: { widgets: { model: { type: string; executionCount?: number | null } }[] };
}
export interface App {
  restored: Promise<void>;
  shell: { currentWidget: Partial<Panel> | null };
  serviceManager: { contents: { delete(path: string): Promise<void> } };
}
interface Plugin {
  id: string;
  autoStart: boolean;
  activate(app: App): void;
}
interface NotebookPackage {
  NotebookActions: { runCells(notebook: unknown, cells: unknown[], session: unknown): Promise<boolean> };
}

let shared: ShareScope = {};

/** Stand where JupyterLite looks for an extension of this name. */
export function offer(name: string, plugin: Plugin): void {
  const extensions = ((globalThis as { _JUPYTERLAB?: Record<string, unknown> })._JUPYTERLAB ??= {});
  extensions[name] = {
    init(scope: ShareScope): void {
      shared = scope;
    },
    get: (): Promise<() => unknown> => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
}

/** Run cells without moving to the last of them, as the command for all cells does: a reader begins at the top. */
export async function runCells(panel: Panel, cells: unknown[]): Promise<void> {
  const [version] = Object.values(shared["@jupyterlab/notebook"] ?? {});
  if (!version) throw new Error(t("JupyterLite shares no notebook package"));
  const { NotebookActions } = (await version.get())() as NotebookPackage;
  await NotebookActions.runCells(panel.content, cells, panel.sessionContext);
}

/** The notebook on the page, as soon as it and its kernel are there; nothing when the page shows none. */
export async function openNotebook(app: App): Promise<Panel | undefined> {
  for (let waited = 0; waited < 1200; waited += 1) {
    const panel = app.shell.currentWidget;
    if (panel?.context?.isReady && panel.content && panel.sessionContext?.session?.kernel) return panel as Panel;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

/** Run code that prints; gives what it printed, or throws what it complained of. */
export async function ask(panel: Panel, code: string): Promise<string> {
  const kernel = panel.sessionContext.session?.kernel;
  if (!kernel) throw new Error(t("Python is not running"));
  const future = kernel.requestExecute({ code, store_history: false });
  let printed = "";
  let problem = "";
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === "stream" && content["name"] === "stdout") printed += String(content["text"]);
    if (header.msg_type === "error") problem = String(content["evalue"]);
  };
  await future.done;
  if (problem) throw new Error(problem);
  return printed;
}
