// The linter of the pages' scripts and of their tests: npm run lint.

import js from "@eslint/js";
import globals from "globals";

const STRICT = {
  "array-callback-return": "error",
  "consistent-return": "error",
  "default-case-last": "error",
  "eqeqeq": ["error", "always", { null: "ignore" }],
  "no-constant-binary-expression": "error",
  "no-eval": "error",
  "no-implicit-globals": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-script-url": "error",
  "no-self-compare": "error",
  "no-shadow": "error",
  "no-template-curly-in-string": "error",
  "no-throw-literal": "error",
  "no-unmodified-loop-condition": "error",
  "no-unused-expressions": "error",
  "no-unused-vars": ["error", { args: "after-used" }],
  "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
  "no-useless-return": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
  "radix": "error",
};

export default [
  { ignores: ["**/target/", "**/node_modules/", "**/vendor/", "out/", ".plm-frontier/", "deploy/monitoring/grafana/typecheck/dashboards.ts"] },
  js.configs.recommended,
  { languageOptions: { ecmaVersion: 2023, sourceType: "module" }, linterOptions: { reportUnusedDisableDirectives: "error" }, rules: STRICT },
  { files: ["*/src/main/resources/META-INF/resources/**/*.js"], languageOptions: { globals: { ...globals.browser, uPlot: "readonly" } } },
  // A script, so that it works from a folder.
  { files: ["docs/site/site.js"], languageOptions: { sourceType: "script", globals: globals.browser }, rules: { "no-implicit-globals": "off" } },
  { files: ["eslint.config.js", "*/src/test/js/**/*.js", "deploy/**/*.mjs", "service-runtime/src/build/js/*.mjs", "docs/site/**/*.js"], languageOptions: { globals: { ...globals.node, document: "readonly" } } },
];
