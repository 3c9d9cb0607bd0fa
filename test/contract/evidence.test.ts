/** Decisions of the contract are marked in its descriptions for readers, and with x-evidence for programs. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import contract from "../../generated/openapi.json" with { type: "json" };

/** Every object of the contract that has a description, with its place. */
function* listDescribed(value: unknown, place: string): Generator<[place: string, object: Record<string, unknown>]> {
  if (typeof value !== "object" || value === null) return;
  const object = Object(value);
  if (typeof object.description === "string") yield [place, object];
  for (const [name, member] of Object.entries(value)) yield* listDescribed(member, `${place}/${name}`);
}

const places = [...listDescribed({ paths: contract.paths, components: contract.components }, "#")];
const decisions = places.filter(([, { description }]) => /\bDecisions?\b/.test(String(description)));

describe("a Decision in a description", () => {
  test("is marked with x-evidence", () => {
    assert.ok(decisions.length >= 25, `${decisions.length}`);
    const unmarked = decisions.filter(([, object]) => object["x-evidence"] !== "decision").map(([place]) => place);
    assert.deepEqual(unmarked, []);
  });
  test("is the only use of x-evidence", () => {
    const marked = places.filter(([, object]) => "x-evidence" in object);
    assert.deepEqual(
      marked.map(([place]) => place),
      decisions.map(([place]) => place),
    );
  });
});
