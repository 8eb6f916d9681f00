/** The help of the program and of each command, from the commands' own tables. Pure. */
import type { Command } from './command';
import { columnsOf, padEnd, type Paint } from './display/text';
import type { Option } from './options/option';

const indent = '  ';
const widestName = 30;

export function programHelp(commands: readonly Command[], version: string, paint: Paint): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    `${paint('bold', 'sluice')} ${version}: direct a cascade of video diffusion models, stage by stage, on your own machine`,
    '',
    heading('Usage', paint),
    `${indent}sluice <command> [options]`,
    '',
    heading('Commands', paint),
    ...commands.map(({ name, summary }) => `${indent}${padEnd(name, width)}  ${summary}`),
    '',
    heading('Examples', paint),
    ...commands.flatMap(({ examples }) => examples.slice(0, 1)).map(({ command }) => `${indent}sluice ${command}`),
    '',
    'Each command explains itself with --help.',
    '',
  ].join('\n');
}

export function commandHelp(command: Command, columns: number, paint: Paint): string {
  const { name, summary, synopsis, notes = [], examples, options } = command;
  const rows = Object.entries(options).map(([option, spec]) => ({ names: namesOf(option, spec), spec }));
  const width = Math.min(widestName, Math.max(...rows.map(({ names }) => names.length)));
  const line = ({ names, spec }: (typeof rows)[number]): string => optionLines(names, spec.help, width, columns);
  return [
    `${paint('bold', `sluice ${name}`)}: ${summary}`,
    '',
    heading('Usage', paint),
    `${indent}sluice ${name} ${synopsis}`,
    '',
    heading('Options', paint),
    ...rows.filter(({ spec }) => spec.common !== true).map(line),
    ...rows.filter(({ spec }) => spec.common === true).map(line),
    '',
    ...notes.flatMap((note) => [...wrap(note, columns - 1), '']),
    heading('Examples', paint),
    ...examples.flatMap(({ command: example, does }) => [
      `${indent}sluice ${example}`,
      `${indent}${indent}${paint('dim', does)}`,
    ]),
    '',
  ].join('\n');
}

function heading(text: string, paint: Paint): string {
  return paint('bold', text);
}

function namesOf(name: string, option: Option): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  return `${short}--${name}${option.kind === 'flag' ? '' : ` ${option.placeholder}`}`;
}

function optionLines(names: string, help: string, width: number, columns: number): string {
  const start = indent.length + width + 2;
  const lines = wrap(help, Math.max(30, columns - 1 - start));
  const fits = names.length <= width;
  const first = fits ? `${indent}${padEnd(names, width)}  ${lines[0] ?? ''}` : `${indent}${names}`;
  return [first, ...lines.slice(fits ? 1 : 0).map((line) => ' '.repeat(start) + line)].join('\n');
}

function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
