/** How long a test waits for something that should happen, in milliseconds: the first start of everything on two busy cores. */
export const patience = 60_000;

/**
 * Asks until the answer is as wanted and gives it back.
 * Throws with the last answer when `patience` is over.
 */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T>,
  wanted: (answer: T) => boolean,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}; last seen: ${JSON.stringify(answer, null, 2)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
