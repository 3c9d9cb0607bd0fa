/** Limits the size of a request without its body. Fastify limits the body while it arrives. */
import { sizes } from "../shared/limits.ts";
import { RequestError } from "./errors.ts";
import type { Step } from "./steps.ts";

/** @throws RequestError 414 if the URL is too long, 400 if there are too many query parameters, 431 for too many headers. */
export const checkSizes: Step = ({ originalUrl, raw }) => {
  const { length } = originalUrl;
  if (length > sizes.url) {
    throw new RequestError(414, `The URL has ${length} characters; it may have at most ${sizes.url}.`);
  }
  if (originalUrl.includes("&") && originalUrl.split("&", sizes.queryParameters + 1).length > sizes.queryParameters) {
    throw new RequestError(400, `The query has more than ${sizes.queryParameters} parameters.`);
  }
  // rawHeaders contains names and values alternately, so it has two elements for each header.
  const fields = raw.rawHeaders.length / 2;
  if (fields > sizes.headerFields) {
    throw new RequestError(431, `The request has ${fields} header fields; it may have at most ${sizes.headerFields}.`);
  }
};
