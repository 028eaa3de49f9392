// A figure is read; what the student makes of it is kept.

import { defineWidget } from "../base/define.ts";
import { find } from "../base/dom.ts";
import { later } from "../base/later.ts";
import { textOf } from "../base/read.ts";
import { openQuotes } from "../quiz/quote.ts";

interface Payload {
  paper: Record<string, string>;
}
interface State {
  answer: string;
}

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const area = find<HTMLTextAreaElement>(root, "textarea");
  const keep = later(() => save({ answer: area.value }), signal);
  const show = () => {
    if (!keep.waiting()) area.value = textOf(state().answer);
  };
  area.addEventListener("input", keep.ask);
  area.addEventListener("change", keep.now);
  openQuotes(root, payload.paper ?? {}, announce);
  onState(show);
  show();
});
