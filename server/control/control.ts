/**
 * The control API (contract: control.yaml), with which tests prepare data and failures. It is mounted only if CONTROL is on.
 */
import { strictContract } from "../../contract/strict.ts";
import contract from "../../generated/control.json" with { type: "json" };
import { type ContractDocument, operationsOf } from "../api/operations.ts";
import { createFaultInjector } from "./faultInjection.ts";
import { type ControlDependencies, createControlHandlers } from "./handlers.ts";

/** The root path of the control API, as in `servers` of control.yaml. */
export const controlPath = "/_control";

export interface ControlOptions extends Omit<ControlDependencies, "faults"> {
  /** The contract whose operations can fail with injected faults. */
  readonly document: ContractDocument;
  /** Whether the rules of strict mode apply to the data of tests. */
  readonly strict: boolean;
}

/** Creates the control API. @returns the options for mounting it, and the function that injects faults into other requests. */
export function createControl({ document, strict, ...dependencies }: ControlOptions) {
  const faults = createFaultInjector(operationsOf(document));
  const handlers = createControlHandlers({ ...dependencies, faults });
  return {
    mounted: { document: strict ? strictContract(contract) : contract, handlers, rootPath: controlPath },
    injectFault: faults.injectFault,
  };
}
