/** Mutants of the operations that list or count entities. */
import {
  breakSchema,
  type Cell,
  changeAnswer,
  changeReads,
  changeRequest,
  type GatewayAnswer,
  type GatewayRequest,
  type Mutant,
  useGateway,
} from "../mutant.ts";

/** Whether the answer is the first or a next page of a list. */
function isPage(
  { operation, url }: GatewayRequest,
  { status }: GatewayAnswer,
  which: "first" | "next",
  of: string,
): boolean {
  return operation === of && status === 200 && url.searchParams.has("$skiptoken") === (which === "next");
}

/** Replaces the first entity of the next page by the last entity of the previous page. */
function repeatEntity(cell: Cell, operation: string): Mutant {
  return useGateway(cell, "the next page repeats the last entity of the previous page", () => {
    let last: unknown;
    return async (asked, next) => {
      const answer = await next(asked);
      if (isPage(asked, answer, "first", operation)) last = answer.body.value.at(-1);
      if (isPage(asked, answer, "next", operation)) answer.body.value.splice(0, 1, last);
      return answer;
    };
  });
}

/** Removes a query option from a list's next links. */
function dropOption(cell: Cell, option: string): Mutant {
  return useGateway(cell, `the next link has no ${option}`, () => {
    const full = new Map<string, URL>();
    return async (asked, next) => {
      const { searchParams } = asked.url;
      const token = searchParams.get("$skiptoken");
      const isCut = token !== null && full.has(token);
      // The service would refuse such a link, so the request is sent without $skiptoken.
      if (isCut) {
        const plain = new URL(asked.url);
        plain.searchParams.delete("$skiptoken");
        return next({ ...asked, url: plain });
      }
      const answer = await next(asked);
      const link = URL.parse(String(answer.body?.["@odata.nextLink"]));
      if (link?.searchParams.has(option)) {
        full.set(link.searchParams.get("$skiptoken") ?? "", new URL(link));
        link.searchParams.delete(option);
        answer.body["@odata.nextLink"] = link.href;
      }
      return answer;
    };
  });
}

export const ofLists: readonly Mutant[] = [
  changeRequest("listProfiles 200", "$filter is ignored", ({ url }) => url.searchParams.delete("$filter")),
  changeRequest("listProfiles 200", "$orderby is ignored", ({ url }) => url.searchParams.delete("$orderby")),
  changeRequest("listProfiles 200", "desc in $orderby is ignored", ({ url: { searchParams } }) => {
    const order = searchParams.get("$orderby");
    if (order !== null) searchParams.set("$orderby", order.replace(" desc", ""));
  }),
  changeRequest("listProfiles 200", "$skip is ignored", ({ url }) => url.searchParams.delete("$skip")),
  changeRequest("listProfiles 200", "$select is ignored", ({ url }) => url.searchParams.delete("$select")),
  changeRequest("listProfiles 200", "$expand is ignored", ({ url }) => url.searchParams.delete("$expand")),
  changeRequest("listProfiles 200", "$top is ignored", ({ url }) => url.searchParams.delete("$top")),
  changeRequest("listProfiles 200", "odata.maxpagesize is ignored", ({ headers }) => {
    delete headers["prefer"];
  }),
  changeRequest("listProfiles 200", "property names in $filter are case-sensitive", ({ url: { searchParams } }) => {
    const filter = searchParams.get("$filter");
    if (filter?.includes("DisplayName")) searchParams.set("$filter", "id eq 'none'");
  }),
  changeAnswer("listProfiles 200", "Preference-Applied is missing", ({ headers }) => {
    delete headers["preference-applied"];
  }),
  changeReads("listProfiles 200", "the list is not ordered by priority", ({ profiles }) => ({
    profiles: async (tenant, list) => [...(await profiles(tenant, list))].reverse(),
  })),
  changeReads("listProfiles 200", "@odata.count ignores the filter", ({ countProfiles }) => ({
    countProfiles: (tenant) => countProfiles(tenant),
  })),
  repeatEntity("listProfiles 200", "listProfiles"),
  dropOption("listProfiles 200", "$filter"),
  dropOption("listProfiles 200", "$select"),
  dropOption("listProfiles 200", "$orderby"),
  changeAnswer("listProfiles 200", "the next link has no host", ({ body }) => {
    const link = URL.parse(String(body["@odata.nextLink"]));
    if (link) body["@odata.nextLink"] = `${link.pathname}${link.search}`;
  }),
  ...[
    [" ne ", " eq "],
    [" gt ", " ge "],
    [" le ", " lt "],
    [" ge ", " gt "],
    [" lt ", " le "],
    [" or ", " and "],
    [" and ", " or "],
    ["not (", "("],
    ["endswith(", "startswith("],
    ["contains(", "startswith("],
    ["tolower(", "toupper("],
  ].map(([one = "", other = ""]) =>
    changeRequest(
      "listProfiles 200",
      `'${one.trim()}' in $filter is read as '${other.trim()}'`,
      ({ url: { searchParams } }) => {
        const filter = searchParams.get("$filter");
        if (filter?.includes(one)) searchParams.set("$filter", filter.replace(one, other));
      },
    ),
  ),
  useGateway("listProfiles 200", "the next page omits an entity", () => async (asked, next) => {
    const answer = await next(asked);
    if (isPage(asked, answer, "next", "listProfiles")) answer.body.value.shift();
    return answer;
  }),
  changeAnswer("listProfiles 200", "the last page has a next link", ({ body }, { url }) => {
    body["@odata.nextLink"] ??= url.href;
  }),
  breakSchema("listProfiles 200", "entities have no entity tag", ({ body }) => {
    for (const one of body.value) delete one["@odata.etag"];
  }),
  breakSchema("listProfiles 200", "the body is an array instead of an object", (answer) => {
    answer.body = answer.body.value;
  }),
  changeRequest("listProfiles 400", "an unsupported option is ignored", ({ url }) =>
    url.searchParams.delete("$search"),
  ),
  changeReads("listProfiles 200", "the list contains profiles of another tenant", ({ profiles }) => {
    const tenants = new Set<string>();
    return {
      profiles: async (tenant, list) => {
        tenants.add(tenant);
        return (await Promise.all([...tenants].map((one) => profiles(one, list)))).flat();
      },
    };
  }),
  changeReads("countProfiles 200", "the count is one too high", ({ countProfiles }) => ({
    countProfiles: async (...asked) => (await countProfiles(...asked)) + 1,
  })),
  changeRequest("countProfiles 200", "$filter is ignored", ({ url }) => url.searchParams.delete("$filter")),
  breakSchema("countProfiles 200", "the media type is JSON", ({ headers }) => {
    headers["content-type"] = "application/json";
  }),
  changeRequest("listAssignments 200", "the list is split into pages by default", ({ url: { searchParams } }) => {
    if (searchParams.size === 0) searchParams.set("$top", "1");
  }),
  changeRequest("listAssignments 200", "$filter is ignored", ({ url }) => url.searchParams.delete("$filter")),
  changeRequest("listAssignments 200", "$select is ignored", ({ url }) => url.searchParams.delete("$select")),
  changeRequest("listAssignments 200", "$skip is ignored", ({ url }) => url.searchParams.delete("$skip")),
  changeRequest("listAssignments 200", "$orderby is ignored", ({ url }) => url.searchParams.delete("$orderby")),
  repeatEntity("listAssignments 200", "listAssignments"),
  changeReads("listAssignments 200", "the newest assignment comes first", ({ assignments }) => ({
    assignments: async (...asked) => (await assignments(...asked))?.toReversed(),
  })),
  changeReads("listAssignments 404", "the list of an unknown profile is empty", ({ assignments }) => ({
    assignments: async (...asked) => (await assignments(...asked)) ?? [],
  })),
  breakSchema("listAssignments 200", "a target has null for a property of another type", ({ body }) => {
    for (const { target } of body.value) if (target) target.collectionId ??= null;
  }),
  changeRequest("countAssignments 200", "$filter is ignored", ({ url }) => url.searchParams.delete("$filter")),
  changeReads("countAssignments 404", "the count for an unknown profile is 0", ({ countAssignments }) => ({
    countAssignments: async (...asked) => (await countAssignments(...asked)) ?? 0,
  })),
  breakSchema("countAssignments 200", "the body is an object", (answer) => {
    answer.body = { count: answer.body };
  }),
];
