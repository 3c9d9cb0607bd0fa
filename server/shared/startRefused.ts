/** Why a command can't do its work: a setting, a key or a store that can't be used. The message is one sentence for a person. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
}
