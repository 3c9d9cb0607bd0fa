/** The URL of a database. */
import { StartRefused } from "../../../shared/startRefused.ts";

const plain = ["disable"];
const unverified = ["no-verify"];
/**
 * The driver verifies the certificate and the host name in all these modes, and prints a warning about all but the last. So
 * `allow` and `prefer` never fall back to a connection without encryption.
 */
const verified = ["allow", "prefer", "require", "verify-ca", "verify-full"];

/** Returns the URL for the driver. @throws StartRefused if the driver does not support an option of the URL. */
export function driverUrl(url: string): string {
  const parsed = new URL(url);
  const mode = parsed.searchParams.get("sslmode");
  if (mode === null) return url;
  const known = [...plain, ...unverified, ...verified];
  if (!known.includes(mode)) {
    throw new StartRefused(
      `DATABASE_URL has the sslmode '${mode.slice(0, 20)}'. It must be one of ${known.join(", ")}; verify-full is the safest.`,
    );
  }
  if (verified.includes(mode)) parsed.searchParams.set("sslmode", "verify-full");
  return parsed.href;
}

/** Returns the host, port and database of a URL, which may be logged, unlike the password. */
export function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
