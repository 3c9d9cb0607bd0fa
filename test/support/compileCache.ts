import { fileURLToPath } from "node:url";

/** NODE_COMPILE_CACHE for child processes. Node's default folder would be outside the project. */
export const compileCache = fileURLToPath(new URL("../../node_modules/.cache/node", import.meta.url));
