// The mail server of bench-send.ts, in a thread of its own: takes every message in and forgets it.
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { SMTPServer } from 'smtp-server';

const seen = new Set();
const server = new SMTPServer({
  key: workerData.key,
  cert: workerData.cert,
  secure: true,
  hideDSN: false,
  authMethods: ['PLAIN', 'LOGIN'],
  onAuth: (auth, _session, done) => done(null, { user: auth.username }),
  onData: (stream, _session, done) => {
    const hash = createHash('sha256');
    stream.on('data', (data) => hash.update(data));
    stream.on('end', () => {
      seen.add(hash.digest('base64'));
      done();
    });
  },
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.server.address().port));
parentPort.on('message', () => parentPort.postMessage(seen.size));
