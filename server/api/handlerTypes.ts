/**
 * What the contract demands of a handler, as types. Made from `operations` in generated/api.d.ts, which nothing else in
 * the service knows, and from those of the second contract, control.yaml. The thirteen ways to write a wrong handler that
 * must not compile are in test/contract.
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

/** The operations of both contracts. An operation of one that is named as one of the other would not compile. */
interface AllOperations extends operations, controlOperations {}
type AnyOperationId = keyof AllOperations;

type Responses<Op extends AnyOperationId> = AllOperations[Op]["responses"];

/** The statuses the operation declares. */
export type Status<Op extends AnyOperationId> = keyof Responses<Op> & number;

/** Headers that no handler sets: errorHandlers.ts and mount.ts do. */
type AmbientHeader = "request-id" | "client-request-id" | "OData-Version" | "Repeatability-Result";

/** The declared headers of an answer that are the handler's to give. */
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

/** An answer of one operation. Only `reply` and `refuse` make one, so that no handler can return what is undeclared. */
export interface Answer<Op extends AnyOperationId> {
  readonly [answers]: Op;
}

/**
 * Answers with a declared status, that status's body if it has one, and its headers if it declares any. The body is an
 * argument because TypeScript checks excess properties of an argument and not of a returned literal (TypeScript#7547).
 */
export type Reply<Op extends AnyOperationId> = <S extends Status<Op>>(
  status: S,
  ...rest: ReplyArguments<Op, S>
) => Answer<Op>;

/** The domain errors whose status the operation declares: any other can't be answered, and doesn't compile. */
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

/** A request that the contract has already checked, and the means to answer it. */
export interface Input<Op extends AnyOperationId> {
  readonly path: Part<Op, "path">;
  readonly query: Part<Op, "query">;
  readonly headers: Part<Op, "header">;
  readonly body: RequestBody<Op>;
  readonly principal: Principal;
  /** What it is known by, if it is to be carried out once. */
  readonly repeat: RepeatabilityKey | undefined;
  /** The absolute URL of the service root as the caller addressed it, such as `http://127.0.0.1:3000/beta`. */
  readonly root: string;
  /** Makes other requests in the caller's name; undefined in a request that was made so itself. */
  readonly subrequests: () => Subrequests | undefined;
  readonly reply: Reply<Op>;
  readonly refuse: (error: Refusal<Op>) => Answer<Op>;
}

export type Handler<Op extends AnyOperationId> = (input: Input<Op>) => Promise<Answer<Op>>;

/** One handler for each operation of the contract, no more and no less. */
export type Handlers = { readonly [Op in OperationId]: Handler<Op> };

/** The same for control.yaml. */
export type ControlHandlers = { readonly [Op in keyof controlOperations]: Handler<Op> };
