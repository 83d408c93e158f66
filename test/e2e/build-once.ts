import { buildAll } from '../../build/bundle.mjs';

/** Builds dist/ before the end-to-end tests; `npm test` has done so already and says so. */
export default async function buildOnce(): Promise<void> {
  if (process.env['ERSATZSCHEIN_BUILT'] !== '1') await buildAll();
}
