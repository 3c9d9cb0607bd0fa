/** Every scenario there is, by operation: what the contract declares and has none doesn't compile. */
import type { OperationId } from "../../client/index.ts";
import type { OperationScenarios } from "../scenario.ts";
import { batch } from "./batch.ts";
import { countAssignments } from "./countAssignments.ts";
import { countProfiles } from "./countProfiles.ts";
import { createAssignment } from "./createAssignment.ts";
import { createProfile } from "./createProfile.ts";
import { deleteAssignment } from "./deleteAssignment.ts";
import { deleteProfile } from "./deleteProfile.ts";
import { getAssignment } from "./getAssignment.ts";
import { getMetadata } from "./getMetadata.ts";
import { getProfile } from "./getProfile.ts";
import { listAssignments } from "./listAssignments.ts";
import { listProfiles } from "./listProfiles.ts";
import { setPriority } from "./setPriority.ts";
import { updateAssignment } from "./updateAssignment.ts";
import { updateAssignments } from "./updateAssignments.ts";
import { updateProfile } from "./updateProfile.ts";

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
