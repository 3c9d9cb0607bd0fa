/** A thread that sends one GET after the other, and measures how long each answer takes. It stops when it gets a message. */
import { parentPort, workerData } from "node:worker_threads";
import { sendRequest } from "../http.ts";

export interface Probe {
  readonly port: number;
  readonly path: string;
  readonly token: string;
}

/** The milliseconds of each answer. */
export type Delays = readonly number[];

const { port, path, token }: Probe = workerData;
const delays: number[] = [];
let isStopped = false;
parentPort?.once("message", () => {
  isStopped = true;
});
while (!isStopped) {
  const start = performance.now();
  const { status } = await sendRequest({ port, method: "GET", path, token });
  if (status !== 200) throw new Error(`GET ${path} was answered with ${status}.`);
  delays.push(performance.now() - start);
  await new Promise((resolve) => setTimeout(resolve, 1));
}
parentPort?.postMessage(delays);
