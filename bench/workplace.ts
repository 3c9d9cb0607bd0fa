/** The folder of a run, with the files that all contenders share. The folder is deleted when the run ends. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { storedIdentity } from "../server/auth/development.ts";
import { stopAll } from "./processes.ts";
import { recordAnswers } from "./recording.ts";

export interface Workplace {
  readonly folder: string;
  /** The folder with the signing key that all contenders use. */
  readonly dataDir: string;
  readonly token: string;
  /** The path of the file with the recorded answers. */
  readonly answers: string;
}

const folder = fileURLToPath(new URL(`.output/${process.pid}`, import.meta.url));

export async function openWorkplace(): Promise<Workplace> {
  mkdirSync(folder, { recursive: true });
  const dataDir = join(folder, "key");
  const answers = join(folder, "answers.json");
  const identity = await storedIdentity(dataDir);
  await recordAnswers(answers, join(folder, "recorded.sqlite"), { profiles: 2, each: 1_000 }, identity);
  return { folder, dataDir, answers, token: await identity.issueToken({ lifetime: 86_400 }) };
}

/** Stops every process of the run and deletes its files. */
export async function clearWorkplace(): Promise<void> {
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
}
