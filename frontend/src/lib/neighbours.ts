/** The list that a file was opened from, in its order, for previous and next; in memory only. */
let numbers: readonly string[] = [];

export function rememberList(customerNumbers: readonly string[]) {
  numbers = customerNumbers;
}

/** The customer before (-1) or after (1) one in the list last seen. */
export function neighbour(number: string, by: 1 | -1): string | undefined {
  const index = numbers.indexOf(number);
  return index < 0 ? undefined : numbers[index + by];
}

export function place(number: string): { at: number; of: number } | null {
  const index = numbers.indexOf(number);
  return index < 0 ? null : { at: index + 1, of: numbers.length };
}
