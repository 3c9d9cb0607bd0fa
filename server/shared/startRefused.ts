/**
 * A command cannot start because of a setting, a key or a store. The message tells the user the reason and how to solve
 * the problem.
 */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
}
