/** Plugin for Swagger UI: what screen readers and keyboards need and Swagger UI lacks. Runs in the browser. */
import type { System } from "./system.ts";

/** The parts of the browser that are used here: the service is compiled without the DOM's types. */
interface Element {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  closest(selector: string): Element | null;
}
declare const document: { readonly body: object; querySelectorAll(selector: string): Iterable<Element> };
declare const MutationObserver: new (onChange: () => void) => { observe(node: object, options: object): void };

export function makeAccessible({ React }: System): object {
  // A link inside a button cannot be focused. The button sets the same address, so the link is not needed.
  const DeepLink = (Original: unknown) =>
    function PlainPath(props: { readonly path?: string; readonly text?: unknown }) {
      return props.path?.includes("/")
        ? React.createElement("span", {}, props.text)
        : React.createElement(Original, props);
    };
  const afterLoad = () => {
    new MutationObserver(labelControls).observe(document.body, { childList: true, subtree: true });
  };
  return { afterLoad, wrapComponents: { DeepLink } };
}

/** Labels the controls that have no label, and lets the keyboard reach what can be scrolled. */
export function labelControls(): void {
  const labels = {
    "#servers": "Server",
    ".body-param__text": "Request body",
    ".examples-select-element": "Example",
    ".body-param-content-type select": "Media type of the request",
    ".response-controls select.content-type": "Media type of the response",
    ".close-modal": "Close",
  };
  for (const [selector, label] of Object.entries(labels)) {
    for (const element of document.querySelectorAll(`${selector}:not([aria-label])`)) {
      element.setAttribute("aria-label", label);
    }
  }
  const parameters = "[data-param-name] :is(select, input, textarea):not([aria-label])";
  for (const element of document.querySelectorAll(parameters)) {
    const name = element.closest("[data-param-name]")?.getAttribute("data-param-name");
    if (name) element.setAttribute("aria-label", name);
  }
  for (const element of document.querySelectorAll(".microlight:not([tabindex])")) element.setAttribute("tabindex", "0");
  // The button's visible text already says what it does; Swagger UI's label says something else.
  for (const element of document.querySelectorAll(".modal-ux button.auth[aria-label]")) {
    element.removeAttribute("aria-label");
  }
}
