/** The second contract, control.yaml, and what it is mounted with: for tests, and so only where it is asked for. */
import contract from "../../generated/control.json" with { type: "json" };
import { type ContractDocument, operationsOf } from "../api/operations.ts";
import { openFailures } from "./failures.ts";
import { type ControlDependencies, createControlHandlers } from "./handlers.ts";

/** The path of its root, as in its `servers`. */
export const controlPath = "/_control";

export interface ControlOptions extends Omit<ControlDependencies, "failures"> {
  /** The contract whose requests are to fail. */
  readonly document: ContractDocument;
}

/** What mounts control.yaml, and what lets the requests of the other contract fail. */
export function openControl({ document, ...dependencies }: ControlOptions) {
  const failures = openFailures(operationsOf(document));
  const handlers = createControlHandlers({ ...dependencies, failures });
  return {
    mounted: { document: contract, handlers, rootPath: controlPath },
    injectFault: failures.injectFault,
  };
}
