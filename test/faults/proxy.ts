/** A TCP proxy that can close the connections to client and server at a chosen moment, like a failing network. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** Decides whether the proxy passes received bytes on or closes both connections. */
export type Filter = (bytes: Buffer) => "pass" | "cut";

export interface TcpProxy {
  readonly port: number;
  /** Sets the filters for bytes from clients and for bytes from the server. */
  arm(filters: { readonly fromClient?: Filter; readonly fromServer?: Filter }): void;
  /** Removes the filters. */
  disarm(): void;
  close(): Promise<void>;
}

/** @param to the port of the server on 127.0.0.1. */
export async function startProxy(to: number): Promise<TcpProxy> {
  const pass: Filter = () => "pass";
  let [fromClient, fromServer] = [pass, pass];
  const open = new Set<Socket>();
  const listener = createServer((client) => {
    const server = connect(to, "127.0.0.1");
    const cut = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      open.add(socket);
      // If the connection to one side ends, the connection to the other side is also closed.
      socket.on("error", cut).on("close", () => open.delete(socket));
    }
    client.on("data", (bytes) => (fromClient(bytes) === "pass" ? server.write(bytes) : cut()));
    server.on("data", (bytes) => (fromServer(bytes) === "pass" ? client.write(bytes) : cut()));
    client.on("end", () => server.end());
    server.on("end", () => client.end());
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = Object(listener.address());
  return {
    port,
    arm: (filters) => {
      fromClient = filters.fromClient ?? pass;
      fromServer = filters.fromServer ?? pass;
    },
    disarm: () => {
      [fromClient, fromServer] = [pass, pass];
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
}
