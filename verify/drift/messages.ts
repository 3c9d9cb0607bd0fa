/** Compares the requests and the responses of an operation. */
import {
  breaksInRequest,
  breaksInResponse,
  compareContent,
  compareRequired,
  type OperationChange,
  pairMembers,
  toChanges,
  type Versions,
} from "./changes.ts";
import { type JsonObject, resolveObject, toArray, toObject } from "./documents.ts";
import { compareSchemas } from "./schemas.ts";

/** The parameters by place and name. Path parameters are numbered, because their names are not part of a request. */
function listParameters(document: unknown, operation: JsonObject): JsonObject {
  let place = 0;
  return Object.fromEntries(
    toArray(operation["parameters"])
      .map((parameter) => resolveObject(document, parameter))
      .map((parameter) => {
        const isPathParameter = parameter["in"] === "path";
        return [`${parameter["in"]} parameter ${isPathParameter ? ++place : parameter["name"]}`, parameter];
      }),
  );
}

export function compareParameters(
  documents: Versions,
  [old, now]: readonly [JsonObject, JsonObject],
): readonly OperationChange[] {
  return pairMembers(listParameters(documents[0], old), listParameters(documents[1], now)).flatMap(
    ([where, before, after]): readonly OperationChange[] => {
      if (after === undefined) return [{ where, change: "is removed", breaks: "clients" }];
      const isRequired = toObject(after)["required"] === true;
      if (before === undefined) {
        return [
          { where, change: isRequired ? "is new and required" : "is new", breaks: isRequired ? "both" : "servers" },
        ];
      }
      const schemas = [toObject(before)["schema"], toObject(after)["schema"]] as const;
      return [
        ...compareRequired(where, [before, after], breaksInRequest),
        ...toChanges(compareSchemas(documents, schemas), where, breaksInRequest),
      ];
    },
  );
}

export function compareBody(
  documents: Versions,
  [old, now]: readonly [JsonObject, JsonObject],
): readonly OperationChange[] {
  const where = "request body";
  const [before, after] = [old["requestBody"], now["requestBody"]];
  if (before === undefined && after === undefined) return [];
  const bodies = [resolveObject(documents[0], before), resolveObject(documents[1], after)] as const;
  return [
    ...compareRequired(where, bodies, breaksInRequest),
    ...compareContent(documents, bodies, where, breaksInRequest),
  ];
}

export function compareResponses(
  documents: Versions,
  [old, now]: readonly [JsonObject, JsonObject],
): readonly OperationChange[] {
  return pairMembers(toObject(old["responses"]), toObject(now["responses"])).flatMap(
    ([status, before, after]): readonly OperationChange[] => {
      const where = `response ${status}`;
      if (after === undefined) return [{ where, change: "is removed", breaks: "servers" }];
      if (before === undefined) return [{ where, change: "is new", breaks: "clients" }];
      const responses = [resolveObject(documents[0], before), resolveObject(documents[1], after)] as const;
      return [
        ...compareHeaders(documents, responses, where),
        ...compareContent(documents, responses, where, breaksInResponse),
      ];
    },
  );
}

function compareHeaders(
  documents: Versions,
  [before, after]: readonly [JsonObject, JsonObject],
  response: string,
): readonly OperationChange[] {
  return pairMembers(toObject(before["headers"]), toObject(after["headers"])).flatMap(
    ([name, old, now]): readonly OperationChange[] => {
      const where = `${response} header ${name}`;
      if (now === undefined) return [{ where, change: "is removed", breaks: "clients" }];
      const header = resolveObject(documents[1], now);
      if (old === undefined) {
        return [{ where, change: "is new", breaks: header["required"] === true ? "servers" : "nothing" }];
      }
      const headers = [resolveObject(documents[0], old), header] as const;
      const schemas = [headers[0]["schema"], headers[1]["schema"]] as const;
      return [
        ...compareRequired(where, headers, breaksInResponse),
        ...toChanges(compareSchemas(documents, schemas), where, breaksInResponse),
      ];
    },
  );
}
