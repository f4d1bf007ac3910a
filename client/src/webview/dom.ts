/** What VS Code gives to the script of a page. */
interface PageHost {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): PageHost;

/** The host of this page; it may be taken once only. */
export const host = acquireVsCodeApi();

interface Attributes {
  readonly [name: string]: string;
}

/** An HTML element with its attributes and what is in it; texts are texts, never markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The same for a part of a picture. */
export function svg(name: string, attributes: Attributes, ...children: readonly (Node | string)[]): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A button that looks like a link, and what it does. */
export function link(label: string, title: string, act: () => void): HTMLButtonElement {
  const button = element("button", { class: "link", type: "button", title }, label);
  button.addEventListener("click", act);
  return button;
}

/**
 * Moves between elements of one kind with the arrow keys, Home and End, as in VS Code's own lists: one of them can be reached with
 * Tab. `keys`: which arrows lead back and forth.
 */
export function moveWithArrows(elements: readonly (HTMLElement | SVGElement)[], keys: readonly [string, string]): void {
  const [back, forth] = keys;
  elements.forEach((each, index) => {
    each.setAttribute("tabindex", index === 0 ? "0" : "-1");
    each.addEventListener("keydown", (event) => {
      const { key } = event as KeyboardEvent;
      const next = { [back]: index - 1, [forth]: index + 1, Home: 0, End: elements.length - 1 }[key];
      const target = next === undefined ? undefined : elements[next];
      if (target === undefined) return;
      event.preventDefault();
      for (const other of elements) other.setAttribute("tabindex", other === target ? "0" : "-1");
      target.focus();
    });
  });
}
