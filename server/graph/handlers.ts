/** One handler for each operation of openapi.yaml. */
import type { Handlers } from "../api/handlerTypes.ts";
import { assignmentHandlers } from "./assignmentHandlers.ts";
import { batchHandlers } from "./batchHandlers.ts";
import { profileHandlers } from "./profileHandlers.ts";
import type { HandlerDependencies } from "./write.ts";

export function createHandlers(dependencies: HandlerDependencies): Handlers {
  return {
    ...profileHandlers(dependencies),
    ...assignmentHandlers(dependencies),
    ...batchHandlers,
  };
}
