/** What the contract says of an operation, as the types of the method that calls it. Made from generated/api.d.ts. */
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

/** What the input calls each kind of parameter. A cookie is the browser's to send. */
interface Parts {
  path: "path";
  query: "query";
  header: "headers";
}

/** A key that the generated types mark `?: never` is one the operation doesn't have. Optional ones stay optional. */
type Parameters<Declared> = {
  [Kind in keyof Declared as [NonNullable<Declared[Kind]>] extends [never]
    ? never
    : Kind extends keyof Parts
      ? Parts[Kind]
      : never]: Declared[Kind];
};

/** A delta has a method of its own, so that the call it began with keeps its plain type. */
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
 * What an operation is called with: those of `path`, `query`, `headers` and `body` that the contract declares for it,
 * required where it requires them, and a `signal` that aborts the request.
 *
 * It is resolved by the operation's name and not inferred from the argument, so that TypeScript refuses misspelt
 * properties, optional ones too; openapi-fetch alone lets those pass (openapi-typescript#1769).
 */
export type Input<Op extends OperationId> = { [Part in keyof InputParts<Op>]: InputParts<Op>[Part] };

type Responses<Op extends OperationId> = operations[Op]["responses"];

/** The statuses an operation declares. */
export type Status<Op extends OperationId> = keyof Responses<Op> & number;

/** An answer with a 2xx. */
export interface Success<S extends number, Data> {
  /** Of a GraphError: false. */
  readonly ok: true;
  /** The HTTP status. */
  readonly status: S;
  /** The body: JSON as the contract declares it for this status, a string if that is text, else undefined. */
  readonly data: Data;
  /** Such as `headers.get("ETag")` and `headers.get("Location")`. */
  readonly headers: Headers;
  /** What fetch resolved to; its body is already read. With `undiciFetch` it has none. */
  readonly response: Response;
}

/**
 * What an operation resolves to: one of its declared answers, told apart by `ok` and by `status`.
 *
 * A status that the contract doesn't declare is unknown to this type, though a proxy may answer one: at run time it is
 * a Success if it is a 2xx and a GraphError if not. So let the last branch be on `ok` and not on `status`.
 */
export type Answer<Op extends OperationId> = Successes<Op> | GraphErrors<Op>;

type IsSuccess<S extends number> = `${S}` extends `2${string}` ? true : false;

// Over each operation on its own: several at once have only their common statuses in `keyof`.
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

/** What changes the shape of an answer when it is asked for. Of a write, `If-None-Match` is only a condition. */
type Shaping<Op extends OperationId> =
  | "$select"
  | "$expand"
  | "Prefer"
  | (304 extends Status<Op> ? "If-None-Match" : never);

type Without<Part, Names> = { [Name in keyof Part as Name extends Names ? never : Name]: Part[Name] };

/** Of a part of the input, what doesn't shape the answer. */
type PlainPart<Op extends OperationId, Part extends keyof Input<Op>> = Part extends "query" | "headers"
  ? Without<NonNullable<Input<Op>[Part]>, Shaping<Op>>
  : Input<Op>[Part];

/** An `Input` that asks for nothing that changes the shape of the answer, such as `$select` or `Prefer`. */
export type PlainInput<Op extends OperationId> = {
  [Part in keyof Input<Op> as keyof NonNullable<PlainPart<Op, Part>> extends never ? never : Part]: PlainPart<Op, Part>;
};

interface Whole<Entity, Collection> {
  entity: Entity;
  collection: Without<Collection, "value"> & { value: Entity[] };
}

type WholeProfile = Whole<Schemas["appleUserInitiatedEnrollmentProfile"], Schemas["profileCollection"]>;
type WholeAssignment = Whole<Schemas["appleEnrollmentProfileAssignment"], Schemas["assignmentCollection"]>;

/** The bodies that a plain call is answered with, where they are less than all that the contract declares. */
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

/** An `Answer` to a plain call: the whole entity, and no status that has to be asked for (304, 204 in place of a body). */
export type PlainAnswer<Op extends OperationId> = PlainSuccess<Op> | Exclude<GraphErrors<Op>, { status: 304 }>;

/**
 * Calls an operation. It resolves to an answer, whatever the status. It rejects when there is none that can be read:
 * with a GraphError (of status 0 if the connection failed, the time was up or a parameter can't be sent; of a 2xx whose
 * body isn't what the contract declares), with the signal's reason, or with what the caller's own functions threw.
 */
export type Method<Op extends OperationId> = (...input: Optional<PlainInput<Op>>) => Promise<PlainAnswer<Op>>;

/** A `Method` that also takes what changes the shape of the answer, and so may be answered with all that is declared. */
export type ShapedMethod<Op extends OperationId> = (...input: Optional<Input<Op>>) => Promise<Answer<Op>>;

type Optional<Given> = Record<never, never> extends Given ? [input?: Given] : [input: Given];

/**
 * One method per operation. Mapped from `operationRoutes`, whose members carry the contract's documentation: an editor
 * shows it on the method.
 */
export type Operations = { readonly [Op in keyof typeof operationRoutes]: Method<Op> };

/** The same methods with every option. Not overloads: of those, an editor shows no documentation. */
export type ShapedOperations = { readonly [Op in keyof typeof operationRoutes]: ShapedMethod<Op> };

/** What `updateAssignmentsDelta` is called with. */
export interface DeltaInput {
  /** The profile whose assignments they are. */
  path: Input<"updateAssignments">["path"];
  /** Ends attempts and waits alike. */
  signal?: AbortSignal;
  /** The delta. */
  body: Schemas["assignmentDelta"];
  /** A delta has no conditions. */
  headers?: {
    /** Such as `return=minimal`. */
    Prefer?: string;
  };
}

/** What it resolves to: an item for each of the delta's, in its order. */
export type DeltaAnswer =
  | Success<200, Schemas["assignmentDeltaResult"]>
  | Success<204, undefined>
  | GraphErrors<"updateAssignments">;
