import { followChain, type ChainCourse } from './chain-following';
import { Database, openAsItIs } from './database';

/** Follows the chain beside the page, over a connection of its own that can't write. */
self.addEventListener('message', (event: MessageEvent<{ readonly name: string; readonly course: ChainCourse }>) => {
  const { name, course } = event.data;
  const follow = async () => {
    const database = new Database(name, 'read-only');
    await openAsItIs(database);
    return followChain(database, course);
  };
  follow().then(
    (followed) => self.postMessage({ kind: 'ended', followed }),
    (error: unknown) => self.postMessage({ kind: 'failed', text: String(error) }),
  );
});
