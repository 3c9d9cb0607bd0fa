/** Types for the parts of Swagger UI 5 that the plugins in this folder use. */

/** The object that Swagger UI passes to a plugin. */
export interface System {
  readonly React: React;
  readonly authActions: { authorizeWithPersistOption(authorized: object): unknown };
  readonly authSelectors: { authorized(): ImmutableMap | undefined };
}

interface React {
  createElement(component: unknown, props: object, ...children: readonly unknown[]): unknown;
  useEffect(effect: () => void, dependencies: readonly unknown[]): void;
  useSyncExternalStore<Value>(subscribe: (listener: () => void) => () => void, read: () => Value): Value;
}

/** A map of Immutable.js. */
export interface ImmutableMap {
  get(key: string): unknown;
  getIn(path: readonly string[]): unknown;
}

/** An action of Swagger UI, which a plugin can wrap. */
export type Action<Arguments extends readonly unknown[]> = (...given: Arguments) => unknown;
