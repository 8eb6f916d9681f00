/** Asks a person for files or folders of main's machine: by the system's dialog where the door has one, else by our own. */
import type { PathQuestion } from '#shared/studio/desktop';
import type { Studio } from '../studio/studio';

/** Empty where nobody chose anything. */
export async function choosePaths(studio: Studio, question: PathQuestion): Promise<readonly string[]> {
  try {
    const answer = await studio.channel().request('choosePaths', question);
    if (answer.kind === 'chosen') return answer.paths;
    return answer.kind === 'cancelled' ? [] : await askHere(studio, question);
  } catch (error) {
    studio.report(error);
    return [];
  }
}

function askHere({ dialogs }: Studio, question: PathQuestion): Promise<readonly string[]> {
  dialogs.getState().file?.answer([]);
  return new Promise((resolve) => {
    const answer = (paths: readonly string[]): void => {
      dialogs.setState({ file: undefined });
      resolve(paths);
    };
    dialogs.setState({ file: { question, answer } });
  });
}
