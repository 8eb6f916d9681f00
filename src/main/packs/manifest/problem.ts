/** One thing that is wrong with a manifest beyond what its schema can say. */
export interface ManifestProblem {
  /** Where, as a path into the manifest: `stages[2].output.frames`. */
  readonly field: string;
  readonly value: unknown;
  /** What is wrong with the value: continues the sentence "field is value, but …". */
  readonly but: string;
  /** A sentence. */
  readonly remedy: string;
}
