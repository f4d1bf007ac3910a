/** Groups of things that lead to each other in a directed graph (strongly connected components) with more than one member. */
export function circlesOf(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const reachable = new Map([...graph.keys()].map((from) => [from, reachableFrom(graph, from)]));
  const circles = new Map<string, readonly string[]>();
  for (const [from, to] of reachable) {
    const circle = [...to].filter((other) => reachable.get(other)?.has(from) === true).toSorted();
    if (circle.length > 1) circles.set(circle.join(" "), circle);
  }
  return [...circles.values()];
}

function reachableFrom(graph: ReadonlyMap<string, readonly string[]>, from: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [...(graph.get(from) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(graph.get(next) ?? []));
  }
  return seen;
}
