/** The second contract, control.yaml: what a test can set up. It is mounted only if the setting CONTROL asks for it. */
import contract from "../../generated/control.json" with { type: "json" };
import { type ContractDocument, operationsOf } from "../api/operations.ts";
import { createFaultInjector } from "./faultInjection.ts";
import { type ControlDependencies, createControlHandlers } from "./handlers.ts";

/** The path of the control contract's root, as in its `servers`. */
export const controlPath = "/_control";

export interface ControlOptions extends Omit<ControlDependencies, "faults"> {
  /** The contract into whose operations faults can be injected. */
  readonly document: ContractDocument;
}

/** @returns the options to mount control.yaml with, and the function that injects faults into the other contract's requests. */
export function createControl({ document, ...dependencies }: ControlOptions) {
  const faults = createFaultInjector(operationsOf(document));
  const handlers = createControlHandlers({ ...dependencies, faults });
  return {
    mounted: { document: contract, handlers, rootPath: controlPath },
    injectFault: faults.injectFault,
  };
}
