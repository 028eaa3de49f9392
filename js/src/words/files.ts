// Files that go out and come in.

import { h } from "../base/dom.ts";

/** Give the student a file. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the address only after the click is over.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A button that asks for a file, and hands over its text. */
export function fileButton(label: string, accept: string, read: (text: string) => void): { button: HTMLElement; input: HTMLElement } {
  const input = h("input", { type: "file", accept, hidden: true, "aria-label": label }) as HTMLInputElement;
  const button = h("button", { type: "button", class: "cwl-button" }, label);
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    // The same file can be chosen again after it was mended.
    void file?.text().then(read).finally(() => (input.value = ""));
  });
  return { button, input };
}
