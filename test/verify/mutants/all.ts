import type { Mutant } from "../mutant.ts";
import { ofAssignments } from "./assignments.ts";
import { ofLists } from "./lists.ts";
import { ofProfiles } from "./profiles.ts";
import { ofProtocol } from "./protocol.ts";

/** All mutants. */
export const mutants: readonly Mutant[] = [...ofProfiles, ...ofLists, ...ofAssignments, ...ofProtocol];
