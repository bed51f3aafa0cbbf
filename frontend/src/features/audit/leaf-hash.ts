/** SHA-256 of a zero byte and the entry's bytes, in hex; null where the browser cannot (no https). */
export async function leafHash(canonical: string): Promise<string | null> {
  if (!globalThis.isSecureContext) return null;
  const bytes = new TextEncoder().encode(canonical);
  const leaf = new Uint8Array(bytes.length + 1);
  leaf.set(bytes, 1);
  const digest = await crypto.subtle.digest("SHA-256", leaf);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
