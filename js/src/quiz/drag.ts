// Moving a card with the pointer. Whatever it does can be done with buttons and selects too.

import { h } from "../base/dom.ts";

/**
 * Let a card be dragged: by its grip with a finger or pen, anywhere with a mouse.
 * `drop` is told the target under the pointer and whether the pointer was in its lower half.
 */
export function draggable(card: HTMLElement, targets: () => HTMLElement[], drop: (target: HTMLElement, lower: boolean) => void): void {
  const grip = h("span", { class: "cwl-q-grip cwl-scripted", "aria-hidden": "true" });
  card.prepend(grip);
  card.addEventListener("pointerdown", (start) => {
    const from = start.target as Element;
    if (start.button !== 0 || from.closest("button, select, a, .cwl-q-note") || (start.pointerType !== "mouse" && from !== grip)) return;
    const gesture = new AbortController();
    const { signal } = gesture;
    let over: HTMLElement | undefined;
    let lower = false;
    const mark = (target?: HTMLElement) => {
      over?.classList.remove("cwl-q-over", "cwl-q-over-lower");
      over = target;
      over?.classList.add("cwl-q-over");
      over?.classList.toggle("cwl-q-over-lower", lower);
    };
    const stop = (event: Event) => {
      gesture.abort();
      card.classList.remove("cwl-q-dragged");
      card.style.translate = "";
      const target = over;
      mark();
      if (event.type === "pointerup" && target) drop(target, lower);
    };
    card.setPointerCapture(start.pointerId);
    card.addEventListener(
      "pointermove",
      (event) => {
        card.classList.add("cwl-q-dragged");
        card.style.translate = `${event.pageX - start.pageX}px ${event.pageY - start.pageY}px`;
        const { clientX: x, clientY: y } = event;
        if (y < 40 || y > innerHeight - 40) scrollBy(0, y < 40 ? -12 : 12);
        const target = targets().find((one) => one !== card && document.elementsFromPoint(x, y).includes(one));
        const box = target?.getBoundingClientRect();
        lower = !!box && y > (box.top + box.bottom) / 2;
        mark(target);
      },
      { signal },
    );
    for (const type of ["pointerup", "pointercancel"]) card.addEventListener(type, stop, { signal });
    addEventListener("keydown", (event) => event.key === "Escape" && stop(event), { signal });
  });
}
