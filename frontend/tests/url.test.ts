import { expect, test } from "vitest";
import { customerFilter, LIST_DEFAULTS } from "@/features/customers/list-filter";
import { ratingFilter, RUN_DEFAULTS } from "@/features/ratings/run-filter";
import { read, write } from "@/lib/url";
import { connectionArguments } from "@/ui/pager";

const TODAY = "2026-11-22";

test("what stands at its default is left out of the address", () => {
  const address = write(new URLSearchParams("size=100&after=x"), { ...LIST_DEFAULTS, tier: "gold,vip" }, LIST_DEFAULTS);

  expect(address.toString()).toBe("tier=gold%2Cvip");
});

test("an address reads back as what was written", () => {
  const chosen = { ...LIST_DEFAULTS, unit: "VW5pdDox", from: "50", quiet: "90", overdue: "1", sort: "DUE_ASC" };

  expect(read(write(new URLSearchParams(), chosen, LIST_DEFAULTS), LIST_DEFAULTS)).toEqual(chosen);
});

test("amounts in the address are ten thousands of yuan, the server's are fen", () => {
  const filter = customerFilter({ ...LIST_DEFAULTS, from: "20", below: "0.5" }, null, TODAY);

  expect(filter).toEqual({ assetsFromFen: 20_000_000, assetsBelowFen: 500_000 });
});

test("nonsense in the address is no filter", () => {
  expect(customerFilter({ ...LIST_DEFAULTS, from: "lots", quiet: "-3" }, null, TODAY)).toEqual({});
  expect(ratingFilter({ ...RUN_DEFAULTS, outcome: "PROMOTED" })).toEqual({});
});

test("a run opens with those who moved, and a flow shows all of its customers", () => {
  expect(ratingFilter(RUN_DEFAULTS)).toEqual({ outcome: ["ENTERED", "RISEN", "FALLEN", "LEFT"] });
  expect(ratingFilter({ ...RUN_DEFAULTS, outcome: "all" })).toEqual({});
  expect(ratingFilter({ ...RUN_DEFAULTS, from: "vip", to: "vip" })).toEqual({ fromTier: "vip", toTier: "vip" });
});

test("not contacted for 90 days is a day 90 days ago", () => {
  expect(customerFilter({ ...LIST_DEFAULTS, quiet: "90" }, null, TODAY)).toEqual({ notContactedSinceOn: "2026-08-24" });
});

test("nobody as a manager asks for the unassigned", () => {
  expect(customerFilter({ ...LIST_DEFAULTS, manager: "none" }, null, TODAY)).toEqual({ unassigned: true });
});

test("a look-up goes to the server and has no place in the address", () => {
  const filter = customerFilter(LIST_DEFAULTS, { by: "phone", text: "13800000000" }, TODAY);

  expect(filter).toEqual({ phone: "13800000000" });
  expect(Object.keys(LIST_DEFAULTS)).not.toContain("phone");
  expect(Object.keys(LIST_DEFAULTS)).not.toContain("idNumber");
});

test("turning back asks for the last rows before the first one shown", () => {
  expect(connectionArguments({ after: "", before: "c1", size: "100" })).toEqual({ first: null, after: null, last: 100, before: "c1" });
  expect(connectionArguments({ after: "c9", before: "", size: "7" })).toEqual({ first: 50, after: "c9", last: null, before: null });
});
