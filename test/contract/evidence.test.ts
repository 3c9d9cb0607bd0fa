/** What the contract decides where the public record is silent can be told by a program as well as by a reader. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import contract from "../../generated/openapi.json" with { type: "json" };

/** Every object of the contract that describes itself, and where it stands. */
function* described(value: unknown, place: string): Generator<[place: string, object: Record<string, unknown>]> {
  if (typeof value !== "object" || value === null) return;
  const object = Object(value);
  if (typeof object.description === "string") yield [place, object];
  for (const [name, member] of Object.entries(value)) yield* described(member, `${place}/${name}`);
}

const places = [...described({ paths: contract.paths, components: contract.components }, "#")];
const decisions = places.filter(([, { description }]) => /\bDecisions?\b/.test(String(description)));

describe("what the contract says is a Decision", () => {
  test("is marked as one", () => {
    assert.ok(decisions.length >= 25, `${decisions.length}`);
    const unmarked = decisions.filter(([, object]) => object["x-evidence"] !== "decision").map(([place]) => place);
    assert.deepEqual(unmarked, []);
  });
  test("and nothing else is", () => {
    const marked = places.filter(([, object]) => "x-evidence" in object);
    assert.deepEqual(
      marked.map(([place]) => place),
      decisions.map(([place]) => place),
    );
  });
});
