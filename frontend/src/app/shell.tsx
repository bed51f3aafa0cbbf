import { useState } from "react";
import { useKeys } from "@/lib/keys";
import { useEveryPageReady } from "./every-page-ready";
import { Header } from "./header";
import { IdleLock } from "./idle-lock";
import { KeySheet, Palette } from "./lazy-overlays";
import { Nav } from "./nav";
import { usePageKeys } from "./page-keys";
import { Routes } from "./routes";
import { SkipLink } from "./skip-link";
import { Watermark } from "./watermark";

type Props = { onSignedOut: () => void };
type Overlay = "palette" | "keys" | null;

/** What stands around every page: head, nav, overlays, the lock. */
export function Shell({ onSignedOut }: Props) {
  const [overlay, setOverlay] = useState<Overlay>(null);
  const close = () => setOverlay(null);
  usePageKeys();
  useEveryPageReady();
  useKeys({
    "ctrl+k": (event) => {
      event.preventDefault();
      setOverlay("palette");
    },
    "?": () => setOverlay("keys"),
  });

  return (
    <IdleLock>
      <SkipLink />
      <div className="shell">
        <Header
          onSearch={() => setOverlay("palette")}
          onKeys={() => setOverlay("keys")}
          onSignedOut={onSignedOut}
        />
        <Nav />
        <main id="main" className="main" tabIndex={-1}>
          <Routes />
        </main>
      </div>
      {overlay === "palette" && <Palette onClose={close} />}
      {overlay === "keys" && <KeySheet onClose={close} />}
      <Watermark />
    </IdleLock>
  );
}
