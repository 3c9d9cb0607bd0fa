/** The handlers of all operations, in the order of openapi.yaml. api/mount.ts validates requests and sends answers. */
import type { Handlers } from "../api/handlerTypes.ts";
import * as assignments from "./assignmentHandlers.ts";
import { batch, getMetadata } from "./batchHandlers.ts";
import * as profiles from "./profileHandlers.ts";
import type { HandlerDependencies } from "./write.ts";

export function createHandlers(dependencies: HandlerDependencies): Handlers {
  return {
    listProfiles: profiles.listProfiles(dependencies),
    createProfile: profiles.createProfile(dependencies),
    countProfiles: profiles.countProfiles(dependencies),
    getProfile: profiles.getProfile(dependencies),
    updateProfile: profiles.updateProfile(dependencies),
    deleteProfile: profiles.deleteProfile(dependencies),
    setPriority: profiles.setPriority(dependencies),
    listAssignments: assignments.listAssignments(dependencies),
    createAssignment: assignments.createAssignment(dependencies),
    updateAssignments: assignments.updateAssignments(dependencies),
    countAssignments: assignments.countAssignments(dependencies),
    getAssignment: assignments.getAssignment(dependencies),
    updateAssignment: assignments.updateAssignment(dependencies),
    deleteAssignment: assignments.deleteAssignment(dependencies),
    batch,
    getMetadata,
  };
}
