/** Sends a file that only the browser can read to main, piece by piece; a piece that is lost is sent again. */
import { SluiceError } from '#shared/errors';
import { uploadPieceBytes, uploadUrl, type UploadId } from '#shared/studio/media';

const mostAttempts = 4;
const retryMs = 500;

/** `onProgress`: share sent, 0 to 1. Throws `disk-full` and others that main answers with, the reason of `signal`. */
export async function sendFile(
  file: File,
  id: UploadId,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let offset = 0; offset < file.size; offset += uploadPieceBytes) {
    await sendPiece(file.slice(offset, offset + uploadPieceBytes), uploadUrl(id, offset), signal);
    onProgress(Math.min(1, (offset + uploadPieceBytes) / file.size));
  }
}

async function sendPiece(piece: Blob, url: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const answer = await post(piece, url, signal);
    if (answer?.ok === true) return;
    if (answer !== undefined && answer.status !== 503) throw await refusal(answer);
    if (attempt === mostAttempts)
      throw new SluiceError(
        'channel-protocol',
        'The connection to Sluice was lost while a file was sent: bring it again.',
      );
    await new Promise((resolve) => setTimeout(resolve, retryMs * attempt));
  }
}

/** Undefined where nobody answered. */
async function post(body: Blob, url: string, signal: AbortSignal): Promise<Response | undefined> {
  try {
    return await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

const noRoom = 507;

async function refusal(answer: Response): Promise<SluiceError> {
  const words = (await answer.text()).trim();
  return new SluiceError(answer.status === noRoom ? 'disk-full' : 'invalid-argument', words || String(answer.status));
}
