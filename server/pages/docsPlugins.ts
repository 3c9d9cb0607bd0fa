/**
 * What this service adds to Swagger UI, as plugins of Swagger UI's. They run in the browser: @fastify/swagger-ui writes
 * each function as text into the page's own script, so a function here knows nothing of what stands around it.
 */

/** As much of Swagger UI's system (5.x) as is used here. */
interface System {
  readonly React: React;
  readonly authActions: { authorizeWithPersistOption(authorized: object): unknown };
  readonly authSelectors: { authorized(): Immutable | undefined };
  getConfigs(): { readonly tokenUrl: string };
}

interface React {
  createElement(component: unknown, props: object, ...children: readonly unknown[]): unknown;
  useEffect(effect: () => void, dependencies: readonly unknown[]): void;
  useSyncExternalStore<Value>(subscribe: (listener: () => void) => () => void, read: () => Value): Value;
}

/** A map of Immutable.js. */
interface Immutable {
  get(key: string): unknown;
  getIn(path: readonly string[]): unknown;
}

/** As much of the browser, whose types the service has no other use for. */
interface Element {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  closest(selector: string): Element | null;
}
declare const document: { readonly body: object; querySelectorAll(selector: string): Iterable<Element> };
declare const MutationObserver: new (changed: () => void) => { observe(node: object, options: object): void };

type Action<Given extends readonly unknown[]> = (...given: Given) => unknown;

/**
 * Authorize with one click: where there is no token, or one that has expired, the development identity gives one.
 * Otherwise, and where it gives none, the click opens Swagger UI's own dialog, to log out or to paste another.
 */
export function authorizeAtOnce(): object {
  const isGood = (token: unknown): boolean => {
    if (typeof token !== "string") return false;
    try {
      const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
      return JSON.parse(atob(payload)).exp * 1000 > Date.now();
    } catch {
      // Not for this page to judge.
      return true;
    }
  };
  const askForToken = async (url: string): Promise<unknown> => {
    const form = { grant_type: "client_credentials", client_id: "swagger-ui", client_secret: "any", scope: ".default" };
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
    return Object(await answer.json()).access_token;
  };
  const showDefinitions = (original: Action<[unknown]>, system: System) => async (definitions: unknown) => {
    if (!definitions || isGood(system.authSelectors.authorized()?.getIn(["bearer", "value"]))) {
      return original(definitions);
    }
    const value = await askForToken(system.getConfigs().tokenUrl).catch(() => undefined);
    if (value === undefined) return original(definitions);
    const bearer = { name: "bearer", schema: { type: "http", scheme: "bearer" }, value };
    return system.authActions.authorizeWithPersistOption({ bearer });
  };
  return { statePlugins: { auth: { wrapActions: { showDefinitions } } } };
}

/**
 * Fills the parameters in paths: `profileId` and `assignmentId` are those of the last answer that told of one. After a
 * deletion it is the one before.
 */
export function rememberIds({ React }: System): object {
  interface Answer {
    readonly ok?: boolean;
    readonly url?: string;
    readonly body?: unknown;
  }
  /** The latest first. */
  let profiles: readonly string[] = [];
  let assignments: readonly string[] = [];
  let hasLearnt = false;
  const listeners = new Set<() => void>();
  const isOther = (id: string) => (known: string) => known !== id;
  const hold = (known: readonly string[]) => {
    // Assignments are a profile's own.
    if (known[0] !== profiles[0]) assignments = [];
    profiles = known;
  };
  const learn = (path: string, method: string, { url = "", body }: Answer) => {
    const [, profile, assignment] = /Profiles\/([^/?$]+)(?:\/assignments\/([^/?$]+))?/.exec(url) ?? [];
    if (profile !== undefined) hold([profile, ...profiles.filter(isOther(profile))]);
    if (method === "delete") {
      if (assignment !== undefined) assignments = assignments.filter(isOther(assignment));
      else if (profile !== undefined) hold(profiles.filter(isOther(profile)));
      return;
    }
    const { id, value } = Object(body);
    const listed: readonly string[] = Array.isArray(value)
      ? value.filter((entity) => !Object(entity)["@removed"]).map((entity) => Object(entity).id)
      : [];
    const held = path.includes("/assignments") ? assignments : profiles;
    const known = [
      ...(typeof id === "string" ? [id] : []),
      ...held.filter(isOther(String(id))),
      // What a list has and nobody has looked at comes last: the work goes on where it was.
      ...listed.filter((other) => typeof other === "string" && !held.includes(other)),
    ];
    if (path.includes("/assignments")) assignments = known;
    else hold(known);
  };
  const setResponse =
    (original: Action<[string, string, Answer]>) => (path: string, method: string, answer: Answer) => {
      if (answer.ok) learn(path, method, answer);
      hasLearnt ||= profiles.length > 0;
      for (const listener of listeners) listener();
      return original(path, method, answer);
    };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  interface RowProps {
    readonly rawParam: Immutable;
    onChange(parameter: Immutable, value: string, isXml: boolean): void;
  }
  const parameterRow = (Original: unknown) =>
    function FilledRow(props: RowProps) {
      const { rawParam, onChange } = props;
      const id = React.useSyncExternalStore(subscribe, () => {
        const name = rawParam.get("name");
        if (rawParam.get("in") !== "path") return undefined;
        return name === "profileId"
          ? (profiles[0] ?? "")
          : name === "assignmentId"
            ? (assignments[0] ?? "")
            : undefined;
      });
      React.useEffect(() => {
        // Before anything is known, what a person has typed stays.
        if (id !== undefined && hasLearnt) onChange(rawParam, id, false);
      }, [id]);
      return React.createElement(Original, props);
    };
  return { statePlugins: { spec: { wrapActions: { setResponse } } }, wrapComponents: { parameterRow } };
}

/** Gives a name to what Swagger UI leaves without one, and the keyboard a way to what it can't reach. */
export function nameControls({ React }: System): object {
  // A link in a button can't be reached by keyboard; the button sets the same address.
  const DeepLink = (Original: unknown) =>
    function PlainPath(props: { readonly path?: string; readonly text?: unknown }) {
      return props.path?.includes("/")
        ? React.createElement("span", {}, props.text)
        : React.createElement(Original, props);
    };
  const names: readonly (readonly [selector: string, name: string])[] = [
    ["#servers", "Server"],
    [".body-param__text", "Request body"],
    [".examples-select-element", "Example"],
    [".body-param-content-type select", "Media type of the request"],
    [".response-controls select.content-type", "Media type of the answer"],
    [".close-modal", "Close"],
  ];
  const name = () => {
    for (const [selector, text] of names) {
      for (const element of document.querySelectorAll(`${selector}:not([aria-label])`)) {
        element.setAttribute("aria-label", text);
      }
    }
    const unnamed = "[data-param-name] :is(select, input, textarea):not([aria-label])";
    for (const element of document.querySelectorAll(unnamed)) {
      const parameter = element.closest("[data-param-name]")?.getAttribute("data-param-name");
      if (parameter) element.setAttribute("aria-label", parameter);
    }
    // What scrolls must be reached by keyboard to be scrolled.
    for (const element of document.querySelectorAll(".microlight:not([tabindex])"))
      element.setAttribute("tabindex", "0");
    // What the button says is what it does.
    for (const element of document.querySelectorAll(".modal-ux button.auth[aria-label]")) {
      element.removeAttribute("aria-label");
    }
  };
  return {
    afterLoad: () => {
      new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
    },
    wrapComponents: { DeepLink },
  };
}

/** The order in which people work: what creates comes first, what deletes last, everything else as the contract has it. */
export function creationsFirst(a: unknown, b: unknown): number {
  // Maps of Immutable.js, and not strings as @fastify/swagger-ui's types say.
  const place = (entry: unknown): number => {
    if (Object(entry).get("method") === "delete") return 2;
    return Object(entry).getIn(["operation", "responses", "201"]) ? 0 : 1;
  };
  return place(a) - place(b);
}
