// Both catalogues have the same keys and the same figures in each text; no key is unused.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const zh = JSON.parse(readFileSync("src/lib/words/zh.json", "utf8"));
const en = JSON.parse(readFileSync("src/lib/words/en.json", "utf8"));
const source = sources("src").join("\n");
const wrong = [];

for (const key of new Set([...Object.keys(zh), ...Object.keys(en)])) {
  if (!zh[key]) wrong.push(`zh.json lacks ${key}`);
  else if (!en[key]) wrong.push(`en.json lacks ${key}`);
  else if (figures(zh[key]) !== figures(en[key])) wrong.push(`${key}: the two texts take other figures`);
  else if (!isUsed(key)) wrong.push(`${key}: nobody says this`);
}
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`${Object.keys(zh).length} texts in each catalogue.`);

function figures(text) {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();
}

/** A key is said in full, or built from its first part: `role.${role}`. */
function isUsed(key) {
  const [first] = key.split(".");
  return source.includes(`"${key}"`) || source.includes(`\`${first}.\${`);
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}
