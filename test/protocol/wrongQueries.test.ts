/** Invalid query options are refused, both by operations that support the option and by those that do not. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertRefused } from "../operations/operation.ts";
import { enterWorld, profilesPath } from "../support/tenant.ts";
import { pathWithQuery } from "./collections.ts";

const world = await enterWorld();
const tenant = await world.tenant();
const { id: profileId } = await tenant.profile();
const { id: assignmentId } = await tenant.assignment(profileId);
const assignments = `${profilesPath}/${profileId}/assignments`;
const where: Readonly<Record<string, string>> = {
  profiles: profilesPath,
  profilesCount: `${profilesPath}/$count`,
  profile: `${profilesPath}/${profileId}`,
  assignments,
  counts: `${assignments}/$count`,
  assignment: `${assignments}/${assignmentId}`,
};

/** For each query option: the names of the paths to try, an invalid value, and a pattern for the error message. */
const wrong: Readonly<Record<string, readonly (readonly [places: string, text: string, advice: RegExp])[]>> = {
  $select: [
    ["profiles profile", "nope", /'nope' is not a property; expected id, displayName, description, priority/],
    ["assignments assignment", "displayName", /'displayName' is not a property; expected id, target\./],
    ["profiles profile", "assignments", /'assignments' is not a property; expected/],
    ["profiles profile assignments assignment", "id,", /a property name is empty; expected id/],
    ["profiles profile assignments assignment", "id desc", /'id desc' is not a property/],
    ["profiles profile assignments assignment", "", /must have at least 1 character/],
  ],
  $expand: [
    ["profiles profile", "nope", /is "nope"; it must be assignments\./],
    ["profiles profile", "assignments($select=id)", /is "assignments\(\$select=id\)"; it must be assignments\./],
    ["profiles profile", "assignments,", /it must be assignments\./],
    ["profiles profile", "assignments,assignments", /it must be assignments\./],
    ["profiles profile", "", /is ""; it must be assignments\./],
    ["assignments assignment counts", "assignments", /is not supported here; the supported options are \$/],
  ],
  $filter: [
    ["profiles profilesCount", "nope eq 1", /nope.*at position 1|position 1.*nope/s],
    ["assignments counts", "displayName eq 'x'", /displayName/],
    ["profiles profilesCount assignments counts", "id eq", /position/],
    ["profiles profilesCount assignments counts", "", /must have at least 1 character/],
    ["profile", "id eq 'x'", /is not supported here; the supported options are \$select, \$expand\./],
  ],
  $orderby: [
    ["profiles", "nope", /'nope' is not a property; expected id, displayName, description, priority/],
    ["profiles", "availableEnrollmentTypeOptions", /is not a property; expected/],
    ["profiles", "displayName up", /^\$orderby: expected 'asc' or 'desc' after displayName\.$/],
    ["profiles", "displayName asc desc", /^\$orderby: expected 'asc' or 'desc' after displayName\.$/],
    ["assignments", "priority", /'priority' is not a property; expected id, target\/groupId/],
    ["profiles assignments", "id,,id", /a property name is empty/],
    ["profiles assignments", "", /must have at least 1 character/],
    ["profilesCount counts", "id", /is not supported here; the supported options are \$filter\./],
  ],
  $top: [
    ...["1.5", "x", "", "1e1", "0x1", " 1", "Infinity"].map(
      (it) => ["profiles assignments", it, /an integer/] as const,
    ),
    ["profiles assignments", "-1", /must be at least 0/],
    ["profiles assignments", "2147483648", /must be at most 2147483647/],
    ["profile assignment", "1", /is not supported here/],
  ],
  $skip: [
    ...["1.5", "x", ""].map((it) => ["profiles assignments", it, /an integer/] as const),
    ["profiles assignments", "-1", /must be at least 0/],
    ["profiles assignments", "9".repeat(40), /must be at most 2147483647/],
  ],
  $count: ["yes", "1", "TRUE", ""].map((it) => ["profiles assignments", it, /a boolean/] as const),
};

describe("an invalid query option", () => {
  for (const [option, cases] of Object.entries(wrong)) {
    for (const [at, text, advice] of cases) {
      test(`${option}=${text.slice(0, 30)} is refused with 400 and a message that names the option (${at})`, async () => {
        for (const name of at.split(" ")) {
          const answer = await tenant.call({
            method: "GET",
            path: pathWithQuery(where[name] ?? "", { [option]: text }),
          });
          assertRefused(answer, 400, option);
          assert.match(answer.error.message, advice);
          assert.ok(answer.error.message.includes(option), answer.error.message);
        }
      });
    }
    test(`${option} is refused with 400 and a message that names the option if it is sent twice`, async () => {
      const value = { $top: 1, $skip: 1, $count: "true" }[option] ?? "id";
      const path = `${profilesPath}?${option}=${value}&${option.replace("$", "%24")}=${value}`;
      const answer = await tenant.call({ method: "GET", path });
      assertRefused(answer, 400, option);
      assert.match(answer.error.message, /once/);
    });
  }
});
