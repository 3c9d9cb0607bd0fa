/** How large a request may be, except for its body: Fastify refuses a body that is too large while it arrives. */
import { sizes } from "../shared/limits.ts";
import { RequestError } from "./errors.ts";
import type { Step } from "./steps.ts";

/** @throws RequestError 414 for the URL, 400 for the query parameters, 431 for the number of header fields. */
export const checkSizes: Step = ({ originalUrl, raw }) => {
  const { length } = originalUrl;
  if (length > sizes.url) {
    throw new RequestError(414, `The URL has ${length} characters; it may have at most ${sizes.url}.`);
  }
  if (originalUrl.includes("&") && originalUrl.split("&", sizes.queryParameters + 1).length > sizes.queryParameters) {
    throw new RequestError(400, `The query has more than ${sizes.queryParameters} parameters.`);
  }
  // Names and values alternate.
  const fields = raw.rawHeaders.length / 2;
  if (fields > sizes.headerFields) {
    throw new RequestError(431, `The request has ${fields} header fields; it may have at most ${sizes.headerFields}.`);
  }
};
