// The timeline: a story to read, or an exercise in placing events.

import type { Context } from "../base/types.ts";
import { defineWidget } from "../base/define.ts";
import { playPlace } from "../timeline/place.ts";
import { tellStory } from "../timeline/story.ts";
import type { Events, Payload, Right, State } from "../timeline/types.ts";

export default defineWidget<Payload, State>((context) => {
  if ("place" in context.payload) playPlace(context as Context<{ place: Right }, State>);
  else tellStory(context as Context<Events, State>);
});
