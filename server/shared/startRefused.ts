/** A command cannot do its work, because of a setting, a key or a store. The message tells its user why, and what to do. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
}
