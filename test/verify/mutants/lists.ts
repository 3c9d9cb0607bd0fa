/** Mutants of lists and counts. */
import {
  type Answered,
  type Asked,
  answers,
  asks,
  between,
  type Cell,
  type Mutant,
  misshapes,
  reads,
} from "../mutant.ts";

/** Whether the answer is a page of a list's, and which. */
function isPage({ operation, url }: Asked, { status }: Answered, which: "first" | "next", of: string): boolean {
  return operation === of && status === 200 && url.searchParams.has("$skiptoken") === (which === "next");
}

/** A list whose next page begins with the last entity of the page before, in the place of its own. */
function repeats(cell: Cell, operation: string): Mutant {
  return between(cell, "the next page shows the last one's end again", () => {
    let last: unknown;
    return async (asked, next) => {
      const answer = await next(asked);
      if (isPage(asked, answer, "first", operation)) last = answer.body.value.at(-1);
      if (isPage(asked, answer, "next", operation)) answer.body.value.splice(0, 1, last);
      return answer;
    };
  });
}

/** A list whose links have lost an option. */
function forgets(cell: Cell, option: string): Mutant {
  return between(cell, `the next page's link has lost ${option}`, () => {
    const full = new Map<string, URL>();
    return async (asked, next) => {
      const { searchParams } = asked.url;
      const token = searchParams.get("$skiptoken");
      const isCut = token !== null && full.has(token);
      // The service itself would refuse such a link: it is followed whole, and answered as if the option weren't there.
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
  asks("listProfiles 200", "$filter is ignored", ({ url }) => url.searchParams.delete("$filter")),
  asks("listProfiles 200", "$orderby is ignored", ({ url }) => url.searchParams.delete("$orderby")),
  asks("listProfiles 200", "$orderby goes up where it should go down", ({ url: { searchParams } }) => {
    const order = searchParams.get("$orderby");
    if (order !== null) searchParams.set("$orderby", order.replace(" desc", ""));
  }),
  asks("listProfiles 200", "$skip is ignored", ({ url }) => url.searchParams.delete("$skip")),
  asks("listProfiles 200", "$select is ignored", ({ url }) => url.searchParams.delete("$select")),
  asks("listProfiles 200", "$expand is ignored", ({ url }) => url.searchParams.delete("$expand")),
  asks("listProfiles 200", "$top is ignored", ({ url }) => url.searchParams.delete("$top")),
  asks("listProfiles 200", "odata.maxpagesize is ignored", ({ headers }) => {
    delete headers["prefer"];
  }),
  asks("listProfiles 200", "property names are compared with case", ({ url: { searchParams } }) => {
    const filter = searchParams.get("$filter");
    if (filter?.includes("DisplayName")) searchParams.set("$filter", "id eq 'none'");
  }),
  answers("listProfiles 200", "Preference-Applied is missing", ({ headers }) => {
    delete headers["preference-applied"];
  }),
  reads("listProfiles 200", "the order is not the priority's", ({ profiles }) => ({
    profiles: async (tenant, list) => [...(await profiles(tenant, list))].reverse(),
  })),
  reads("listProfiles 200", "@odata.count counts what the filter doesn't let pass", ({ countProfiles }) => ({
    countProfiles: (tenant) => countProfiles(tenant),
  })),
  repeats("listProfiles 200", "listProfiles"),
  forgets("listProfiles 200", "$filter"),
  forgets("listProfiles 200", "$select"),
  forgets("listProfiles 200", "$orderby"),
  answers("listProfiles 200", "the next page's link has no host", ({ body }) => {
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
    asks("listProfiles 200", `'${one.trim()}' is read as '${other.trim()}'`, ({ url: { searchParams } }) => {
      const filter = searchParams.get("$filter");
      if (filter?.includes(one)) searchParams.set("$filter", filter.replace(one, other));
    }),
  ),
  between("listProfiles 200", "pages leave out one between them", () => async (asked, next) => {
    const answer = await next(asked);
    if (isPage(asked, answer, "next", "listProfiles")) answer.body.value.shift();
    return answer;
  }),
  answers("listProfiles 200", "the last page has a link, too", ({ body }, { url }) => {
    body["@odata.nextLink"] ??= url.href;
  }),
  misshapes("listProfiles 200", "entities have no entity tag", ({ body }) => {
    for (const one of body.value) delete one["@odata.etag"];
  }),
  misshapes("listProfiles 200", "the list is bare", (answer) => {
    answer.body = answer.body.value;
  }),
  asks("listProfiles 400", "an option that it doesn't have is ignored", ({ url }) =>
    url.searchParams.delete("$search"),
  ),
  reads("listProfiles 200", "another tenant's profiles are in the list", ({ profiles }) => {
    const tenants = new Set<string>();
    return {
      profiles: async (tenant, list) => {
        tenants.add(tenant);
        return (await Promise.all([...tenants].map((one) => profiles(one, list)))).flat();
      },
    };
  }),
  reads("countProfiles 200", "it is one too many", ({ countProfiles }) => ({
    countProfiles: async (...asked) => (await countProfiles(...asked)) + 1,
  })),
  asks("countProfiles 200", "$filter is ignored", ({ url }) => url.searchParams.delete("$filter")),
  misshapes("countProfiles 200", "it is JSON", ({ headers }) => {
    headers["content-type"] = "application/json";
  }),
  asks("listAssignments 200", "it comes in pages though nobody asked", ({ url: { searchParams } }) => {
    if (searchParams.size === 0) searchParams.set("$top", "1");
  }),
  asks("listAssignments 200", "$filter is ignored", ({ url }) => url.searchParams.delete("$filter")),
  asks("listAssignments 200", "$select is ignored", ({ url }) => url.searchParams.delete("$select")),
  asks("listAssignments 200", "$skip is ignored", ({ url }) => url.searchParams.delete("$skip")),
  asks("listAssignments 200", "$orderby is ignored", ({ url }) => url.searchParams.delete("$orderby")),
  repeats("listAssignments 200", "listAssignments"),
  reads("listAssignments 200", "the newest comes first", ({ assignments }) => ({
    assignments: async (...asked) => (await assignments(...asked))?.toReversed(),
  })),
  reads("listAssignments 404", "a profile that isn't there has an empty list", ({ assignments }) => ({
    assignments: async (...asked) => (await assignments(...asked)) ?? [],
  })),
  misshapes("listAssignments 200", "a target has null where its type has nothing", ({ body }) => {
    for (const { target } of body.value) if (target) target.collectionId ??= null;
  }),
  asks("countAssignments 200", "$filter is ignored", ({ url }) => url.searchParams.delete("$filter")),
  reads("countAssignments 404", "a profile that isn't there has none", ({ countAssignments }) => ({
    countAssignments: async (...asked) => (await countAssignments(...asked)) ?? 0,
  })),
  misshapes("countAssignments 200", "it is an object", (answer) => {
    answer.body = { count: answer.body };
  }),
];
