import { fileURLToPath } from "node:url";

/** Where tools that keep compiled code keep it, as NODE_COMPILE_CACHE; left alone, they choose a place outside the project. */
export const compileCache = fileURLToPath(new URL("../../node_modules/.cache/node", import.meta.url));
