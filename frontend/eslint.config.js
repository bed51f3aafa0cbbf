import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

// A layer imports only from the layers below it, and no feature imports another.
const LAYERS = ["app", "features", "ui", "lib", "gql"];
const FEATURES = ["activities", "customers", "obligations", "ratings", "rule-books", "sessions"];

const refuse = (patterns, message) => ({
  "no-restricted-imports": ["error", { patterns: [{ group: patterns, message }] }],
});

const layerRules = LAYERS.map((layer, index) => ({
  files: [`src/${layer}/**/*.{ts,tsx}`],
  rules: refuse(
    [...LAYERS.slice(0, index).flatMap((above) => [`@/${above}/*`, `@/${above}`]), "../../*"],
    `${layer} may import only what lies below it: ${LAYERS.slice(index + 1).join(", ")}.`,
  ),
}));

const featureRules = FEATURES.map((feature) => ({
  files: [`src/features/${feature}/**/*.{ts,tsx}`],
  rules: refuse(
    ["@/app/*", "@/features/*", "../*"],
    "A feature stands alone; the app hands it what another one offers.",
  ),
}));

const CHINESE_OR_LATIN_WORD = "[\\u4e00-\\u9fff]|[A-Za-z]{2,}";

export default tseslint.config(
  { ignores: ["dist", "src/gql/*.generated.d.ts"] },
  ...tseslint.configs.strict.map((config) => ({ ...config, files: ["**/*.{ts,tsx}"] })),
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "max-lines": ["error", { max: 150 }],
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
    },
  },
  {
    files: ["src/**/*.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: `JSXText[value=/${CHINESE_OR_LATIN_WORD}/]`,
          message: "Words stand in the catalogues: use t().",
        },
        {
          selector: `JSXAttribute[name.name=/^(aria-label|title|label|placeholder|alt|hint)$/] > Literal[value=/${CHINESE_OR_LATIN_WORD}/]`,
          message: "Words stand in the catalogues: use t().",
        },
      ],
    },
  },
  ...layerRules,
  ...featureRules,
);
