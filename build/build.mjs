// Builds dist/ and says how much JavaScript the page loads first. Needs the packages.
import { buildAll, firstJavaScriptKb } from './bundle.mjs';

await buildAll();
console.log(`built; first JavaScript ${firstJavaScriptKb()} kB gzipped`);
