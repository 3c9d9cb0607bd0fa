/** The command seed reads exactly what the command export has written. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import fc from "fast-check";
import { formatTenant, readTenantFile, writeTenantFile } from "../../server/seeding/tenantFile.ts";
import { temporaryFolder } from "../support/setting.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));

describe("tenant files", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 40 });
  const entries = fc.array(
    fc.record({
      displayName: text,
      description: text,
      platform: fc.constantFrom("iOS", "windowsMobileApplicationManagement"),
      defaultEnrollmentType: fc.constant("device" as const),
      assignments: fc.tuple(
        fc.record({
          target: fc.record({
            "@odata.type": fc.constant("#microsoft.graph.groupAssignmentTarget" as const),
            groupId: text,
          }),
        }),
      ),
    }),
  );
  for (const format of ["yaml", "json"] as const) {
    test(`a tenant file in ${format} with any texts is read unchanged, and written again with the same bytes`, async () => {
      const file = join(folder, `tenant.${format}`);
      await fc.assert(
        fc.asyncProperty(entries, async (written) => {
          const text = formatTenant(written, format);
          await writeTenantFile(file, text);
          const read = await readTenantFile(file);
          assert.equal(JSON.stringify(read), JSON.stringify(written));
          assert.equal(formatTenant(read, format), text);
        }),
      );
    });
  }
});
