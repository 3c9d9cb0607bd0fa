/** Plugin for Swagger UI: fills in `profileId` and `assignmentId` with ids from earlier responses. Runs in the browser. */
import type { Action, ImmutableMap, System } from "./system.ts";

/** The ids from earlier responses. The most recently used id comes first. */
export interface KnownIds {
  readonly profiles: readonly string[];
  /** The ids of assignments to the first profile. */
  readonly assignments: readonly string[];
}

/** A request that Swagger UI has sent, and its response. */
export interface SwaggerExchange {
  /** The operation's path in the contract. */
  readonly path: string;
  /** The method in lower case. */
  readonly method: string;
  readonly url: string;
  /** The response's body, parsed if it is JSON. */
  readonly body: unknown;
}

interface SwaggerResponse {
  readonly ok?: boolean;
  readonly url?: string;
  readonly body?: unknown;
}

interface RowProps {
  readonly rawParam: ImmutableMap;
  onChange(parameter: ImmutableMap, value: string, isXml: boolean): void;
}

export function fillInKnownIds({ React }: System): object {
  let known: KnownIds = { profiles: [], assignments: [] };
  let hasKnownAny = false;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const setResponse =
    (original: Action<[string, string, SwaggerResponse]>) =>
    (path: string, method: string, response: SwaggerResponse) => {
      const { ok, url = "", body } = response;
      if (ok) known = idsAfter(known, { path, method, url, body });
      hasKnownAny ||= known.profiles.length > 0;
      for (const listener of listeners) listener();
      return original(path, method, response);
    };
  const parameterRow = (Original: unknown) =>
    function FilledRow(props: RowProps) {
      const { rawParam, onChange } = props;
      const id = React.useSyncExternalStore(subscribe, () => idForParameter(known, rawParam));
      React.useEffect(() => {
        // Until a response has contained an id, the field keeps the text that the user has typed.
        if (id !== undefined && hasKnownAny) onChange(rawParam, id, false);
      }, [id]);
      return React.createElement(Original, props);
    };
  return { statePlugins: { spec: { wrapActions: { setResponse } } }, wrapComponents: { parameterRow } };
}

/** @returns the id for a path parameter, "" if no id is known, or undefined if the parameter is neither of the two ids. */
export function idForParameter(known: KnownIds, parameter: ImmutableMap): string | undefined {
  if (parameter.get("in") !== "path") return undefined;
  const name = parameter.get("name");
  if (name === "profileId") return known.profiles[0] ?? "";
  if (name === "assignmentId") return known.assignments[0] ?? "";
  return undefined;
}

/** Returns the known ids after a successful exchange. After a deletion, the previously used id comes first again. */
export function idsAfter(known: KnownIds, { path, method, url, body }: SwaggerExchange): KnownIds {
  const [, profile, assignment] = /Profiles\/([^/?$]+)(?:\/assignments\/([^/?$]+))?/.exec(url) ?? [];
  const { profiles } = known;
  const current =
    profile === undefined ? known : withProfiles(known, [profile, ...profiles.filter((id) => id !== profile)]);
  if (method === "delete") {
    if (assignment === undefined) {
      return withProfiles(
        current,
        profiles.filter((id) => id !== profile),
      );
    }
    return { ...current, assignments: current.assignments.filter((id) => id !== assignment) };
  }
  return path.includes("/assignments")
    ? { ...current, assignments: idsWith(current.assignments, body) }
    : withProfiles(current, idsWith(current.profiles, body));
}

/** Replaces the profiles' ids. If another profile is now first, the assignments' ids are forgotten. */
export function withProfiles(known: KnownIds, profiles: readonly string[]): KnownIds {
  return { profiles, assignments: known.profiles[0] === profiles[0] ? known.assignments : [] };
}

/**
 * Adds the ids from a response's body to the known ids. The id of a single entity comes first. New ids from a list come
 * last, so that a list does not replace the id that the user is working with.
 */
export function idsWith(ids: readonly string[], body: unknown): readonly string[] {
  const { id, value } = Object(body);
  const entities: readonly unknown[] = Array.isArray(value) ? value : [];
  const listed = entities.filter((entity) => !Object(entity)["@removed"]).map((entity) => Object(entity).id);
  return [
    ...(typeof id === "string" ? [id] : []),
    ...ids.filter((other) => other !== id),
    ...listed.filter((other) => typeof other === "string" && !ids.includes(other)),
  ];
}
