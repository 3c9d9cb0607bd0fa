/**
 * Shows a correct handler and thirteen wrong ones. `tsc` fails if the code after an `@ts-expect-error` compiles, so this file
 * checks that none of the wrong handlers compiles.
 */
import type { operations, paths } from "../../generated/api.d.ts";
import type { operationRoutes } from "../../generated/operations.ts";
import type { Answer, Handler, Handlers, Schemas } from "../../server/api/handlerTypes.ts";

declare const handlers: Handlers;
declare const profile: Schemas["appleUserInitiatedEnrollmentProfile"];
declare const assignment: Schemas["appleEnrollmentProfileAssignment"];

export const correct: Handler<"getProfile"> = async ({ reply }) => reply(200, profile, { ETag: 'W/"1"' });

const { deleteProfile: _, ...allButOne } = handlers;
// @ts-expect-error 1: a missing handler
export const missing: Handlers = allButOne;

// @ts-expect-error 2: a handler of an unknown operation
export const unknown: Handlers = { ...handlers, deleteEverything: handlers.deleteProfile };

// @ts-expect-error 3: an undeclared status
export const undeclared: Handler<"listProfiles"> = async ({ reply }) => reply(202, { value: [] });

const etag = { ETag: 'W/"1"' };

export const otherBody: Handler<"getProfile"> = async ({ reply }) =>
  // @ts-expect-error 4: a body that another status declares
  reply(404, profile);

export const missingField: Handler<"updateAssignment"> = async ({ reply }) =>
  // @ts-expect-error 5: a missing property
  reply(200, { "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment", "@odata.etag": "x", id: "a" }, etag);

export const extraField: Handler<"listProfiles"> = async ({ reply }) =>
  // @ts-expect-error 6: an additional property
  reply(200, { "@odata.context": "x", value: [], total: 0 });

export const noHeader: Handler<"getProfile"> = async ({ reply }) =>
  // @ts-expect-error 7: a missing required header
  reply(200, profile);

export const bodyOn204: Handler<"deleteProfile"> = async ({ reply }) =>
  // @ts-expect-error 8: a body for status 204
  reply(204, {});

export const wrongParameter: Handler<"getProfile"> = async ({ path, reply }) =>
  // @ts-expect-error 9: a wrong path parameter
  reply(200, { ...profile, id: path.id }, { ETag: 'W/"1"' });

export const unknownRequestField: Handler<"setPriority"> = async ({ body, reply }) =>
  // @ts-expect-error 10: an unknown property of the request body
  body.prioritty > 0 ? reply(204) : reply(204);

// @ts-expect-error 11: an object that `reply` did not create
export const bareObject: Handler<"deleteProfile"> = async () => ({ status: 204 });

// @ts-expect-error 12: the reply of another operation
export const otherReply = async (answer: Answer<"deleteAssignment">): ReturnType<Handler<"deleteProfile">> => answer;

/** The `method path` pairs in the contract's types. They are compared with the operations that have an operationId. */
type Pairs<Paths> = {
  [Path in keyof Paths & string]: {
    [Method in keyof Paths[Path] & string]: Paths[Path][Method] extends { responses: unknown }
      ? `${Method} ${Path}`
      : never;
  }[keyof Paths[Path] & string];
}[keyof Paths & string];
type Named = {
  [Id in keyof typeof operationRoutes]: `${(typeof operationRoutes)[Id]["method"]} ${(typeof operationRoutes)[Id]["path"]}`;
}[keyof typeof operationRoutes];
type Nameless<Paths> = Exclude<Pairs<Paths>, Named>;

export const everyOperationHasAName: [Nameless<paths>] extends [never] ? true : never = true;
interface WithNameless extends paths {
  "/nameless": { get: Omit<operations["listProfiles"], "never"> };
}
// @ts-expect-error 13: an operation in `paths` without an operationId
export const oneHasNone: [Nameless<WithNameless>] extends [never] ? true : never = true;

// A handler cannot refuse a request with an error status that its operation does not declare.
export const undeclaredError: Handler<"getProfile"> = async ({ refuse }) =>
  // @ts-expect-error getProfile does not declare status 409
  refuse({ kind: "conflict", target: "target", message: "x" });
