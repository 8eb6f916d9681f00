/** The window's own dialog for files and folders, where the door has none of the system's. Sees names only, through main. */
import { useEffect, useState } from 'react';
import type { PathQuestion } from '#shared/studio/desktop';
import type { FolderList } from '#shared/studio/folders';
import { Button } from '../controls/Button';
import { Dialog } from '../controls/Dialog';
import { TextField } from '../controls/TextField';
import type { FileQuestion } from '../studio/dialogs';
import { isLoss } from '../studio/loss';
import type { Studio } from '../studio/studio';
import { useDialogs, useSay, useStudio } from '../studio/use-studio';
import { errorText } from '../studio/problem-text';
import { Entries } from './Entries';
import styles from './files.module.css';
import { baseName, folderOf, isFileName, joined } from './paths';
import { withExtension } from './types';

export function FileDialog() {
  const asked = useDialogs(({ file }) => file);
  return asked === undefined ? null : <Question key={asked.question.title} asked={asked} />;
}

function Question({ asked: { question, answer } }: { readonly asked: FileQuestion }) {
  const say = useSay();
  const { list, failure, go } = useFolder(question);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [name, setName] = useState(() => beginningName(question));
  const [path, setPath] = useState<string>();
  const enter = (folder: string): void => {
    setChosen([]);
    setPath(undefined);
    go(folder);
  };
  const answers = answersOf(question, list, chosen, name);
  return (
    <Dialog
      title={question.title}
      size="wide"
      isOpen
      onOpenChange={() => answer([])}
      footer={
        <>
          {question.kind === 'save' && <TextField label={say('files.name')} value={name} onChange={setName} />}
          <Button onClick={() => answer([])}>{say('dialog.cancel')}</Button>
          <Button isStrong disabled={answers.length === 0} onClick={() => answer(answers)}>
            {say(question.kind === 'save' ? 'files.save' : 'files.choose')}
          </Button>
        </>
      }
    >
      <div className={styles['dialog']}>
        <TextField
          label={say('files.folder')}
          value={path ?? list?.folder ?? ''}
          onChange={setPath}
          onEnter={() => path !== undefined && enter(path)}
        />
        {failure !== undefined && (
          <p className={styles['problem']} role="alert">
            {errorText(failure.error, say)}
          </p>
        )}
        {list !== undefined && (
          <Entries
            list={list}
            question={question}
            chosen={chosen}
            onChoose={(paths) => {
              setChosen(paths);
              if (question.kind === 'save' && paths[0] !== undefined) setName(baseName(paths[0]));
            }}
            onEnter={enter}
            onAnswer={answer}
          />
        )}
      </div>
    </Dialog>
  );
}

function beginningName(question: PathQuestion): string {
  return question.kind === 'save' && question.startIn !== undefined ? baseName(question.startIn) : '';
}

function answersOf(
  question: PathQuestion,
  list: FolderList | undefined,
  chosen: readonly string[],
  name: string,
): readonly string[] {
  if (list === undefined) return [];
  switch (question.kind) {
    case 'files':
      return chosen;
    case 'folder':
      return chosen.length > 0 ? chosen : [list.folder];
    case 'save':
      return isFileName(name) ? [joined(list.folder, withExtension(name.trim(), question.types ?? []))] : [];
  }
}

/** What is in the folder that is looked at; where that cannot be read, why, and what was there before. */
function useFolder(question: PathQuestion) {
  const studio = useStudio();
  const [list, setList] = useState<FolderList>();
  const [failure, setFailure] = useState<{ readonly error: unknown }>();
  const [wanted, setWanted] = useState<string | undefined>(() => beginningFolder(question));
  useEffect(() => {
    let isWanted = true;
    listing(studio, wanted).then(
      (found) => {
        if (!isWanted) return;
        setList(found);
        setFailure(undefined);
      },
      (error: unknown) => {
        if (isWanted && !isLoss(error)) setFailure({ error });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [studio, wanted]);
  return { list, failure, go: setWanted };
}

function beginningFolder(question: PathQuestion): string | undefined {
  if (question.startIn === undefined || question.kind !== 'save') return question.startIn;
  return folderOf(question.startIn);
}

/** Where the folder to begin in is gone, the user's own. */
async function listing(studio: Studio, folder: string | undefined): Promise<FolderList> {
  return studio.channel().request('browseFolder', folder === undefined ? {} : { folder });
}
