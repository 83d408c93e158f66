// The lint rules: strict TypeScript, and imports that point one way (app → outbox → store, fhir, form, master → domain).
import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

/** A rule for the files of one room: what it may not import, and why. */
const room = (files, forbidden) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: forbidden }] },
});
const noFolders = (names, message) => ({ regex: `(^|/)(${names.join('|')})/`, message });
const noReact = {
  regex: '^(react|react-dom|react-aria-components|react-i18next)(/|$)',
  message: 'React lives in renderer/app only.',
};
const noDexie = { regex: '^dexie', message: 'The database lives in renderer/store.' };
const noNode = {
  regex: '^(node:|electron$)',
  message: 'The page knows neither Node nor Electron: it talks to electron/contract.',
};
const contractOnly = noFolders(
  ['electron/(shell|loopback|services|rehearsal)', 'shell', 'loopback', 'services', 'rehearsal'],
  'Of electron/, the page may import the contract only.',
);
const noRenderer = noFolders(
  ['renderer'],
  'The host holds no certificate: it shares only electron/contract with the page.',
);
const noElectron = { regex: '^electron$', message: 'Only electron/shell, main and preload know Electron.' };

const page = [noNode, contractOnly];

export default tseslint.config(
  { ignores: ['dist/**', 'release/**', 'node_modules/**', 'build/**/*.mjs', 'test-results/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: new URL('..', import.meta.url).pathname },
    },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
    },
  },
  { files: ['renderer/**/*.tsx'], ...reactHooks.configs.flat['recommended-latest'] },
  room(
    ['renderer/texts/**'],
    [
      ...page,
      noReact,
      noDexie,
      noFolders(['app', 'outbox', 'store', 'fhir', 'form', 'master', 'domain'], 'texts is the lowest room.'),
    ],
  ),
  room(
    ['renderer/domain/**'],
    [
      ...page,
      noReact,
      noDexie,
      noFolders(
        ['app', 'outbox', 'store', 'fhir', 'form', 'master', 'contract'],
        'domain imports no other room but texts.',
      ),
    ],
  ),
  room(
    ['renderer/fhir/**', 'renderer/form/**', 'renderer/master/**'],
    [...page, noReact, noDexie, noFolders(['app', 'outbox', 'store'], 'fhir, form and master import domain only.')],
  ),
  room(
    ['renderer/store/**'],
    [...page, noReact, noFolders(['app', 'outbox'], 'store imports fhir, form, master, domain and the contract only.')],
  ),
  room(['renderer/outbox/**'], [...page, noReact, noDexie, noFolders(['app'], 'outbox does not know the screens.')]),
  room(['renderer/app/**'], page),
  room(
    ['electron/contract/**'],
    [noRenderer, noNode, noFolders(['services', 'shell', 'loopback', 'rehearsal'], 'The contract knows neither side.')],
  ),
  room(
    ['electron/services/**'],
    [
      noRenderer,
      noElectron,
      noFolders(['rehearsal', 'shell', 'loopback'], 'Services never import the rehearsal world or a host.'),
    ],
  ),
  room(
    ['electron/rehearsal/**'],
    [noRenderer, noElectron, noFolders(['services', 'shell', 'loopback'], 'The rehearsal world stands by itself.')],
  ),
  room(['electron/loopback/**'], [noRenderer, noElectron]),
  room(['electron/shell/**', 'electron/*.ts'], [noRenderer]),
);
