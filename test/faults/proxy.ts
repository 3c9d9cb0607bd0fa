/** A TCP proxy that can cut both of its connections at a chosen moment: what a network does, when it should. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** What is done with bytes that arrive: they are passed on, or both connections end. */
export type Judge = (bytes: Buffer) => "pass" | "cut";

export interface TcpProxy {
  readonly port: number;
  /** Judges the bytes of the clients, and those of the server, from now on. */
  arm(judges: { readonly ofClient?: Judge; readonly ofServer?: Judge }): void;
  /** Lets everything pass again. */
  disarm(): void;
  close(): Promise<void>;
}

/** @param to the port of 127.0.0.1 that it leads to. */
export async function startProxy(to: number): Promise<TcpProxy> {
  const pass: Judge = () => "pass";
  let [ofClient, ofServer] = [pass, pass];
  const open = new Set<Socket>();
  const listener = createServer((client) => {
    const server = connect(to, "127.0.0.1");
    const cut = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      open.add(socket);
      // Either end may go at any time; the other then goes too.
      socket.on("error", cut).on("close", () => open.delete(socket));
    }
    client.on("data", (bytes) => (ofClient(bytes) === "pass" ? server.write(bytes) : cut()));
    server.on("data", (bytes) => (ofServer(bytes) === "pass" ? client.write(bytes) : cut()));
    client.on("end", () => server.end());
    server.on("end", () => client.end());
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = Object(listener.address());
  return {
    port,
    arm: (judges) => {
      ofClient = judges.ofClient ?? pass;
      ofServer = judges.ofServer ?? pass;
    },
    disarm: () => {
      [ofClient, ofServer] = [pass, pass];
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
}
