import { type ReactNode, Suspense, useEffect } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { t } from "@/lib/i18n";
import { WorkQueuePage } from "@/features/obligations/work-queue-page";
import { useMe } from "@/lib/session/me";
import { EmptyNotice } from "@/ui/empty-notice";
import { ErrorBoundary } from "@/ui/error-boundary";
import { PageSkeleton } from "@/ui/skeleton";
import { HANDED_PARTS } from "./lazy-forms";
import { AuditPage, CustomerListPage, CustomerPage, PAGES, RatingPage, RuleBookPage } from "./pages";

/** The page of the address, for those who may open it. */
export function Routes() {
  const [location] = useLocation();
  const { may } = useMe();
  const first = PAGES.find((page) => may.includes(page.action));
  useEffect(() => {
    const page = PAGES.findLast((each) => location.startsWith(each.path));
    document.title = `${t(page?.title ?? "product.name")} · ${t("product.name")}`;
  }, [location]);

  return (
    <ErrorBoundary key={location}>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          <Route path="/">
            {may.includes("obligation:read") || !first ? (
              only("obligation:read", <WorkQueuePage {...HANDED_PARTS} />)
            ) : (
              <Redirect to={first.path} />
            )}
          </Route>
          <Route path="/customers">{only("customer:read", <CustomerListPage />)}</Route>
          <Route path="/customers/:number">
            {({ number }) =>
              only("customer:read", <CustomerPage key={number} number={number} {...HANDED_PARTS} />)
            }
          </Route>
          <Route path="/ratings/:period?">
            {({ period }) => only("rating:read", <RatingPage period={period} />)}
          </Route>
          <Route path="/audit">{only("audit_entry:read", <AuditPage />)}</Route>
          <Route path="/rule-book">{only("rule_book:read", <RuleBookPage />)}</Route>
          <Route>
            <EmptyNotice isWholePage icon="search" title={t("noPage.title")} text={t("noPage.text")} />
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );

  function only(action: string, page: ReactNode) {
    if (may.includes(action)) return page;
    return <EmptyNotice isWholePage icon="lock" title={t("notAllowed.title")} text={t("notAllowed.text")} />;
  }
}
