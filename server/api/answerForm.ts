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
  /** A header that is left out. */
  readonly withoutHeader?: string;
  readonly error?: (error: RequestError, request: FastifyRequest) => RequestError;
  /** Returns the error for a request that does not match a route. Undefined: the usual 404 or 405. */
  readonly missingRoute?: (request: FastifyRequest, mounted: MountedRoutes) => RequestError | undefined;
}

export interface MountedRoutes {
  readonly rootPath: string;
  readonly operations: readonly Operation[];
}
