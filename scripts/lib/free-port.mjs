import { createServer } from 'node:net';

/** A loopback port that nobody listens on right now. */
export function freePort() {
  /** @type {Promise<number>} */
  const port = new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('the system gave no port'));
      });
    });
  });
  return port;
}
