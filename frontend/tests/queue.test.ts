import { expect, test } from "vitest";
import { inOrder, layOver } from "@/features/obligations/shown-queue";
import type { QueueRow } from "@/features/obligations/work-queue.gql";

const row = (id: string, group: QueueRow["group"] = "TODAY", dueOn = "2026-11-22") =>
  ({ id, group, dueOn, planOn: dueOn, postponed: 0 }) as QueueRow;
const ids = (rows: readonly { row: QueueRow }[]) => rows.map(({ row: each }) => each.id);

test("a refresh moves no row, whatever order the server answers in", () => {
  const { rows } = layOver([row("a"), row("b"), row("c")], [row("c"), row("a"), row("b")], new Set());

  expect(ids(rows)).toEqual(["a", "b", "c"]);
});

test("a row takes its new values where it stands", () => {
  const { rows } = layOver([row("a")], [{ ...row("a"), postponed: 2 }], new Set());

  expect(rows[0]?.row.postponed).toBe(2);
});

test("what someone else did stays in its place, marked", () => {
  const { rows } = layOver([row("a"), row("b")], [row("b")], new Set());

  expect(rows.map(({ standing }) => standing)).toEqual(["gone", "open"]);
});

test("what the reader settled is said to be settled", () => {
  const { rows } = layOver([row("a"), row("b")], [row("b")], new Set(["a"]));

  expect(rows[0]?.standing).toBe("settled");
});

test("new rows are counted and not slipped in", () => {
  const { rows, arrived } = layOver([row("a")], [row("x"), row("a"), row("y")], new Set());

  expect(ids(rows)).toEqual(["a"]);
  expect(arrived).toBe(2);
});

test("what has been overdue longest comes first", () => {
  const rows = inOrder([row("t"), row("late", "OVERDUE", "2026-11-20"), row("later", "OVERDUE", "2026-11-02")]);

  expect(rows.map((each) => each.id)).toEqual(["later", "late", "t"]);
});
