/** All scenarios by operation. If an operation of the contract has no scenarios, the code does not compile. */
import type { OperationId } from "../../client/index.ts";
import { countAssignments } from "./assignments/countAssignments.ts";
import { createAssignment } from "./assignments/createAssignment.ts";
import { deleteAssignment } from "./assignments/deleteAssignment.ts";
import { getAssignment } from "./assignments/getAssignment.ts";
import { listAssignments } from "./assignments/listAssignments.ts";
import { updateAssignment } from "./assignments/updateAssignment.ts";
import { updateAssignments } from "./assignments/updateAssignments.ts";
import { batch } from "./batch.ts";
import { getMetadata } from "./getMetadata.ts";
import type { OperationScenarios } from "./language/scenario.ts";
import { countProfiles } from "./profiles/countProfiles.ts";
import { createProfile } from "./profiles/createProfile.ts";
import { deleteProfile } from "./profiles/deleteProfile.ts";
import { getProfile } from "./profiles/getProfile.ts";
import { listProfiles } from "./profiles/listProfiles.ts";
import { setPriority } from "./profiles/setPriority.ts";
import { updateProfile } from "./profiles/updateProfile.ts";

export const scenarios: { readonly [Op in OperationId]: OperationScenarios<Op> } = {
  listProfiles,
  createProfile,
  countProfiles,
  getProfile,
  updateProfile,
  deleteProfile,
  setPriority,
  listAssignments,
  createAssignment,
  updateAssignments,
  countAssignments,
  getAssignment,
  updateAssignment,
  deleteAssignment,
  batch,
  getMetadata,
};
