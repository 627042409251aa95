/** What a command has to say, and with what it ends. */
export interface Outcome {
  /** For the output. */
  readonly lines: readonly string[];
  /** For the error output: what kept it from its work, and what to know about what it made. */
  readonly errors: readonly string[];
  readonly exitCode: 0 | 1 | 2;
}
