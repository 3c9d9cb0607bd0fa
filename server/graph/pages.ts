/** Fills the pages of lists and of `$expand` with entities. A page that would be too long ends earlier. */
import type { Schemas } from "../api/handlerTypes.ts";
import type { AssignmentIds } from "../domain/commands/assignmentIds.ts";
import type { Json } from "../domain/json.ts";
import type { Profile } from "../domain/model.ts";
import type { AssignmentPath, Value } from "../domain/query.ts";
import type { Store, StoredAssignment } from "../domain/store.ts";
import type { Preferences } from "../odata/preferences.ts";
import type { Selection } from "../odata/selection.ts";
import { answers } from "../shared/limits.ts";
import { expandedAssignments } from "./collections.ts";
import { assignmentEntity, type ExpandedAssignments, selectedAssignment, selectedProfile } from "./entities.ts";
import { assignmentsPageUrl, context } from "./urls.ts";

/** The entities of a page, up to a number of characters. */
class Page<Entity> {
  readonly entities: Json<Entity>[] = [];
  readonly #limit: number;
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds the items, rendered, as long as they fit. @returns whether all of them were added. */
  fill<Item>(items: readonly Item[], render: (item: Item) => Json<Entity>): boolean {
    return items.every((item) => this.#add(render(item)));
  }

  /** Adds an entity if it fits. The first one always fits. @returns whether the entity was added. */
  #add(entity: Json<Entity>): boolean {
    this.#length += entity.toString().length;
    if (this.#length > this.#limit && this.entities.length > 0) return false;
    this.entities.push(entity);
    return true;
  }
}

export interface AssignmentQuery {
  readonly profileId: string;
  readonly selection: Selection;
  readonly ids: AssignmentIds;
}

/** Renders the assignments until the page is full. */
export function pageOfAssignments(
  assignments: readonly StoredAssignment[],
  { profileId, selection, ids }: AssignmentQuery,
): readonly Json<Schemas["selectableAssignment"]>[] {
  const page = new Page<Schemas["selectableAssignment"]>(answers.page);
  page.fill(assignments, (assignment) => selectedAssignment(ids.shown(profileId, assignment), selection));
  return page.entities;
}

export interface ProfileQuery {
  readonly tenant: string;
  readonly root: string;
  readonly selection: Selection;
  readonly preferences: Preferences;
  readonly ids: AssignmentIds;
}

/** The number of profiles whose assignments are loaded at once, because a page of them may be full after a few. */
const expandedAtOnce = 10;

/** Renders the profiles until the page is full. With `$expand`, loads and renders their assignments. */
export async function pageOfProfiles(
  store: Store,
  profiles: readonly Profile[],
  query: ProfileQuery,
): Promise<readonly Json<Schemas["selectableProfile"]>[]> {
  const page = new Page<Schemas["selectableProfile"]>(answers.page);
  const step = query.selection.expand ? expandedAtOnce : Math.max(1, profiles.length);
  for (let start = 0; start < profiles.length; start += step) {
    const some = profiles.slice(start, start + step);
    const render = await profileRenderer(store, some, query);
    if (!page.fill(some, (profile) => render(profile))) break;
  }
  return page.entities;
}

/** Loads the expanded assignments of the profiles, and returns a function that renders a single profile. */
export async function profileRenderer(
  store: Store,
  profiles: readonly Profile[],
  { tenant, root, selection, preferences, ids: shownIds }: ProfileQuery,
): Promise<(profile: Profile, contextUrl?: string) => Json<Schemas["selectableProfile"]>> {
  const ids = profiles.map(({ id }) => id);
  const expanded = selection.expand ? await store.read.assignmentsOfAll(tenant, ids, answers.entities + 1) : undefined;
  return (profile, contextUrl) =>
    selectedProfile(profile, {
      context: contextUrl,
      selection,
      showsUnknownMembers: preferences.includeUnknownEnumMembers,
      assignments: expanded && expansionOf(root, profile.id, { found: expanded.get(profile.id) ?? [], ids: shownIds }),
    });
}

interface Expanded {
  readonly found: readonly StoredAssignment[];
  readonly ids: AssignmentIds;
}

function expansionOf(root: string, profileId: string, { found, ids }: Expanded): ExpandedAssignments {
  const page = new Page<Schemas["expandedAssignment"]>(answers.expansion);
  page.fill(found.slice(0, answers.entities), (assignment) => assignmentEntity(ids.shown(profileId, assignment)));
  const next = expandedAssignments(profileId).next(found, page.entities.length, assignmentValue);
  return {
    context: context.assignments(root, profileId),
    entities: page.entities,
    nextLink: next && assignmentsPageUrl(root, profileId, next),
  };
}

/** Returns the id of an assignment, or a property of its target, as a sort key: `null` if the target lacks the property. */
export function assignmentValue({ id, target }: StoredAssignment, key: AssignmentPath): Value {
  if (key === "id") return id;
  const value: unknown = Object(JSON.parse(target.toString()))[key.slice("target/".length)];
  return typeof value === "string" ? value : null;
}
