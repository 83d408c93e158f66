import { troubleDialogues } from '../chaos/dialogues';

/** `every-byte-part.ts SEED MILLISECONDS INDEX OF`: one part of `every-byte.ts`; prints the outcome as JSON. */

const [seed = 0, milliseconds = 0, index = 0, of = 1] = process.argv.slice(2).map(Number);
const end = Date.now() + milliseconds;
const outcome = await troubleDialogues({
  cuts: 'every',
  // Below TLS every byte would be the same a hundred times over: what is foreign to a record spoils it, wherever it stands.
  below: 200,
  seed,
  // Many of them only wait: for a server that waits for the rest of a cut message.
  lanes: 8,
  part: { index, of },
  isOver: () => Date.now() >= end,
});
process.stdout.write(JSON.stringify(outcome), () => process.exit(0));
