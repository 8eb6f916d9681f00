/** Names for a project's folder, made from its title, that every file system takes. */
import { projectSuffix } from './layout';

/** Windows reserves these whatever follows the first dot. */
const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
const longestBytes = 120;

/** `number` tells projects of one title apart, from 2 on. */
export function folderName(title: string, number = 1): string {
  const plain = title
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}<>:"\/\\\|?*]/gv, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const safe = plain === '' ? 'Untitled' : reserved.test(plain) ? `${plain}_` : plain;
  return `${shortened(safe)}${number > 1 ? ` ${number}` : ''}${projectSuffix}`;
}

function shortened(name: string): string {
  let short = '';
  for (const character of name) {
    if (Buffer.byteLength(short + character) > longestBytes) break;
    short += character;
  }
  return short.trimEnd();
}
