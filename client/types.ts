/** The types of the methods: their inputs and answers, derived from generated/api.d.ts. */
import type { components, operations } from "../generated/api.d.ts";
import type { operationRoutes } from "../generated/operations.ts";
import type { GraphError } from "./errors.ts";

/**
 * The schemas of the contract by name, such as `Schemas["appleEnrollmentProfileAssignment"]`.
 *
 * @useDeclaredType
 */
export type Schemas = components["schemas"];

/** The name of an operation, as the contract spells it. */
export type OperationId = keyof typeof operationRoutes;

type ContentOf<T> = NonNullable<T> extends { content: infer Content } ? Content[keyof Content] : undefined;

/** The property of the input that holds each kind of parameter. Cookies are left out, because the browser sends them. */
interface Parts {
  path: "path";
  query: "query";
  header: "headers";
}

/** The generated types mark a kind of parameter that the operation does not have with `?: never`. Optional ones stay optional. */
type Parameters<Declared> = {
  [Kind in keyof Declared as [NonNullable<Declared[Kind]>] extends [never]
    ? never
    : Kind extends keyof Parts
      ? Parts[Kind]
      : never]: Declared[Kind];
};

/** Without the delta, which `updateAssignmentsDelta` takes, so that `updateAssignments` has a plain type. */
type Body<Operation> = {
  [Key in keyof Operation as [NonNullable<Operation[Key]>] extends [never]
    ? never
    : Key extends "requestBody"
      ? "body"
      : never]: Exclude<ContentOf<Operation[Key]>, Schemas["assignmentDelta"]>;
};

type InputParts<Op extends OperationId> = Parameters<operations[Op]["parameters"]> &
  Body<operations[Op]> & { signal?: AbortSignal };

/**
 * The input of an operation: those of `path`, `query`, `headers` and `body` that the contract declares, required where the
 * contract requires them, and a `signal` that aborts the request.
 *
 * The type is found by the name of the operation and not inferred from the argument. TypeScript therefore reports misspelt
 * optional properties, which openapi-fetch alone accepts (openapi-typescript#1769).
 */
export type Input<Op extends OperationId> = { [Part in keyof InputParts<Op>]: InputParts<Op>[Part] };

type Responses<Op extends OperationId> = operations[Op]["responses"];

/** The statuses that the contract declares for an operation. */
export type Status<Op extends OperationId> = keyof Responses<Op> & number;

/** An answer with a 2xx status. */
export interface Success<S extends number, Data> {
  /** True; a GraphError has false. */
  readonly ok: true;
  /** The HTTP status. */
  readonly status: S;
  /** The body that the contract declares for this status: parsed JSON, or a string; undefined if there is none. */
  readonly data: Data;
  /** The headers, such as `headers.get("ETag")` and `headers.get("Location")`. */
  readonly headers: Headers;
  /** What fetch resolved to. Its body has been read; with `undiciFetch` it has no body. */
  readonly response: Response;
}

/**
 * The answer of an operation: one of those that the contract declares, distinguished by `ok` and `status`.
 *
 * A proxy may send a status that the contract does not declare. This type does not contain it: at run time it is a Success if
 * it is a 2xx, otherwise a GraphError. The last branch of your code should therefore check `ok` and not `status`.
 */
export type Answer<Op extends OperationId> = Successes<Op> | GraphErrors<Op>;

type IsSuccess<S extends number> = `${S}` extends `2${string}` ? true : false;

// Each operation by itself: `keyof` of a union of operations has only the statuses that all of them have.
type Successes<Op extends OperationId> = {
  [Each in Op]: {
    [S in Status<Each>]: IsSuccess<S> extends true
      ? Success<S, Exclude<ContentOf<Responses<Each>[S]>, Schemas["assignmentDeltaResult"]>>
      : never;
  }[Status<Each>];
}[Op];

type GraphErrors<Op extends OperationId> = {
  [Each in Op]: {
    [S in Status<Each>]: IsSuccess<S> extends true ? never : GraphError<S, ContentOf<Responses<Each>[S]>>;
  }[Status<Each>];
}[Op];

/** The options that change the shape of an answer. On a write, `If-None-Match` is only a condition. */
type Shaping<Op extends OperationId> =
  | "$select"
  | "$expand"
  | "Prefer"
  | (304 extends Status<Op> ? "If-None-Match" : never);

type Without<Part, Names> = { [Name in keyof Part as Name extends Names ? never : Name]: Part[Name] };

/** A part of the input without the options that change the shape of the answer. */
type PlainPart<Op extends OperationId, Part extends keyof Input<Op>> = Part extends "query" | "headers"
  ? Without<NonNullable<Input<Op>[Part]>, Shaping<Op>>
  : Input<Op>[Part];

/** An `Input` without the options that change the shape of the answer, such as `$select` or `Prefer`. */
export type PlainInput<Op extends OperationId> = {
  [Part in keyof Input<Op> as keyof NonNullable<PlainPart<Op, Part>> extends never ? never : Part]: PlainPart<Op, Part>;
};

interface Whole<Entity, Collection> {
  entity: Entity;
  collection: Without<Collection, "value"> & { value: Entity[] };
}

type WholeProfile = Whole<Schemas["appleUserInitiatedEnrollmentProfile"], Schemas["profileCollection"]>;
type WholeAssignment = Whole<Schemas["appleEnrollmentProfileAssignment"], Schemas["assignmentCollection"]>;

/** The bodies of answers to plain calls, for the operations whose declared body also has other shapes. */
interface PlainData {
  listProfiles: WholeProfile["collection"];
  getProfile: WholeProfile["entity"];
  listAssignments: WholeAssignment["collection"];
  getAssignment: WholeAssignment["entity"];
  updateAssignments: WholeAssignment["entity"];
}

type PlainSuccess<Op extends OperationId> = Op extends keyof PlainData
  ? Success<200, PlainData[Op]>
  : 200 | 201 extends infer Full
    ? Extract<Successes<Op>, { status: Full }> extends never
      ? Successes<Op>
      : Extract<Successes<Op>, { status: Full }>
    : never;

/** The `Answer` to a plain call: the whole entity, without the statuses that an option asks for (304, and 204 instead of a body). */
export type PlainAnswer<Op extends OperationId> = PlainSuccess<Op> | Exclude<GraphErrors<Op>, { status: 304 }>;

/**
 * Calls an operation. It resolves to an answer for every status. It rejects if there is no answer that can be read:
 *
 * - with a GraphError of status 0, if the connection failed, the time limit passed or a parameter cannot be sent;
 * - with a GraphError of a 2xx status, if the body is not what the contract declares;
 * - with the reason of the `signal`;
 * - with the error that a function of the caller threw.
 */
export type Method<Op extends OperationId> = (...input: Arguments<PlainInput<Op>>) => Promise<PlainAnswer<Op>>;

/** A `Method` that also takes the options that change the shape of the answer. Its answer can be any that the contract declares. */
export type ShapedMethod<Op extends OperationId> = (...input: Arguments<Input<Op>>) => Promise<Answer<Op>>;

/** The arguments of a method: the input may be left out if none of its parts is required. */
export type Arguments<I> = Record<never, never> extends I ? [input?: I] : [input: I];

/** One method per operation. Mapped from `operationRoutes`, so that editors show the contract's documentation on each method. */
export type Operations = { readonly [Op in keyof typeof operationRoutes]: Method<Op> };

/** The same methods with every option. They are not overloads, because editors show no documentation on those. */
export type ShapedOperations = { readonly [Op in keyof typeof operationRoutes]: ShapedMethod<Op> };

/** The input of `updateAssignmentsDelta`. */
export interface DeltaInput {
  /** The profile that the assignments belong to. */
  path: Input<"updateAssignments">["path"];
  /** Ends the attempt or the wait between two attempts. */
  signal?: AbortSignal;
  /** The delta payload. */
  body: Schemas["assignmentDelta"];
  /** Only `Prefer`: a delta takes no conditions. */
  headers?: {
    /** Preferences, such as `return=minimal`. */
    Prefer?: string;
  };
}

/** The answer of `updateAssignmentsDelta`: an item for each item of the delta, in the same order. */
export type DeltaAnswer =
  | Success<200, Schemas["assignmentDeltaResult"]>
  | Success<204, undefined>
  | GraphErrors<"updateAssignments">;
