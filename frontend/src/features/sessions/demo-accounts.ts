import { useEffect, useState } from "react";

export type DemoAccount = {
  staffNo: string;
  name: string;
  role: string;
  roleEn: string;
  unit: string;
  whatToTry: string;
  whatToTryEn: string;
};
export type Demo = { accounts: readonly DemoAccount[]; password: string };

/** Whom one may sign in as on a demo; null on any other server. */
export function useDemo(): Demo | null {
  const [demo, setDemo] = useState<Demo | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    void readDemo(gone.signal).then(setDemo);
    return () => gone.abort();
  }, []);
  return demo;
}

async function readDemo(signal: AbortSignal): Promise<Demo | null> {
  try {
    const answer = await fetch("/demo.json", { signal, credentials: "same-origin" });
    const isJson = answer.headers.get("content-type")?.includes("json");
    if (!answer.ok || !isJson) return null;
    const said = (await answer.json()) as Demo & { isDemo?: boolean };
    return said.isDemo ? said : null;
  } catch {
    return null; // no demo, or no server: the form itself says so
  }
}
