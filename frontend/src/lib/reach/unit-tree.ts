type Unit = { id: string; name: string; path: string };

export type UnitNode = { id: string; name: string; below: UnitNode[] };

/** Units by path as a tree; one whose parent lies outside the list is a root. */
export function unitTree(units: readonly Unit[]): UnitNode[] {
  const byPath = new Map<string, UnitNode>();
  const roots: UnitNode[] = [];
  for (const unit of [...units].sort((one, other) => one.path.length - other.path.length)) {
    const node = { id: unit.id, name: unit.name, below: [] };
    const path = unit.path.replace(/\/+$/, ""); // paths may end in a slash
    const parent = nearest(path, byPath);
    (parent?.below ?? roots).push(node);
    byPath.set(path, node);
  }
  return roots;
}

/** The closest unit above a path; paths are parts joined by dots or slashes. */
function nearest(path: string, byPath: ReadonlyMap<string, UnitNode>): UnitNode | undefined {
  for (let end = cut(path); end > 0; end = cut(path.slice(0, end))) {
    const above = byPath.get(path.slice(0, end));
    if (above) return above;
  }
  return undefined;
}

const cut = (path: string) => Math.max(path.lastIndexOf("."), path.lastIndexOf("/"));
