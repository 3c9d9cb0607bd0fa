/** Plugin for Swagger UI: makes the page usable with screen readers and the keyboard. Runs in the browser. */
import type { System } from "./system.ts";

/** The DOM types that are used here, because the service is compiled without TypeScript's DOM library. */
interface Element {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  closest(selector: string): Element | null;
}
declare const document: { readonly body: object; querySelectorAll(selector: string): Iterable<Element> };
declare const MutationObserver: new (onChange: () => void) => { observe(node: object, options: object): void };

export function makeAccessible({ React }: System): object {
  // The keyboard cannot focus a link inside a button. The button itself changes the page's address, so the link is not needed.
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

/** Labels controls that have no label, and makes scrollable elements focusable with the keyboard. */
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
  // Swagger UI's label differs from the button's visible text. Without the label, screen readers read the visible text.
  for (const element of document.querySelectorAll(".modal-ux button.auth[aria-label]")) {
    element.removeAttribute("aria-label");
  }
}
