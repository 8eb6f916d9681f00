/** The two ways to install a pack: asks where it is. */
import { FileArchive, FolderOpen } from 'lucide-react';
import { Button } from '../controls/Button';
import { choosePaths } from '../files/choose-paths';
import { useSay, useStudio } from '../studio/use-studio';

export function InstallWays({ onPath }: { readonly onPath: (path: string) => void }) {
  const say = useSay();
  const studio = useStudio();
  const ask = async (kind: 'folder' | 'zip'): Promise<void> => {
    const title = say('packs.pick');
    const types = [{ name: say('packs.zipKind'), extensions: ['zip'] }];
    const [path] = await choosePaths(studio, kind === 'folder' ? { kind, title } : { kind: 'files', title, types });
    if (path !== undefined) onPath(path);
  };
  return (
    <>
      <Button onClick={() => void ask('folder')}>
        <FolderOpen size={14} aria-hidden />
        {say('packs.fromFolder')}
      </Button>
      <Button onClick={() => void ask('zip')}>
        <FileArchive size={14} aria-hidden />
        {say('packs.fromZip')}
      </Button>
    </>
  );
}
