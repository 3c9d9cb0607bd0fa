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

/** The `operationId` of an operation in the contract. */
export type OperationId = keyof typeof operationRoutes;

type ContentOf<T> = NonNullable<T> extends { content: infer Content } ? Content[keyof Content] : undefined;

/** The input property for each kind of parameter. Cookies are left out, because the browser sends them. */
interface Parts {
  path: "path";
  query: "query";
  header: "headers";
}

/** The parameters of an operation. Kinds that it does not have, which the generated types mark with `?: never`, are removed. */
type Parameters<Declared> = {
  [Kind in keyof Declared as [NonNullable<Declared[Kind]>] extends [never]
    ? never
    : Kind extends keyof Parts
      ? Parts[Kind]
      : never]: Declared[Kind];
};

/** The request body. The delta is excluded to keep the type of `updateAssignments` simple: `updateAssignmentsDelta` takes it. */
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
 * The input of an operation. It has the properties `path`, `query`, `headers` and `body` if the contract declares them for
 * the operation, and they are required if the contract requires them. `signal` aborts the request.
 *
 * The type is looked up by the operation's name and not inferred from the argument. TypeScript therefore reports misspelt
 * optional properties, which openapi-fetch alone would accept (openapi-typescript#1769).
 */
export type Input<Op extends OperationId> = { [Part in keyof InputParts<Op>]: InputParts<Op>[Part] };

type Responses<Op extends OperationId> = operations[Op]["responses"];

/** The statuses that the contract declares for an operation. */
export type Status<Op extends OperationId> = keyof Responses<Op> & number;

/** An answer with a 2xx status. */
export interface Success<S extends number, Data> {
  /** Always true. A `GraphError` has `ok: false`. */
  readonly ok: true;
  /** The HTTP status. */
  readonly status: S;
  /** The body that the contract declares for this status: parsed JSON or a string. Undefined if the answer has no body. */
  readonly data: Data;
  /** The response headers. Examples: `headers.get("ETag")`, `headers.get("Location")`. */
  readonly headers: Headers;
  /** The response as a `Response`. Its body has already been read; with `undiciFetch` it has no body. */
  readonly response: Response;
}

/**
 * The answer of an operation: a union of the answers that the contract declares, distinguished by `ok` and `status`.
 *
 * A proxy may send a status that the contract does not declare and that this type does not contain. At run time such an
 * answer is a Success if its status is 2xx, otherwise a GraphError. The last branch of your code should therefore check
 * `ok` and not `status`.
 */
export type Answer<Op extends OperationId> = Successes<Op> | GraphErrors<Op>;

type IsSuccess<S extends number> = `${S}` extends `2${string}` ? true : false;

// Mapped over each operation, because `keyof` of a union of operations has only the statuses that all operations share.
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

/** The options that change the shape of an answer. On writes `If-None-Match` is only a condition, so it is not included. */
type Shaping<Op extends OperationId> =
  | "$select"
  | "$expand"
  | "Prefer"
  | (304 extends Status<Op> ? "If-None-Match" : never);

type Without<Part, Names> = { [Name in keyof Part as Name extends Names ? never : Name]: Part[Name] };

/** An input property, such as `query`, without the options that change the shape of the answer. */
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

/** The response bodies of plain calls, for operations whose declared body also has other shapes. */
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

/** The `Answer` to a plain call: the whole entity, without the statuses 304 and 204 that only an option can cause. */
export type PlainAnswer<Op extends OperationId> = PlainSuccess<Op> | Exclude<GraphErrors<Op>, { status: 304 }>;

/**
 * Calls an operation. The promise resolves to an answer, whatever its status. It rejects if there is no usable answer:
 *
 * - with a GraphError whose status is 0, if the connection failed, the time limit passed or a parameter cannot be sent;
 * - with a GraphError whose status is 2xx, if the body does not match the contract;
 * - with the reason of the `signal`, if it is aborted;
 * - with the error that the token function or a hook threw.
 */
export type Method<Op extends OperationId> = (...input: Arguments<PlainInput<Op>>) => Promise<PlainAnswer<Op>>;

/** A `Method` that also takes the options that change the shape of the answer. It can return every declared answer. */
export type ShapedMethod<Op extends OperationId> = (...input: Arguments<Input<Op>>) => Promise<Answer<Op>>;

/** The arguments of a method. The input is optional if none of its properties is required. */
export type Arguments<I> = Record<never, never> extends I ? [input?: I] : [input: I];

/** One method per operation. The type is mapped from `operationRoutes`, so that editors show the contract's documentation. */
export type Operations = { readonly [Op in keyof typeof operationRoutes]: Method<Op> };

/** The same methods with every option. They are not overloads, because editors would not show their documentation. */
export type ShapedOperations = { readonly [Op in keyof typeof operationRoutes]: ShapedMethod<Op> };

/** The input of `updateAssignmentsDelta`. */
export interface DeltaInput {
  /** The profile that the assignments belong to. */
  path: Input<"updateAssignments">["path"];
  /** Aborts the running attempt or the wait before the next attempt. */
  signal?: AbortSignal;
  /** The delta payload. */
  body: Schemas["assignmentDelta"];
  /** Only `Prefer`, because a delta does not accept conditions. */
  headers?: {
    /** One or more preferences, such as `return=minimal`. */
    Prefer?: string;
  };
}

/** The answer of `updateAssignmentsDelta`. It has one item for each item of the delta, in the same order. */
export type DeltaAnswer =
  | Success<200, Schemas["assignmentDeltaResult"]>
  | Success<204, undefined>
  | GraphErrors<"updateAssignments">;
