import { Link, useLocation } from "wouter";
import { count } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useMe } from "@/lib/session/me";
import { useList } from "@/lib/use-list";
import { Icon } from "@/ui/icon";
import { OverdueCountDocument } from "./overdue-count.gql";
import { PAGES } from "./pages";

/** The pages that the reader may open; the queue with what is overdue. */
export function Nav() {
  const { may } = useMe();
  const [location] = useLocation();
  const overdue = useOverdue();

  return (
    <nav className="nav" aria-label={t("nav.label")}>
      <ul>
        {PAGES.filter((page) => may.includes(page.action)).map((page) => (
          <li key={page.path}>
            <Link
              href={page.path}
              className="nav-link"
              title={t(page.title)}
              aria-current={isUnder(location, page.path) ? "page" : undefined}
              onMouseEnter={() => void page.part?.preload()}
            >
              <Icon name={page.icon} />
              <span className="nav-word">{t(page.title)}</span>
              {page.path === "/" && overdue > 0 && (
                <span className="badge">
                  {count(overdue)}
                  <span className="visually-hidden">{t("nav.overdue")}</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const isUnder = (location: string, path: string) =>
  path === "/" ? location === "/" : location === path || location.startsWith(`${path}/`);

function useOverdue(): number {
  const { staff, may } = useMe();
  const isPaused = !may.includes("obligation:read");
  const [{ data: answer }] = useList(OverdueCountDocument, { owner: staff.id }, ["Obligation"], isPaused);
  return answer?.obligations.total ?? 0;
}
