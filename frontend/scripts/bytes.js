// What the landing page and each further route cost on the wire (gzip, kB of 1000 bytes); fails above the bounds.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const LANDING_KB = { gz: 200, br: 175 };
const ROUTE_KB = 45;
const built = process.argv[2] ?? "dist";
const folder = join(built, "assets");
const html = readFileSync(join(built, "index.html"), "utf8");
const files = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name));
const imports = new Map(files.map((name) => [name, staticImports(name)]));

const landing = new Set([...closure(files.filter((name) => html.includes(name)))]);
const sum = total(landing);
let isOver = report("landing page", sum.gz, LANDING_KB.gz) | (sum.br > LANDING_KB.br ? 1 : 0);
console.log(`landing page, brotli: ${sum.br.toFixed(1)} kB of ${LANDING_KB.br}`);

const routes = files.filter((name) => !landing.has(name) && /-(page|form|drawer)-|palette|key-sheet|^en-/.test(name));
for (const route of routes) {
  const further = [...closure([route])].filter((name) => !landing.has(name));
  isOver |= report(basename(route), total(further).gz, ROUTE_KB);
}
process.exit(isOver ? 1 : 0);

function report(name, kb, bound) {
  console.log(`${name}: ${kb.toFixed(1)} kB of ${bound}`);
  return kb > bound ? 1 : 0;
}

function total(names) {
  let gz = 0;
  let br = 0;
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    gz += gzipSync(bytes, { level: 9 }).length / 1000;
    br += brotliCompressSync(bytes).length / 1000;
  }
  return { gz, br };
}

function closure(names) {
  const seen = new Set();
  const open = [...names];
  while (open.length > 0) {
    const name = open.pop();
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(imports.get(name) ?? []));
  }
  return seen;
}

function staticImports(name) {
  const text = readFileSync(join(folder, name), "utf8");
  return [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)].map((match) => match[1]);
}
