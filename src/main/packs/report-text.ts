/** A pack's report in plain text, for `sluice packs verify` and whoever else shows it. It knows no colours and no terminal. */
import type { PackReport } from './inspect-pack';

/** Whether every check passed. */
export function isSound(report: PackReport): boolean {
  return report.checks.every(({ outcome }) => outcome.kind === 'passed');
}

/** One line for the pack, one for each check, and the verdict. */
export function reportLines(report: PackReport): readonly string[] {
  const { manifest, hash, checks, directory } = report;
  const title = manifest === undefined ? 'A pack without a usable manifest' : `${manifest.name} ${manifest.version}`;
  const width = Math.max(...checks.map(({ subject }) => subject.length));
  const failures = checks.filter(({ outcome }) => outcome.kind === 'failed').length;
  return [
    `${title}${hash === undefined ? '' : ` (${hash})`} in ${directory}`,
    ...checks.map(({ subject, outcome }) => {
      const [mark, text] = outcome.kind === 'passed' ? ['✓', outcome.note] : ['✗', outcome.error.message];
      return `  ${mark} ${subject.padEnd(width)}  ${text}`;
    }),
    failures === 0 ? 'The pack is valid.' : `The pack cannot be used: ${failures} of ${checks.length} checks failed.`,
  ];
}
