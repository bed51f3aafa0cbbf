import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";

/**
 * The filters of a list, kept in the address, so that a list can be linked to and gone back to.
 *
 * A filter at its default is left out. Nothing that identifies a person may be kept here.
 */
export function useFilters<Filters extends Record<string, string>>(defaults: Filters) {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => read(search, defaults), [search, defaults]);
  const change = useCallback(
    (changes: Partial<Filters>) => {
      setSearch((before) => write(before, { ...read(before, defaults), ...changes }, defaults), {
        replace: true,
      });
    },
    [setSearch, defaults],
  );
  return [filters, change] as const;
}

export function read<Filters extends Record<string, string>>(
  search: URLSearchParams,
  defaults: Filters,
): Filters {
  const known = Object.entries(defaults).map(([name, usual]) => [name, search.get(name) ?? usual]);
  return Object.fromEntries(known) as Filters;
}

export function write<Filters extends Record<string, string>>(
  before: URLSearchParams,
  filters: Filters,
  defaults: Filters,
): URLSearchParams {
  const next = new URLSearchParams(before);
  for (const [name, chosen] of Object.entries(filters)) {
    if (chosen === "" || chosen === defaults[name]) next.delete(name);
    else next.set(name, chosen);
  }
  return next;
}

export const listed = (joined: string) => (joined === "" ? [] : joined.split(","));
