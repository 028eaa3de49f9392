// Zooming by wheel with Ctrl and by pinch, panning by mouse. One finger and the plain wheel are left to
// the browser, so the page scrolls as everywhere.

const DRAG_FROM_PX = 5;

export function attachGestures(element: HTMLElement, zoomAt: (factor: number, anchor: number) => void): void {
  const offset = (clientX: number) => clientX - element.getBoundingClientRect().left;

  element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      zoomAt(Math.exp(-Math.max(-60, Math.min(60, event.deltaY * lines)) * 0.008), offset(event.clientX));
    },
    { passive: false },
  );

  let dragFrom: { x: number; scroll: number } | undefined;
  let dragged = false;
  element.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    dragFrom = { x: event.clientX, scroll: element.scrollLeft };
    dragged = false;
  });
  element.addEventListener("pointermove", (event) => {
    if (!dragFrom || event.pointerType !== "mouse") return;
    if (!dragged && Math.abs(event.clientX - dragFrom.x) < DRAG_FROM_PX) return;
    if (!dragged) {
      dragged = true;
      element.setPointerCapture(event.pointerId);
      element.classList.add("cwl-dragging");
    }
    element.scrollLeft = dragFrom.scroll - (event.clientX - dragFrom.x);
  });
  for (const end of ["pointerup", "pointercancel"])
    element.addEventListener(end, () => {
      dragFrom = undefined;
      element.classList.remove("cwl-dragging");
    });
  element.addEventListener(
    "click",
    (event) => {
      if (dragged) event.stopPropagation();
      dragged = false;
    },
    { capture: true },
  );

  let pinch = 0;
  const spread = ({ touches: [a, b] }: TouchEvent) => (a && b ? { distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), middle: (a.clientX + b.clientX) / 2 } : undefined);
  element.addEventListener("touchstart", (event) => (pinch = spread(event)?.distance ?? 0), { passive: true });
  element.addEventListener(
    "touchmove",
    (event) => {
      const now = event.touches.length === 2 ? spread(event) : undefined;
      if (!now || !pinch) return;
      if (event.cancelable) event.preventDefault();
      zoomAt(now.distance / pinch, offset(now.middle));
      pinch = now.distance;
    },
    { passive: false },
  );
}
