/** What this browser may remember: looks only, nothing of a person or a customer. */
type Preference = "weihu.language" | "weihu.theme" | "weihu.density" | "weihu.columns" | "weihu.letter-keys";

export function recall(key: Preference): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off: the defaults are good enough
  }
}

export function remember(key: Preference, choice: string) {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // as above
  }
}
