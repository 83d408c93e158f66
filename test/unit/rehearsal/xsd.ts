import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { validateXML, type XMLFileInfo } from 'xmllint-wasm';

const telematik = new URL('../../../../shared/spec/telematik/', import.meta.url);

/** Whether gematik's schemas are at hand. */
export const hasSchemas = existsSync(telematik);

/** The schemas by file name; their references to one another rewritten, as they all come to lie in one folder. */
function readSchemas(): XMLFileInfo[] {
  return ['conn/', 'ext/', 'tel/error/', 'tel/version/'].flatMap((folder) =>
    readdirSync(new URL(folder, telematik))
      .filter((name) => name.endsWith('.xsd'))
      .map((name) => ({
        fileName: name,
        contents: readFileSync(new URL(folder + name, telematik), 'utf8')
          .replace(/^\uFEFF/, '')
          .replace(/schemaLocation="[^"]*\/([^"/]+\.xsd)"/g, 'schemaLocation="$1"')
          // Some refer to EventService with the card service of 8.1.0; what we build against is 8.1.3, in the same namespace.
          .replace(/schemaLocation="CardService\.xsd"/g, 'schemaLocation="CardService_v8_1_3.xsd"'),
      })),
  );
}

/** Validates a document against one of gematik's schemas; gives back what is wrong with it. */
export async function findSchemaErrors(xml: string, schema: string): Promise<readonly string[]> {
  const files = readSchemas();
  const main = files.find((file) => file.fileName === schema);
  if (main === undefined) throw new Error(`There is no schema ${schema}.`);
  const result = await validateXML({
    xml: [{ fileName: 'document.xml', contents: xml }],
    schema: [main],
    preload: files.filter((file) => file !== main),
  });
  return result.valid ? [] : result.errors.map((error) => error.message);
}

/** The content of a SOAP body, as a document of its own. */
export function bodyOf(source: string): string {
  return source.replace(/^[\s\S]*<SOAP-ENV:Body>/, '').replace(/<\/SOAP-ENV:Body>[\s\S]*$/, '');
}
