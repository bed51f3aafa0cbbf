import type { TextKey } from "@/lib/i18n";
import { lazyPart } from "@/lib/lazy-part";
import type { IconName } from "@/ui/icon";

export const CustomerListPage = lazyPart(() =>
  import("@/features/customers/customer-list-page").then((part) => part.CustomerListPage),
);
export const CustomerPage = lazyPart(() =>
  import("@/features/customers/customer-page").then((part) => part.CustomerPage),
);
export const RatingPage = lazyPart(() => import("@/features/ratings/rating-page").then((part) => part.RatingPage));
export const AuditPage = lazyPart(() => import("@/features/audit/audit-page").then((part) => part.AuditPage));
export const RuleBookPage = lazyPart(() =>
  import("@/features/rule-books/rule-book-page").then((part) => part.RuleBookPage),
);

type PageEntry = {
  path: string;
  letter: string;
  title: TextKey;
  icon: IconName;
  action: string;
  part?: { preload: () => Promise<unknown> };
};

/** The pages of the nav: each is shown to those who may do its action, and opened by G and its letter. */
export const PAGES: readonly PageEntry[] = [
  { path: "/", letter: "q", title: "nav.queue", icon: "queue", action: "obligation:read" },
  { path: "/customers", letter: "c", title: "nav.customers", icon: "customers", action: "customer:read", part: CustomerListPage },
  { path: "/ratings", letter: "t", title: "nav.ratings", icon: "rating", action: "rating:read", part: RatingPage },
  { path: "/audit", letter: "a", title: "nav.audit", icon: "shield", action: "audit_entry:read", part: AuditPage },
  { path: "/rule-book", letter: "b", title: "nav.ruleBook", icon: "ruleBook", action: "rule_book:read", part: RuleBookPage },
];
