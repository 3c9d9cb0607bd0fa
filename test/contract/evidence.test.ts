/** Tests that each Decision in the contract (where the public documentation says nothing) is also marked for programs. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import contract from "../../generated/openapi.json" with { type: "json" };

/** Yields every object in the contract that has a description, with its path. */
function* described(value: unknown, place: string): Generator<[place: string, object: Record<string, unknown>]> {
  if (typeof value !== "object" || value === null) return;
  const object = Object(value);
  if (typeof object.description === "string") yield [place, object];
  for (const [name, member] of Object.entries(value)) yield* described(member, `${place}/${name}`);
}

const places = [...described({ paths: contract.paths, components: contract.components }, "#")];
const decisions = places.filter(([, { description }]) => /\bDecisions?\b/.test(String(description)));

describe("x-evidence in the contract", () => {
  test("every description with a Decision has x-evidence: decision", () => {
    assert.ok(decisions.length >= 25, `${decisions.length}`);
    const unmarked = decisions.filter(([, object]) => object["x-evidence"] !== "decision").map(([place]) => place);
    assert.deepEqual(unmarked, []);
  });
  test("only descriptions with a Decision have x-evidence", () => {
    const marked = places.filter(([, object]) => "x-evidence" in object);
    assert.deepEqual(
      marked.map(([place]) => place),
      decisions.map(([place]) => place),
    );
  });
});
