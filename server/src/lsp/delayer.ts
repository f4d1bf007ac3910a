/** Runs one action some time after it was last asked for. There is never more than one timer, and nothing to wait for. */
export class Delayer {
  private readonly action: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(action: () => void) {
    this.action = action;
  }

  /** Starts waiting anew. */
  schedule(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.action();
    }, milliseconds);
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
