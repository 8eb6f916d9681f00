import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packCopy, testPack, withFile } from './test-pack.test-support';
import { loadTokenizer } from './tokenizer';

const { maxTokens, endId } = testPack().manifest.text;

/** The test pack's tokenizer with other contents. */
async function changedTokenizer(
  change: (model: { vocab: [string, number][]; byte_fallback?: boolean; unk_id: number }) => void,
) {
  const pack = await packCopy();
  const file = path.join(pack.packDirectory, 'tokenizer.json');
  const definition = JSON.parse(await readFile(file, 'utf8')) as { model: Parameters<typeof change>[0] };
  change(definition.model);
  return loadTokenizer(await withFile(pack, 'tokenizer.json', Buffer.from(JSON.stringify(definition))));
}

describe('the prompt tokenizer', () => {
  test('ends every prompt, the empty one too', async () => {
    const tokenizer = await loadTokenizer(testPack());
    expect(tokenizer.encode('')).toEqual({ ids: [endId], tokens: 1 });
    const { ids, tokens } = tokenizer.encode('a red balloon');
    expect(ids.at(-1)).toBe(endId);
    expect(tokens).toBe(ids.length);
  });

  test('cuts what is too long and keeps the end token', async () => {
    const tokenizer = await loadTokenizer(testPack());
    const { ids, tokens } = tokenizer.encode('red balloon '.repeat(100));
    expect(ids).toHaveLength(maxTokens);
    expect(ids.at(-1)).toBe(endId);
    expect(tokens).toBeGreaterThan(maxTokens);
    expect(ids.slice(0, 4)).toEqual(tokenizer.encode('red balloon red balloon').ids.slice(0, 4));
  });

  test('white space of any kind and length is one space', async () => {
    const tokenizer = await loadTokenizer(testPack());
    expect(tokenizer.encode('  a red\n\t balloon ')).toEqual(tokenizer.encode('a red balloon'));
  });

  test('words it never saw fall into pieces, characters it never saw into the unknown token', async () => {
    const tokenizer = await loadTokenizer(testPack());
    expect(tokenizer.encode('zyxw').ids.length).toBeGreaterThan(2);
    expect(tokenizer.encode('木').ids).toContain(2);
  });

  test('a tokenizer with byte_fallback spells unknown characters in bytes', async () => {
    const byteTokens = [0xe6, 0x9c, 0xa8].map((byte) => `<0x${byte.toString(16).toUpperCase()}>`);
    const tokenizer = await changedTokenizer((model) => {
      model.vocab.push(...byteTokens.map((token): [string, number] => [token, -20]));
      model.byte_fallback = true;
    });
    const { ids } = tokenizer.encode('木');
    expect(ids).not.toContain(2);
    expect(ids.slice(-4, -1)).toEqual([ids.at(-4), (ids.at(-4) ?? 0) + 1, (ids.at(-4) ?? 0) + 2]);
    expect(tokenizer.encode('林').ids).toContain(2);
  });

  test('a file that is no tokenizer is refused', async () => {
    const pack = await withFile(await packCopy(), 'tokenizer.json', Buffer.from('{"model":{"type":"Sorcery"}}'));
    await expect(loadTokenizer(pack)).rejects.toMatchObject({ code: 'pack-invalid' });
    const text = await withFile(await packCopy(), 'tokenizer.json', Buffer.from('hello'));
    await expect(loadTokenizer(text)).rejects.toMatchObject({ code: 'pack-invalid' });
  });
});
