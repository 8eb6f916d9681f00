/** All that is known of a pack: what it is, where it is from, its stages, and its card. */
import { useState } from 'react';
import type { StageSpec } from '#shared/pack-manifest';
import type { PackEntry } from '#shared/studio/packs';
import { Button } from '../controls/Button';
import { Confirm } from '../controls/Confirm';
import { sizeText } from '../generate/quantity-text';
import { changeSettings } from '../studio/change-settings';
import { isLoss } from '../studio/loss';
import { useSay, useStudio } from '../studio/use-studio';
import { errorText } from '../studio/problem-text';
import { Card } from './Card';
import styles from './packs.module.css';
import { PackPicture } from './PackPicture';
import { sheetOf } from './sheet-of';
import { StageShapes } from './StageShapes';

type ValidPack = Extract<PackEntry, { state: 'valid' }>;

export function PackDetails({ pack }: { readonly pack: ValidPack }) {
  const say = useSay();
  const { manifest } = pack;
  return (
    <article className={styles['details']} aria-label={manifest.title}>
      <header className={styles['head']}>
        <h3 className={styles['title']}>{manifest.title}</h3>
        <p className={styles['aside']}>{manifest.description}</p>
        <PackActions pack={pack} />
      </header>
      <Sheet pack={pack} />
      <StageShapes stages={manifest.stages} />
      <Facts pack={pack} />
      <Stages stages={manifest.stages} />
      <section className={styles['section']}>
        <h3>{say('packs.card')}</h3>
        <Card hash={pack.hash} />
      </section>
    </article>
  );
}

/** What its first stage makes, seen before anything is read. Nothing where the pack brings no such picture. */
function Sheet({ pack: { hash, manifest } }: { readonly pack: ValidPack }) {
  const say = useSay();
  const [base] = manifest.stages;
  const path = sheetOf(manifest);
  if (base === undefined || path === undefined) return null;
  return <PackPicture hash={hash} path={path} description={say('packs.sheet', { stage: base.title })} />;
}

function PackActions({ pack: { hash, manifest, origin, isPreferred, sizeBytes } }: { readonly pack: ValidPack }) {
  const say = useSay();
  const studio = useStudio();
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<{ readonly error: unknown }>();
  const remove = (): void => {
    studio
      .channel()
      .request('removePack', { hash })
      .catch((error: unknown) => {
        if (!isLoss(error)) setFailure({ error });
      });
  };
  return (
    <div className={styles['actions']}>
      <Button disabled={isPreferred} onClick={() => changeSettings(studio, { pack: hash })}>
        {say(isPreferred ? 'packs.isPreferred' : 'packs.prefer')}
      </Button>
      {origin === 'installed' && <Button onClick={() => setAsking(true)}>{say('packs.remove')}</Button>}
      {failure !== undefined && (
        <p className={styles['problem']} role="alert">
          {errorText(failure.error, say)}
        </p>
      )}
      <Confirm
        title={say('packs.removeTitle', { title: manifest.title })}
        consequence={say('packs.removeConsequence', { size: sizeText(sizeBytes) })}
        action={say('packs.removeAction')}
        isOpen={isAsking}
        onOpenChange={setAsking}
        onConfirm={remove}
      />
    </div>
  );
}

function Facts({ pack: { manifest, origin, directory, hash, sizeBytes } }: { readonly pack: ValidPack }) {
  const say = useSay();
  const facts: readonly (readonly [string, string])[] = [
    [say('packs.version'), `${manifest.name} ${manifest.version}`],
    [say('packs.licence'), manifest.licence],
    [say('packs.size'), say('packs.files', { size: sizeText(sizeBytes), count: manifest.files.length })],
    [say('packs.promptLanguage'), manifest.language],
    [say('packs.origin'), say(origin === 'built-in' ? 'packs.builtIn' : 'packs.installed')],
    [say('packs.directory'), directory],
    [say('packs.hash'), hash],
  ];
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles['fact']}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Stages({ stages }: { readonly stages: readonly StageSpec[] }) {
  const say = useSay();
  return (
    <section className={styles['section']}>
      <h3>{say('packs.stages')}</h3>
      <table className={styles['stages']}>
        <thead>
          <tr>
            <th>{say('packs.stage')}</th>
            <th>{say('packs.picture')}</th>
            <th>{say('packs.frames')}</th>
            <th>{say('packs.rate')}</th>
            <th>{say('packs.parameters')}</th>
            <th>{say('packs.steps')}</th>
          </tr>
        </thead>
        <tbody>
          {stages.map(({ id, title, output, cost, defaults }) => (
            <tr key={id}>
              <td>{title}</td>
              <td>{`${output.width}×${output.height}`}</td>
              <td>{output.frames}</td>
              <td>{output.fps}</td>
              <td>{parametersText(cost.parameters)}</td>
              <td>{defaults.steps}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `6.2 M`. */
function parametersText(count: number): string {
  if (count < 1e3) return String(count);
  const [value, unit] = count < 1e6 ? [count / 1e3, 'k'] : count < 1e9 ? [count / 1e6, 'M'] : [count / 1e9, 'G'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
