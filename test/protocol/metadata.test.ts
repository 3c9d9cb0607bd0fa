/** `$metadata` and openapi.yaml describe the same types, which are compared by name. OASIS's converter parses `$metadata`. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { Ajv } from "ajv";
import contract from "../../generated/openapi.json" with { type: "json" };
import { enterWorld } from "../support/tenant.ts";

type Element = Readonly<Record<string, unknown>>;

const require = createRequire(import.meta.url);
const csdl: { xml2json(xml: string): Element } = require("odata-csdl");
const csdlSchema: Element = require("odata-csdl/schemas/csdl.schema.json");
const world = await enterWorld();
const document = csdl.xml2json(await (await fetch(`${world.direct}/$metadata`)).text());
const namespace: Readonly<Record<string, Element>> = Object(document["microsoft.graph"]);
const schemas: Readonly<Record<string, Element>> = contract.components.schemas;

function ofKind(kind: string): string[] {
  return Object.keys(namespace).filter((name) => namespace[name]?.["$Kind"] === kind);
}

function elementOf(name: unknown): Element {
  const found = namespace[String(name).replace(/^(graph|microsoft\.graph)\./, "")];
  assert.ok(found, `${name} is not a type of the metadata`);
  return found;
}

/** The properties of a type and of its base types, without navigation properties. */
function propertiesOf(type: Element): Record<string, Element> {
  const base = type["$BaseType"] === undefined ? {} : propertiesOf(elementOf(type["$BaseType"]));
  const own = Object.entries(type).filter(([name, member]) => !/[$@]/.test(name) && !isNavigation(member));
  return { ...base, ...Object.fromEntries(own.map(([name, member]) => [name, Object(member)])) };
}

function isNavigation(member: unknown): boolean {
  return Object(member).$Kind === "NavigationProperty";
}

function resolved(schema: Element): Element {
  const reference = schema["$ref"];
  return reference === undefined ? schema : { ...schema, ...schemas[nameIn(reference)] };
}

function nameIn(reference: unknown): string {
  return String(reference).replace("#/components/schemas/", "");
}

/** The expected EDM type for a property of the contract, and whether the property is a collection. */
function typeOf(property: Element): { type: string; collection: boolean } {
  if ([property["type"]].flat().includes("array")) return { ...typeOf(Object(property["items"])), collection: true };
  const reference = [property, ...[property["oneOf"] ?? []].flat()]
    .map((schema) => Object(schema)["$ref"])
    .find((found) => found !== undefined);
  const name = reference === undefined ? "" : nameIn(reference);
  const special: Readonly<Record<string, string>> = {
    dateTime: "Edm.DateTimeOffset",
    priority: "Edm.Int32",
    assignmentTarget: "graph.deviceAndAppManagementAssignmentTarget",
  };
  const type = special[name] ?? (name in namespace ? `graph.${name}` : "Edm.String");
  return { type, collection: false };
}

describe("$metadata", () => {
  const enumerations = Object.keys(schemas).filter(
    (name) => schemas[name]?.["type"] === "string" && "enum" in Object(schemas[name]),
  );
  test("$metadata is valid CSDL according to the OASIS schema", () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    assert.ok(ajv.validate(csdlSchema, document), ajv.errorsText());
  });
  test("$metadata has the same enumerations as the contract", () => {
    const own = ["ErrorCode", "assignmentTypeName", "batchMethod", "profileTypeName"];
    assert.deepEqual(ofKind("EnumType").sort(), enumerations.filter((name) => !own.includes(name)).sort());
  });
  for (const name of ofKind("EnumType")) {
    test(`numbers the members of the enumeration ${name} in the same order as the contract`, () => {
      const members = Object.entries(elementOf(name)).filter(([member]) => !member.startsWith("$"));
      const declared: readonly string[] = Object(schemas[name]).enum;
      assert.deepEqual(
        members,
        declared.map((member, index) => [member, index]),
      );
    });
  }

  // OData needs two more types that no answer contains: the entities' base type, and the profiles' container.
  const typeNames = [...ofKind("EntityType"), ...ofKind("ComplexType")].filter(
    (name) => !["entity", "deviceManagement"].includes(name),
  );
  for (const name of typeNames) {
    test(`$metadata has the same properties of ${name}, with the same types, as the contract`, () => {
      const described = Object.entries(propertiesOf(elementOf(name))).map(([property, { $Type, $Collection }]) => [
        property,
        { type: $Type ?? "Edm.String", collection: $Collection ?? false },
      ]);
      const declared = Object.entries<Element>(Object(resolved(schemas[name] ?? {})["properties"]))
        .filter(([property]) => !property.includes("@"))
        .map(([property, schema]) => [property, typeOf(schema)]);
      assert.deepEqual(Object.fromEntries(described), Object.fromEntries(declared));
    });
  }
  for (const name of typeNames) {
    // CSDL lets the items of the collection be null, because it has no Nullable="false". Microsoft's own types
    // (@microsoft/microsoft-graph-types-beta) let the property itself be null instead.
    test(`declares the same properties of ${name} as nullable as the contract's schema of answers`, () => {
      const nullable = Object.entries(propertiesOf(elementOf(name))).filter(
        ([, { $Nullable, $Collection }]) => $Nullable || $Collection,
      );
      const properties: Readonly<Record<string, Element>> = Object(schemas[name]?.["properties"]);
      const declared = Object.entries(properties)
        .map(([property, schema]) => [property, resolved(schema)] as const)
        .filter(([, schema]) =>
          [schema, ...[schema["oneOf"] ?? []].flat()].some((one) => [Object(one).type].flat().includes("null")),
        );
      assert.deepEqual(nullable.map(([property]) => property).sort(), declared.map(([property]) => property).sort());
    });
  }
  test("derives every target type in the contract from the abstract target type", () => {
    const targets = ofKind("ComplexType").filter(
      (name) => "deviceAndAppManagementAssignmentFilterId" in propertiesOf(elementOf(name)),
    );
    const declared = contract.components.schemas.assignmentTarget.oneOf.map(({ $ref }) => nameIn($ref));
    assert.deepEqual(targets.sort(), declared.sort());
    assert.equal(elementOf("deviceAndAppManagementAssignmentTarget")["$Abstract"], true);
    assert.equal(elementOf("exclusionGroupAssignmentTarget")["$BaseType"], "graph.groupAssignmentTarget");
  });
  test("binds the action setPriority to a profile, with the same parameters as the contract", () => {
    const [action] = [namespace["setPriority"] ?? []].flat();
    const [bound, ...parameters]: { $Name: string; $Type: string }[] = Object(action)["$Parameter"];
    assert.equal(Object(action)["$IsBound"], true);
    assert.equal(bound?.$Type, "graph.appleUserInitiatedEnrollmentProfile");
    const declared = Object.entries<Element>(contract.components.schemas.setPriorityParameters.properties);
    assert.deepEqual(
      parameters.map(({ $Name, $Type }) => [$Name, $Type]),
      declared.map(([name, schema]) => [name, typeOf(schema).type]),
    );
  });
  for (const path of Object.keys(contract.paths).filter((path) => !/^\/\$/.test(path))) {
    test(`$metadata has a navigation property for each collection in the path ${path}`, () => {
      const [root = "", ...segments] = path.split("/").slice(1);
      let type = elementOf(Object(elementOf(document["$EntityContainer"])[root])["$Type"]);
      for (const segment of segments.filter((name) => name !== "$count" && !name.startsWith("{"))) {
        if (segment === "setPriority") continue;
        assert.ok(isNavigation(type[segment]), `${segment} is not a navigation property`);
        type = elementOf(Object(type[segment])["$Type"]);
      }
    });
  }
});
