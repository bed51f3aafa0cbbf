import { t } from "@/lib/i18n";

const SECTIONS = ["basics", "tiers", "assets", "owed", "timeline", "complaints", "expenses"] as const;

/** The parts of the file, one press away; nothing is hidden behind a tab. */
export function FileIndex() {
  return (
    <nav className="file-index" aria-label={t("file.index")}>
      {SECTIONS.map((section) => (
        <a key={section} href={`#${section}`}>
          {t(`file.${section}`)}
        </a>
      ))}
    </nav>
  );
}
