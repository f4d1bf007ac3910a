import { element } from "./dom";

/** A drop-down; `choose` is called with the value of the option that a person takes. */
export function choice(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  value: string,
  choose: (value: string) => void,
): HTMLElement {
  const select = element(
    "select",
    { "aria-label": label },
    ...options.map(([each, text]) => element("option", { value: each }, text)),
  );
  select.value = value;
  select.addEventListener("change", () => choose(select.value));
  return select;
}

/** A field that filters what is below it. */
export function search(placeholder: string, text: string, changed: (text: string) => void): HTMLElement {
  const field = element("input", { type: "search", "aria-label": "Filter", placeholder });
  field.value = text;
  field.addEventListener("input", () => changed(field.value));
  return field;
}

/** A check box. `label`: for screen readers, longer than what is shown. */
export function check(
  label: string,
  shown: string,
  isChecked: boolean,
  changed: (isChecked: boolean) => void,
): HTMLElement {
  const box = element("input", { type: "checkbox", "aria-label": label });
  box.checked = isChecked;
  box.addEventListener("change", () => changed(box.checked));
  return element("label", {}, box, ` ${shown}`);
}

/** Draws the controls of a page again; the one that had the focus keeps it. */
export function replaceControls(controls: HTMLElement, parts: readonly (Node | string)[]): void {
  const focused = controls.contains(document.activeElement) ? document.activeElement?.getAttribute("aria-label") : null;
  controls.replaceChildren(...parts);
  if (focused !== null && focused !== undefined)
    controls.querySelector<HTMLElement>(`[aria-label="${focused}"]`)?.focus();
}
