import { expect, it } from 'vitest';
import { flag, list, value } from './option';
import { parseOptions } from './parse-options';
import { byteSize, decimal, oneOf, text, wholeNumber } from './value-parsers';

const table = {
  out: value('<file>', '', text, { short: 'o' }),
  seed: value('<n>', '', wholeNumber(0, Number.MAX_SAFE_INTEGER)),
  memory: value('<size>', '', byteSize),
  provider: value('<name>', '', oneOf('cpu', 'webgpu')),
  guidance: value('<w>', '', decimal(-1, 50)),
  stage: list('<id>.<name>=<value>', '', text),
  json: flag(''),
};
const parse = (...args: string[]) => parseOptions(table, args);

it('reads values, flags, lists and positionals in any order', () => {
  const { values, positionals } = parse(
    'a prompt',
    '-o',
    'x.mp4',
    '--seed=7',
    '--json',
    '--stage',
    'a.b=1',
    '--stage=c.d=2',
  );
  expect(values).toEqual({
    out: 'x.mp4',
    seed: 7,
    memory: undefined,
    provider: undefined,
    guidance: undefined,
    stage: ['a.b=1', 'c.d=2'],
    json: true,
  });
  expect(positionals).toEqual(['a prompt']);
});

it('takes what follows -- as it is, and negative numbers as values', () => {
  expect(parse('--', '--seed').positionals).toEqual(['--seed']);
  expect(parse('--guidance', '-0.5').values.guidance).toBe(-0.5);
  expect(parse('--out=-y.mp4').values.out).toBe('-y.mp4');
});

it.each([
  [['--sead', '1'], 'There is no option --sead. Did you mean "--seed"?'],
  [['--provder=cpu'], 'There is no option --provder. Did you mean "--provider"?'],
  [['--zzz'], 'There is no option --zzz.'],
  [['-x'], 'There is no option -x.'],
  [['--constructor'], 'There is no option --constructor.'],
  [['--seed'], '--seed needs a value: --seed <n>.'],
  [['--out', '--json'], '--out needs a value: --out <file>. If "--json" is meant as its value, write --out=--json.'],
  [['--json=yes'], '--json takes no value, but got "yes".'],
  [['--seed', '1', '--seed', '2'], '--seed was given twice ("1", "2"). Give it once.'],
  [['--seed', '1.5'], '--seed: expected a whole number from 0 to 9007199254740991, not "1.5".'],
  [['--seed', '-1'], '--seed: expected a whole number from 0 to 9007199254740991, not "-1".'],
  [['--seed', '1e3'], '--seed: expected a whole number from 0 to 9007199254740991, not "1e3".'],
  [['--seed='], '--seed: expected a whole number from 0 to 9007199254740991, not "".'],
  [
    ['--seed', '9007199254740993'],
    '--seed: expected a whole number from 0 to 9007199254740991, not "9007199254740993".',
  ],
  [['--guidance', 'NaN'], '--guidance: expected a number from -1 to 50, not "NaN".'],
  [['--provider', 'gpu'], '--provider: expected one of cpu, webgpu, not "gpu".'],
  [['--memory', '2'], '--memory: expected a size such as 2GB, 1.5GiB or 512MB, not "2".'],
  [['--out', ''], '--out: expected some text, not "".'],
])('refuses %j', (args, message) => {
  expect(() => parse(...args)).toThrow(expect.objectContaining({ code: 'invalid-argument', message }) as Error);
});

it('reads sizes in powers of ten and of two', () => {
  expect([byteSize('2GB'), byteSize('1.5 GiB'), byteSize('512mb')]).toEqual([2e9, 1.5 * 1024 ** 3, 512e6]);
  for (const wrong of ['-2GB', '0GB', '2 PB', 'GB', '1e99GB', '99999999TB'])
    expect(() => byteSize(wrong)).toThrow(/size/);
});
