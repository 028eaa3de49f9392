// Building DOM. Text from data only ever becomes text nodes and attribute values.

import type { Tree } from "./types.ts";

type Attributes = Record<string, string | number | boolean | undefined>;
type Child = Node | string | undefined;

/** Create an HTML element; `true` sets an attribute without value, `false` and `undefined` leave it out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  for (const child of children) if (child !== undefined) element.append(child);
  return element;
}

/** Create an SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(element, attributes);
  for (const child of children) if (child !== undefined) element.append(child);
  return element;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    // Not for style, which a strict Content-Security-Policy forbids as an attribute, but not as a property.
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
}

const TAG = /^(a|abbr|article|aside|b|br|button|caption|cite|code|dd|details|dfn|div|dl|dt|em|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|i|img|input|label|legend|li|mark|meter|nav|ol|optgroup|option|output|p|progress|q|s|section|select|small|span|strong|sub|summary|sup|table|tbody|td|textarea|tfoot|th|thead|time|tr|u|ul|var)$/;

/** Build the server-rendered tree. Refuses scripts, event handlers and script addresses, whoever sent them. */
export function buildTree([tag, attributes, ...children]: Tree): HTMLElement {
  if (!TAG.test(tag)) throw new Error(`element <${tag}> is not allowed`);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (/^on/i.test(name) || name === "srcdoc" || (/^(href|src|action|formaction)$/.test(name) && !/^(https?:|#|\.{0,2}\/|[\w-]+[./#]|data:image\/)/i.test(value))) continue;
    element.setAttribute(name, value);
  }
  for (const child of children) element.append(typeof child === "string" ? child : buildTree(child));
  return element;
}

/** The first match inside `root`; it must be there. */
export function find<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  const element = root.querySelector<E>(selector);
  if (!element) throw new Error(`missing ${selector}`);
  return element;
}

/** All matches inside `root`, as an array. */
export function findAll<E extends Element = HTMLElement>(root: ParentNode, selector: string): E[] {
  return [...root.querySelectorAll<E>(selector)];
}
