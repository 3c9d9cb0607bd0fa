/** Updates that fail rather than overwrite what somebody else has written meanwhile. */
import type { AnyMethod } from "./calls.ts";
import { noAnswer } from "./errors.ts";
import type { Input, PlainAnswer, Schemas } from "./types.ts";

type Profile = Schemas["appleUserInitiatedEnrollmentProfile"];
type Assignment = Schemas["appleEnrollmentProfileAssignment"];

/** What an update has to know of an entity that was read. */
type Read<Entity extends Profile | Assignment> = Readonly<Pick<Entity, "@odata.type" | "@odata.etag" | "id">>;

/** An entity as read: a profile or an assignment, all of it or not. */
export type ReadEntity = Read<Profile> | Read<Assignment>;

type IsProfile<Entity extends ReadEntity, Yes, No> = Entity["@odata.type"] extends Profile["@odata.type"] ? Yes : No;

/** The properties to change. */
export type Patch<Entity extends ReadEntity> = IsProfile<
  Entity,
  Input<"updateProfile">["body"],
  Input<"updateAssignment">["body"]
>;

interface Cancellation {
  /** Ends attempts and waits alike. */
  readonly signal?: AbortSignal;
}

interface InProfile extends Cancellation {
  /** The profile that the assignment is of. */
  readonly profileId: string;
}

/** An assignment doesn't say of which profile it is. */
export type UpdateOptions<Entity extends ReadEntity> = IsProfile<
  Entity,
  [options?: Cancellation],
  [options: InProfile]
>;

/** What `updateProfile` or `updateAssignment` is answered with; a 412 if the entity has changed since it was read. */
export type UpdateAnswer<Entity extends ReadEntity> = IsProfile<
  Entity,
  PlainAnswer<"updateProfile">,
  PlainAnswer<"updateAssignment">
>;

/** Updates an entity only if it is still as it was read. */
export type Update = <Entity extends ReadEntity>(
  entity: Entity,
  patch: Patch<Entity>,
  ...options: UpdateOptions<Entity>
) => Promise<UpdateAnswer<Entity>>;

export function updateOf(methods: Readonly<Record<"updateProfile" | "updateAssignment", AnyMethod>>): Update {
  const update = async (
    entity: ReadEntity,
    body: unknown,
    { profileId, signal }: { readonly profileId?: string; readonly signal?: AbortSignal } = {},
  ) => {
    const { id, "@odata.etag": tag, "@odata.type": type } = entity;
    // Without the tag it would be an update without a condition.
    if (!tag) {
      const message = "The entity has no @odata.etag: read it without odata.metadata=none.";
      throw noAnswer("InvalidRequest", message, { target: "@odata.etag" });
    }
    const input = { headers: { "If-Match": tag }, body, ...(signal && { signal }) };
    return type === "#microsoft.graph.appleEnrollmentProfileAssignment"
      ? methods.updateAssignment({ ...input, path: { profileId, assignmentId: id } })
      : methods.updateProfile({ ...input, path: { profileId: id } });
  };
  // The contract says which answers they are.
  return update as unknown as Update;
}
