// A panel only shows its HTML: overview, terms, sources.

import { defineWidget } from "../base/define.ts";

export default defineWidget(() => {});
