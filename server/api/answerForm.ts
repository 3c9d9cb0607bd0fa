/** The form of requests and answers: as the contract describes them, or as strict mode does (strict/strictForm.ts). */
import type { FastifyRequest } from "fastify";
import type { RequestError } from "../http/errors.ts";
import type { Operation } from "./operations.ts";

/** Changes the requests and answers of a mounted contract. A function that is absent changes nothing. */
export interface AnswerForm {
  /** Changes the declared headers of a valid request. */
  readonly requestHeaders?: (headers: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** Changes the body of an answer, which is a value that JSON can represent. */
  readonly body?: (body: unknown) => unknown;
  /** The names of headers that are left out. */
  readonly withoutHeaders?: readonly string[];
  readonly error?: (error: RequestError, request: FastifyRequest) => RequestError;
  /** Returns the error for a request that matches no route. @param allow the methods of the path, if it has any. */
  readonly missingRoute?: (request: FastifyRequest, route: MissingRoute) => RequestError | undefined;
}

export interface MissingRoute {
  readonly rootPath: string;
  readonly operations: readonly Operation[];
  /** The value of the header Allow. Undefined: the contract does not have the path. */
  readonly allow: string | undefined;
}
