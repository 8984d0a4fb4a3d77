/**
 * Servers of a test listen on 127.0.0.1, which in a pod is the pod. This opens one to pods, on the address that they
 * reach the API server by. Nothing outside the node's network namespace reaches it.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The address of the API server's Service; on the node's side it is a local one. */
const HOST = '10.96.0.1';

export interface OpenedPort {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function openToPods(port: number): Promise<OpenedPort> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const inner = connect(port, '127.0.0.1');
    for (const [one, other] of [[client, inner] as const, [inner, client] as const]) {
      sockets.add(one);
      one.pipe(other);
      one
        .on('error', () => other.destroy())
        .on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
    }
  });
  await new Promise<void>((done) => server.listen(0, HOST, done));
  return {
    host: HOST,
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
