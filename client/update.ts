/** Updates an entity only if it has not changed since it was read. */
import type { AnyAnswer, AnyInput, AnyMethod } from "./calls.ts";
import { noAnswer } from "./errors.ts";
import type { Input, PlainAnswer, Schemas } from "./types.ts";

type Profile = Schemas["appleUserInitiatedEnrollmentProfile"];
type Assignment = Schemas["appleEnrollmentProfileAssignment"];

/** The properties of an entity that an update needs. */
type ReadPart<Entity extends Profile | Assignment> = Readonly<Pick<Entity, "@odata.type" | "@odata.etag" | "id">>;

/** A profile or an assignment that was read, whole or with selected properties. */
export type ReadEntity = ReadPart<Profile> | ReadPart<Assignment>;

type IsProfile<Entity extends ReadEntity, Yes, No> = Entity["@odata.type"] extends Profile["@odata.type"] ? Yes : No;

/** The properties to change and their new values. */
export type Patch<Entity extends ReadEntity> = IsProfile<
  Entity,
  Input<"updateProfile">["body"],
  Input<"updateAssignment">["body"]
>;

interface Cancellation {
  /** Aborts the running attempt or the wait before the next attempt. */
  readonly signal?: AbortSignal;
}

interface InProfile extends Cancellation {
  /** The profile that the assignment belongs to. */
  readonly profileId: string;
}

/** The options of an update. For an assignment, `profileId` is required, because the assignment does not contain it. */
export type UpdateOptions<Entity extends ReadEntity> = IsProfile<
  Entity,
  [options?: Cancellation],
  [options: InProfile]
>;

/** The answer of `updateProfile` or `updateAssignment`. Its status is 412 if the entity has changed since it was read. */
export type UpdateAnswer<Entity extends ReadEntity> = IsProfile<
  Entity,
  PlainAnswer<"updateProfile">,
  PlainAnswer<"updateAssignment">
>;

/** Updates an entity only if it has not changed since it was read. */
export type Update = <Entity extends ReadEntity>(
  entity: Entity,
  patch: Patch<Entity>,
  ...options: UpdateOptions<Entity>
) => Promise<UpdateAnswer<Entity>>;

type Methods = Readonly<Record<"updateProfile" | "updateAssignment", AnyMethod>>;

type SendUpdate = (methods: Methods, id: string, profileId: string | undefined, input: AnyInput) => Promise<AnyAnswer>;

/** The update request for each `@odata.type`. If a type of `ReadEntity` is missing here, the code does not compile. */
const updates: Readonly<Record<ReadEntity["@odata.type"], SendUpdate>> = {
  "#microsoft.graph.appleUserInitiatedEnrollmentProfile": (methods, id, _profileId, input) =>
    methods.updateProfile({ ...input, path: { profileId: id } }),
  "#microsoft.graph.appleEnrollmentProfileAssignment": (methods, id, profileId, input) =>
    methods.updateAssignment({ ...input, path: { profileId, assignmentId: id } }),
};

export function updateOf(methods: Methods): Update {
  const update = async (
    { id, "@odata.etag": tag, "@odata.type": type }: ReadEntity,
    body: unknown,
    { profileId, signal }: { readonly profileId?: string; readonly signal?: AbortSignal } = {},
  ) => {
    // Without the entity tag the update would be unconditional.
    if (!tag) {
      const message = "The entity has no @odata.etag. Read it without odata.metadata=none.";
      throw noAnswer("InvalidRequest", message, { target: "@odata.etag" });
    }
    if (!Object.hasOwn(updates, type)) {
      const message = `The @odata.type of the entity must be one of ${Object.keys(updates).join(", ")}, not ${type}.`;
      throw noAnswer("InvalidRequest", message, { target: "@odata.type" });
    }
    const input = { headers: { "If-Match": tag }, body, ...(signal && { signal }) };
    return updates[type](methods, id, profileId, input);
  };
  // The cast asserts the types of the answers, which come from the contract.
  return update as unknown as Update;
}
