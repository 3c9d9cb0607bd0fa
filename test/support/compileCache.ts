import { fileURLToPath } from "node:url";

/** The value of NODE_COMPILE_CACHE for child processes. The default folder would be outside the project. */
export const compileCache = fileURLToPath(new URL("../../node_modules/.cache/node", import.meta.url));
