/**
 * What a channel needs of whatever carries its messages. Adapters: a Node process's IPC, a MessagePort; a WebSocket fits the
 * same four functions once it has an encoder for structured data.
 */
export interface Transport {
  /**
   * Sends a copy of `message`: plain data and `Uint8Array`. Resolves when the message has left this process as far as the
   * transport can tell, also when the other side is gone (`onClose` reports that); rejects if the message cannot be copied.
   */
  post(message: unknown): Promise<void>;
  /** One listener; messages that came before it was set are kept. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, with the reason where the transport knows one. */
  onClose(listener: (reason?: Error) => void): void;
  close(): void;
}
