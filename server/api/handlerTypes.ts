/**
 * The types of the contract's handlers. They are derived from `operations` in generated/api.d.ts and from the operations of the
 * second contract, control.yaml. test/contract/handlers.types.ts lists thirteen wrong handlers that must not compile.
 */
import type { components, operations } from "../../generated/api.d.ts";
import type { components as controlComponents, operations as controlOperations } from "../../generated/control.d.ts";
import type { Principal } from "../auth/principal.ts";
import type { DomainError } from "../domain/errors.ts";
import type { Json } from "../domain/json.ts";
import type { RepeatabilityKey } from "../domain/store.ts";
import type { StatusOf } from "../http/errors.ts";
import type { Subrequests } from "../odata/batch.ts";

export type OperationId = keyof operations;
export type Schemas = components["schemas"];
export type ControlSchemas = controlComponents["schemas"];

/** The operations of both contracts. If both contracts had an operation with the same name, this would not compile. */
interface AllOperations extends operations, controlOperations {}
type AnyOperationId = keyof AllOperations;

type Responses<Op extends AnyOperationId> = AllOperations[Op]["responses"];

/** The status codes that the operation declares. */
export type Status<Op extends AnyOperationId> = keyof Responses<Op> & number;

/** Headers that the service itself adds to answers. Handlers do not set them. */
type AmbientHeader = "request-id" | "client-request-id" | "OData-Version" | "Repeatability-Result";

/** The declared response headers that the handler has to set. */
type ReplyHeaders<Op extends AnyOperationId, S extends Status<Op>> = Responses<Op>[S] extends { headers: infer Headers }
  ? { [Name in keyof Headers as string extends Name ? never : Exclude<Name, AmbientHeader>]: Headers[Name] }
  : never;

type ReplyBody<Op extends AnyOperationId, S extends Status<Op>> = Responses<Op>[S] extends { content: infer Content }
  ? Content[keyof Content]
  : never;

type HeadersArgument<Headers> = keyof Headers extends never
  ? []
  : Record<never, never> extends Headers
    ? [headers?: Headers]
    : [headers: Headers];

type ReplyArguments<Op extends AnyOperationId, S extends Status<Op>> = [ReplyBody<Op, S>] extends [never]
  ? HeadersArgument<ReplyHeaders<Op, S>>
  : [body: ReplyBody<Op, S> | Json<ReplyBody<Op, S>>, ...HeadersArgument<ReplyHeaders<Op, S>>];

declare const answers: unique symbol;

/** An operation's answer. Only `reply` and `refuse` create answers, so a handler cannot return an undeclared answer. */
export interface Answer<Op extends AnyOperationId> {
  readonly [answers]: Op;
}

/**
 * Creates an answer with a declared status, and with the body and the headers that the contract declares for this status. The
 * body is an argument because TypeScript checks arguments for excess properties, but not returned literals (TypeScript#7547).
 */
export type Reply<Op extends AnyOperationId> = <S extends Status<Op>>(
  status: S,
  ...rest: ReplyArguments<Op, S>
) => Answer<Op>;

/** The domain errors whose status the operation declares. Refusing with any other error does not compile. */
export type Refusal<Op extends AnyOperationId> = {
  [Kind in DomainError["kind"]]: StatusOf<Kind> extends Status<Op> ? Extract<DomainError, { kind: Kind }> : never;
}[DomainError["kind"]];

type Part<
  Op extends AnyOperationId,
  Name extends "path" | "query" | "header",
> = AllOperations[Op]["parameters"] extends {
  [K in Name]?: infer Parameters;
}
  ? [NonNullable<Parameters>] extends [never]
    ? Record<never, never>
    : NonNullable<Parameters>
  : Record<never, never>;

type RequestBody<Op extends AnyOperationId> = AllOperations[Op] extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : undefined;

/** A request that has been validated against the contract, and the functions that create its answer. */
export interface Input<Op extends AnyOperationId> {
  readonly path: Part<Op, "path">;
  readonly query: Part<Op, "query">;
  readonly headers: Part<Op, "header">;
  readonly body: RequestBody<Op>;
  readonly principal: Principal;
  /** The repeatability key, if the client sent one. */
  readonly repeat: RepeatabilityKey | undefined;
  /** The absolute URL of the service root, with the host that the caller used: `http://127.0.0.1:3000/beta`. */
  readonly root: string;
  /** Returns functions that send other requests on behalf of the caller, or undefined if the request is part of a batch. */
  readonly subrequests: () => Subrequests | undefined;
  readonly reply: Reply<Op>;
  readonly refuse: (error: Refusal<Op>) => Answer<Op>;
}

export type Handler<Op extends AnyOperationId> = (input: Input<Op>) => Promise<Answer<Op>>;

/** Exactly one handler for each operation of openapi.yaml. */
export type Handlers = { readonly [Op in OperationId]: Handler<Op> };

/** Exactly one handler for each operation of control.yaml. */
export type ControlHandlers = { readonly [Op in keyof controlOperations]: Handler<Op> };
