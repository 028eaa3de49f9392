// What there is to do: the book has it in a file of its own, which is loaded before any script that asks for it.

import type { Inventory } from "./types.ts";

export const inventory: Inventory = (globalThis as { coldwarInventory?: Inventory }).coldwarInventory ?? { course: "", version: "", lessons: [] };
